import { expect, test } from 'vitest'
import { loopWords, subjectOf } from '../../../src/macro/problem-words.ts'

test.each([
  ['recursive', 'A', 'macro A contains itself'],
  ['endless', 'A', 'macro A grows or nests without end'],
  ['endless', '', 'the text grows or nests without end'],
])('%s %j: %s', (kind, name, words) => {
  expect(loopWords({ kind, name })).toBe(words)
})

test('a reference without a name', () => {
  expect(subjectOf({ kind: 'undefined', name: '' })).toBe('a macro without a name')
})
