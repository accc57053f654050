import { expect, test } from 'vitest'
import {
  checkDouble,
  checkInteger,
  choiceIndex,
  doubleValue,
  integerValue,
} from '../../../../src/database/values/numbers.ts'

test.each([
  ['', 'DBF_SHORT', undefined],
  ['0x7fff', 'DBF_SHORT', undefined],
  ['0xffff', 'DBF_SHORT', undefined],
  ['-1', 'DBF_ULONG', undefined],
  [' 010 ', 'DBF_LONG', undefined],
  ['40000', 'DBF_SHORT', 'does not fit into 16 bits, the IOC makes it -25536'],
  ['300', 'DBF_UCHAR', 'does not fit into 8 bits, the IOC makes it 44'],
  ['1e3', 'DBF_LONG', 'has "e3" behind its digits'],
  ['08', 'DBF_LONG', 'has "8" behind its digits'],
  ['abc', 'DBF_LONG', 'has no digits at its beginning'],
  ['9223372036854775808', 'DBF_INT64', 'does not fit into 64 bits'],
  ['18446744073709551615', 'DBF_UINT64', undefined],
] as const)('%j for %s', (text, kind, message) => {
  expect(checkInteger(text, kind)?.message).toBe(message)
})

test.each([
  ['32767', 'DBF_SHORT', undefined],
  ['-32768', 'DBF_SHORT', undefined],
  ['32768', 'DBF_SHORT', 16],
  ['0xffff', 'DBF_SHORT', 16],
  ['-128', 'DBF_UCHAR', undefined],
  ['-256', 'DBF_UCHAR', 8],
  ['4294967295', 'DBF_ULONG', undefined],
  ['4294967296', 'DBF_ULONG', 32],
  ['18446744073709551615', 'DBF_UINT64', undefined],
] as const)('%j for %s with dbConvertStrict', (text, kind, message) => {
  const problem = checkInteger(text, kind, { isStrict: true })
  expect(problem?.message).toBe(
    message && `does not fit into ${message} bits, and dbConvertStrict is set`,
  )
  expect(problem?.isRefused ?? true).toBe(true)
})

test('a size is not negative', () => {
  expect(checkInteger('-1', 'DBF_ULONG', { isSize: true })).toEqual({
    isRefused: false,
    message: 'does not fit into 32 bits, the IOC makes it 4294967295',
    takes: '0 to 4294967295',
  })
  expect(checkInteger('1', 'DBF_ULONG', { isSize: true })).toBeUndefined()
})

test.each([
  ['', undefined],
  ['1.5e3', undefined],
  ['0x1.8p3', undefined],
  ['-inf', undefined],
  ['.', 'has no digits at its beginning'],
  ['1,5', 'has ",5" behind its digits'],
  ['1e400', 'is too large'],
  ['1e-400', 'is too small'],
  ['0x1p2000', 'is too large'],
  ['0x1p-2000', 'is too small'],
  ['0x0p-2000', undefined],
])('%j for a double', (text, message) => {
  expect(checkDouble(text)?.message).toBe(message)
})

test.each([
  ['0xffff', 'DBF_SHORT', -1n],
  ['-1', 'DBF_UCHAR', 255n],
  ['4294967295', 'DBF_LONG', -1n],
  [' -010 ', 'DBF_INT64', -8n],
  ['x', 'DBF_LONG', undefined],
] as const)('%j is the number that %s holds', (text, kind, value) => {
  expect(integerValue(text, kind)).toBe(value)
})

test.each([
  ['0x1p4', 16],
  ['-0x.8', -0.5],
  ['0x1.8p1', 3],
  [' 1e3 ', 1000],
  ['-Infinity', -Infinity],
  ['nan', Number.NaN],
  ['1e999', undefined],
])('%j is the number that a double holds', (text, value) => {
  expect(doubleValue(text)).toBe(value)
})

test.each([
  ['3', 3],
  [' +0x10 ', 16],
  ['-1', 65535],
  ['65536', undefined],
  ['x', undefined],
  ['', undefined],
])('%j is the number of a choice', (text, index) => {
  expect(choiceIndex(text)).toBe(index)
})
