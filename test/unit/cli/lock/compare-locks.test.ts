import { expect, test } from 'vitest'
import {
  readLocks,
  repeatedScript,
  versionJson,
  versionLines,
} from '../../../../src/cli/lock/compare-locks.ts'

test.each<[Parameters<typeof readLocks>[0], string[], boolean]>([
  [undefined, [], false],
  [true, [], false],
  [false, [], false],
  [['a', 'b c'], ['a', 'b c'], false],
  [['a'], ['a'], true],
  [['a', 'b', 'c'], ['a', 'b', 'c'], true],
])('--lock %j', (words, names, isWrong) => {
  const { locks, wrong } = readLocks(words)
  expect([locks.map(({ text }) => text), wrong !== undefined]).toEqual([names, isWrong])
})

test.each([
  [['st.cmd'], ['st.cmd', 'st.cmd']],
  [
    ['A=1', 'st.cmd', 'P=2'],
    ['A=1', 'st.cmd', 'P=2', 'st.cmd', 'P=2'],
  ],
])('one script stands for two: %j', (words, expected) => {
  expect(repeatedScript(words)).toEqual(expected)
})

test('how versions are printed', () => {
  const item = { name: 'asyn', before: '1.0.0', after: '2.0.0' }
  expect(versionLines(item, false)).toEqual(['- module asyn 1.0.0', '+ module asyn 2.0.0'])
  expect(versionLines({ name: 'asyn', after: '2.0.0' }, false)).toEqual(['+ module asyn 2.0.0'])
  expect(versionJson(item)).toBe(
    '{"difference":"module","name":"asyn","before":"1.0.0","after":"2.0.0"}',
  )
})
