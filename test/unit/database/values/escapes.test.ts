import { expect, test } from 'vitest'
import { unescapeValue, writtenOffsets } from '../../../../src/database/values/escapes.ts'

test.each([
  ['plain', 'plain'],
  ['\\"x\\"', '"x"'],
  ['a\\tb\\\\n', 'a\tb\\n'],
  ['\\101\\x42\\q', 'ABq'],
  ['end\\', 'end\\'],
])('unescapeValue(%j)', (value, text) => {
  expect(unescapeValue(value)).toBe(text)
})

test.each([
  ['plain', [0, 1, 2, 3, 4, 5]],
  ['a\\"b', [0, 1, 3, 4]],
  ['\\x41\\102c', [0, 4, 8, 9]],
])('writtenOffsets(%j)', (value, offsets) => {
  const of = writtenOffsets(value)
  expect(offsets.map((_, offset) => of(offset))).toEqual(offsets)
})
