import { expect, test } from 'vitest'
import {
  candidatesOf,
  foldersOf,
  shownPath,
} from '../../../../src/database/definitions/include-path.ts'

// Tried with softIocPVA 7.0.10.
test.each([
  ['a:b', ['a', 'b']],
  [' a ', ['a']],
  ['a: b', ['a', 'b']],
  ['a : b', ['a', 'b', '.']],
  [':a', ['a', '.']],
  ['a::b', ['a', 'b', '.']],
  ['a: :b', ['a', 'b', '.']],
  ['a:', ['a', '.']],
  ['.:a', ['.', 'a']],
  [':', ['.']],
  [' ', []],
  ['', []],
])('folders of %j', (path, folders) => {
  expect(foldersOf(path)).toEqual(folders)
})

test.each([
  ['x.db', ['a', '.'], ['a/x.db', 'x.db']],
  ['x.db', [], ['x.db']],
  ['b/x.db', ['a'], ['b/x.db']],
])('%s along %j', (name, path, candidates) => {
  expect(candidatesOf(name, path)).toEqual(candidates)
})

test('a path without folders is the current directory', () => {
  expect(shownPath(['a', 'b'])).toBe('a, b')
  expect(shownPath([])).toBe('.')
})
