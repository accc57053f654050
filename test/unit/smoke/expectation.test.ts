import { expect, test } from 'vitest'
import {
  formatExpectation,
  hasValue,
  type PvReading,
  parseExpectation,
} from '../../../src/smoke/expectation.ts'

test.each([
  ['A:B', { name: 'A:B' }],
  ['A:B=1', { name: 'A:B', value: '1' }],
  ['A:B=', { name: 'A:B', value: '' }],
  ['A:B=x=y', { name: 'A:B', value: 'x=y' }],
  ['A:B.DESC=two words', { name: 'A:B.DESC', value: 'two words' }],
] as const)('"%s" is read and written back', (text, expected) => {
  expect(parseExpectation(text)).toEqual(expected)
  expect(formatExpectation(expected)).toBe(text)
})

test.each(['', '=1', ' =1'])('"%s" names no PV', (text) => {
  expect(parseExpectation(text)).toBeUndefined()
})

const temperature: PvReading = { text: '1.23', number: 1.2345678 }
const single: PvReading = { text: '0.1', number: Math.fround(0.1), isSingle: true }
const third: PvReading = { text: '0.333', number: Math.fround(1 / 3), isSingle: true }
const mode: PvReading = { text: 'Auto', number: 2 }
const name: PvReading = { text: ' ready ' }
const count: PvReading = { text: '1000000', number: 1000000 }
const empty: PvReading = { text: '' }
const double: PvReading = { text: '0.333', number: Math.fround(1 / 3) }
const integer: PvReading = { text: '16777216', number: 16777216 }
const long: PvReading = { text: '9007199254740993', number: 9007199254740992 }
const large: PvReading = { text: '1e+20', number: 1e20 }
const notANumber: PvReading = { text: '-nan', number: Number.NaN }
const infinite: PvReading = { text: 'inf', number: Number.POSITIVE_INFINITY }

test.each([
  ['the printed text', temperature, '1.23', true],
  ['the exact number', temperature, '1.2345678', true],
  ['a number written otherwise', temperature, '12345678e-7', true],
  ['the printed number written otherwise', temperature, '1.230', true],
  ['a near number', temperature, '1.2345', false],
  ['single precision', single, '0.1', true],
  ['single precision in full', third, String(1 / 3), true],
  ['a near integer', count, '1000001', false],
  ['a label', mode, 'Auto', true],
  ['an index', mode, '2', true],
  ['another label', mode, 'Manual', false],
  ['a label in other letters', mode, 'auto', false],
  ['text without blanks around it', name, 'ready', true],
  ['no value at all', mode, '', false],
  ['empty text', empty, '', true],
  ['an empty text is not 0', empty, '0', false],
  ['single precision of a double', double, String(1 / 3), false],
  ['an integer that single precision does not hold', integer, '16777217', false],
  ['64 bits', long, '9007199254740993', true],
  ['64 bits, one less', long, '9007199254740992', false],
  ['64 bits with zeros in front', long, '09007199254740993', true],
  ['a large number', large, '100000000000000000000', true],
  ['no number', notANumber, 'nan', true],
  ['no number is no text', notANumber, 'abc', false],
  ['no number is not two', notANumber, '20,5', false],
  ['text is no number', temperature, 'nan', false],
  ['infinity', infinite, 'Infinity', true],
])('%s', (_title, reading, expected, isEqual) => {
  expect(hasValue(reading, expected)).toBe(isEqual)
})
