import { expect, test } from 'vitest'
import { counted, grouped } from '../../../src/text/count.ts'

test.each([
  [0, '0'],
  [999, '999'],
  [1000, '1,000'],
  [100_000, '100,000'],
  [1_234_567, '1,234,567'],
])('grouped(%d)', (count, expected) => {
  expect(grouped(count)).toBe(expected)
})

test.each([
  [1, 'record', undefined, '1 record'],
  [2, 'record', undefined, '2 records'],
  [1200, 'child', 'children', '1,200 children'],
])('counted(%d, %s)', (count, one, many, expected) => {
  expect(counted(count, one, many)).toBe(expected)
})
