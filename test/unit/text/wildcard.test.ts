import { expect, test } from 'vitest'
import { wildcard } from '../../../src/text/wildcard.ts'

test.each([
  ['LAB:Temp', 'LAB:Temp', true],
  ['LAB:Temp', 'LAB:Temp2', false],
  ['LAB:*', 'LAB:Temp', true],
  ['LAB:*', 'XLAB:Temp', false],
  ['*', '', true],
  ['?', '', false],
  ['*Temp', 'LAB:Temp', true],
  ['*Temp', 'LAB:Temp2', false],
  ['LAB:*:T?', 'LAB:A:B:T1', true],
  ['SR:C01{BPM:?}*', 'SR:C01{BPM:1}Pos', true],
  ['a.b', 'axb', false],
  ['[ab]*', 'a', false],
  ['a*b*c', 'aXbXbXc', true],
  ['a*?', 'a', false],
])('%s %s: %s', (pattern, text, expected) => {
  expect(wildcard(pattern)(text)).toBe(expected)
})

test('many stars take no time', () => {
  expect(wildcard('*a'.repeat(200))('a'.repeat(10_000).concat('b'))).toBe(false)
})
