import { expect, test } from 'vitest'
import { splitLine } from '../../../src/shell/split.ts'

test.each([
  ['', []],
  [
    'a b',
    [
      ['a', 0, 1],
      ['b', 2, 3],
    ],
  ],
  [
    'f("x y",,z)\r',
    [
      ['f', 0, 1],
      ['x y', 2, 7],
      ['z', 9, 10],
    ],
  ],
  ['a\'b\'"c"d', [['abcd', 0, 8]]],
  [
    'a\\ b \\"',
    [
      ['a b', 0, 4],
      ['"', 5, 7],
    ],
  ],
  [
    '"a\\b" \'\'',
    [
      ['a\\b', 0, 5],
      ['', 6, 8],
    ],
  ],
  [
    'a;b #c',
    [
      ['a;b', 0, 3],
      ['#c', 4, 6],
    ],
  ],
])('%j', (line, expected) => {
  const { words, error } = splitLine(line)
  expect(error).toBeUndefined()
  expect(words.map(({ text, start, end }) => [text, start, end])).toEqual(expected)
})

test.each([
  ['a <x', ['a'], [[0, 'read', 'x']]],
  ['a>x b', ['a', 'b'], [[1, 'write', 'x']]],
  ['a >> "x y"', ['a'], [[1, 'append', 'x y']]],
  [
    'abc2>x 3>>y',
    ['abc'],
    [
      [2, 'write', 'x'],
      [3, 'append', 'y'],
    ],
  ],
  ['a 12>x', ['a', '1'], [[2, 'write', 'x']]],
  ['a \\>x "2"> (y', ['a', '>x', '2'], [[1, 'write', 'y']]],
])('redirections of %j', (line, words, redirections) => {
  const split = splitLine(line)
  expect(split.words.map(({ text }) => text)).toEqual(words)
  expect(split.redirections.map(({ fd, mode, file }) => [fd, mode, file.text])).toEqual(
    redirections,
  )
})

test.each([
  ['a "b c', 'unbalanced-quote', 2],
  ["don't", 'unbalanced-quote', 3],
  ['a\\', 'trailing-backslash', 1],
  ['a \\', 'trailing-backslash', 2],
  ['a >', 'illegal-redirection', 2],
  ['a > > b', 'illegal-redirection', 2],
  ['a < \\', 'illegal-redirection', 2],
  ['a b >x >y c', 'repeated-redirection', 7],
])('%j: %s at %i', (line, kind, at) => {
  expect(splitLine(line).error).toEqual({ kind, at })
})

test('of a repeated redirection the first one counts, and a word is lost', () => {
  const { words, redirections } = splitLine('a b >x >y c')
  expect(words.map(({ text }) => text)).toEqual(['a'])
  expect(redirections.map(({ file }) => file.text)).toEqual(['x'])
})
