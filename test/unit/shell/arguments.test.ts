import { expect, test } from 'vitest'
import { toDouble, toInteger } from '../../../src/shell/arguments.ts'

test.each([
  [undefined, 0],
  ['', 0],
  ['12', 12],
  [' -5', -5],
  ['+7', 7],
  ['0x1F', 31],
  ['017', 15],
  ['00', 0],
  ['4294967295', -1],
  ['2147483648', -2147483648],
  ['18446744073709551615', -1],
  ['-18446744073709551615', 1],
])('integer %j is %i', (text, value) => {
  expect(toInteger(text)).toEqual({ value })
})

test.each([
  ['12abc', 'illegal'],
  ['08', 'illegal'],
  ['0x', 'illegal'],
  ['-', 'illegal'],
  ['1 ', 'illegal'],
  ['1.5', 'illegal'],
  ['18446744073709551616', 'out-of-range'],
])('integer %j is %s', (text, error) => {
  expect(toInteger(text)).toEqual({ error })
})

test.each([
  [undefined, 0],
  ['', 0],
  ['-1e-3', -0.001],
  ['.5', 0.5],
  ['1.', 1],
  ['0x1.8p3', 12],
  ['-inf', Number.NEGATIVE_INFINITY],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['nan', Number.NaN],
  ['1e999', Number.POSITIVE_INFINITY],
])('double %j is %f', (text, value) => {
  expect(toDouble(text)).toEqual({ value })
})

test.each(['x', '1e', '1.5.2', '0x', '.', '1 '])('double %j is illegal', (text) => {
  expect(toDouble(text)).toEqual({ error: 'illegal' })
})
