import { expect, test } from 'vitest'
import { positiveInteger, positiveSeconds, seconds } from '../../../src/cli/option-values.ts'

test.each([
  ['1', 1],
  ['20', 20],
])('%s is a positive integer', (text, value) => {
  expect(positiveInteger(text)).toBe(value)
})

test.each(['', '0', '-1', '1.5', '1e3', '0x10', 'two', '1234567890'])(
  '"%s" is no positive integer',
  (text) => {
    expect(() => positiveInteger(text)).toThrow('it must be a whole number from 1')
  },
)

test.each([
  ['0', 0],
  ['1.5', 1.5],
  ['600', 600],
])('%s is a number of seconds', (text, value) => {
  expect(seconds(text)).toBe(value)
})

test.each(['', '-1', '1s', '.', 'soon', '1e9'])('"%s" is no number of seconds', (text) => {
  expect(() => seconds(text)).toThrow('it must be a number of seconds')
})

test('a time in which something shall happen is more than 0', () => {
  expect(positiveSeconds('0.5')).toBe(0.5)
  for (const text of ['0', '0.0']) expect(() => positiveSeconds(text)).toThrow('more than 0')
  expect(() => positiveSeconds('soon')).toThrow('it must be a number of seconds')
})
