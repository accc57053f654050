import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromBytes, toBytes, unitsBefore, utf8Length } from '../../../src/macro/bytes.ts'

test.each([
  ['', 0],
  ['abc', 3],
  ['ö°', 4],
  ['温度', 6],
  ['a😀b', 6],
  ['\ud800', 3],
])('%j has %i bytes', (text, length) => {
  expect(utf8Length(text)).toBe(length)
  expect(toBytes(text)).toHaveLength(length)
})

test('a text survives the way to bytes and back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(fromBytes(toBytes(text))).toBe(text)
      expect(toBytes(text)).toHaveLength(utf8Length(text))
    }),
  )
})

test('a character cut in the middle becomes a replacement character', () => {
  expect(fromBytes(toBytes('aö').slice(0, 2))).toBe('a\ufffd')
})

test('offsets in bytes are those of the text cut there', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const bytes = toBytes(text)
      const units = unitsBefore(bytes)
      for (let at = 0; at <= bytes.length; at++) {
        expect(units ? units[at] : at).toBe(fromBytes(bytes.slice(0, at)).length)
      }
    }),
  )
})
