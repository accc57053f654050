import { expect, test } from 'vitest'
import { type Reading, readLines } from '../../../src/shell/lines.ts'

function read(text: string, options: Partial<Reading> = {}) {
  const reading: Reading = { reading: 'repaired', continuation: false, ...options }
  return [...readLines({ name: 'st.cmd', text }, reading)]
}

test('lines have their numbers and offsets', () => {
  expect(read('a\r\n\nb')).toEqual([
    { number: 1, raw: 'a\r', start: 0, end: 2, terminated: true },
    { number: 2, raw: '', start: 3, end: 3, terminated: true },
    { number: 3, raw: 'b', start: 4, end: 5, terminated: false },
  ])
})

test('exact: no unfinished last line, and a byte order mark belongs to the first', () => {
  expect(read('\ufeffa\nb', { reading: 'exact' }).map(({ raw }) => raw)).toEqual(['\ufeffa'])
  expect(read('\ufeffa\nb').map(({ raw, start }) => [raw, start])).toEqual([
    ['a', 1],
    ['b', 3],
  ])
})

test('a line ends for C at NUL', () => {
  expect(read('a\0b\nc\n').map(({ raw }) => raw)).toEqual(['a', 'c'])
})

test('with continuation a backslash at the end joins the next line', () => {
  const lines = read('a \\\nb\\\nc\nd\n', { continuation: true })
  expect(lines).toEqual([
    { number: 1, raw: 'a bc', start: 0, end: 8, terminated: true, joints: [2, 3] },
    { number: 4, raw: 'd', start: 9, end: 10, terminated: true },
  ])
  expect(read('a \\\nb\n').map(({ raw }) => raw)).toEqual(['a \\', 'b'])
})
