import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readKeptState, writeKeptState } from '../../../../src/host/build/kept-state.ts'

const folder = mkdtempSync(join(tmpdir(), 'e3-kept-'))
const path = join(folder, 'state.json')
afterAll(() => rmSync(folder, { recursive: true }))

const file = { size: 1, modified: 2, changed: 3, hash: 'ab' }
const state = {
  identity: 'gcc 12',
  looks: ['old.h\naa', 'a.c\nbb', 'a.h\ncc', 'a.o\ndd'],
  lists: [[0, 2], [2], []],
  steps: [
    ['a.o', { task: 'gcc -c a.c', own: [1, 3], list: 1 }],
    ['b.o', { task: 'gcc -c b.c', own: [2], list: 2 }],
  ] as const,
  files: [['/m/a.c', file]] as const,
  staged: '1.0.0',
}

test('what is written is read again, without looks and lists of which no step knows', () => {
  writeKeptState(path, state)
  expect(readdirSync(folder)).toEqual(['state.json'])
  expect(readKeptState(path)).toMatchObject({
    ...state,
    looks: ['a.c\nbb', 'a.o\ndd', 'a.h\ncc'],
    lists: [[2], []],
    steps: [
      ['a.o', { task: 'gcc -c a.c', own: [0, 1], list: 0 }],
      ['b.o', { task: 'gcc -c b.c', own: [2], list: 1 }],
    ],
  })
})

writeKeptState(path, state)
const text = readFileSync(path, 'utf8')

test.each([
  ['nothing', ''],
  ['half a file', text.slice(0, 100)],
  ['zeros', '\0'.repeat(100)],
  ['another format', text.replace('"format":4', '"format":3')],
  ['something else', '[]'],
  ['a part of it', '{"format":4}'],
])('%s: nothing was built', (_, damaged) => {
  writeFileSync(path, damaged)
  const nothing = {
    identity: undefined,
    looks: [],
    lists: [],
    steps: [],
    files: [],
    staged: undefined,
  }
  expect(readKeptState(path)).toEqual(nothing)
})

test('what cannot be written leaves the old one', () => {
  writeFileSync(path, text)
  mkdirSync(`${path}.new`)
  expect(() => writeKeptState(path, { ...state, staged: 'other' })).toThrow('EISDIR')
  expect(readFileSync(path, 'utf8')).toBe(text)
})
