import { expect, test } from 'vitest'
import { unitsOf } from '../../../../src/database/records/text-units.ts'

const long = 'abcdefgh'.repeat(9000)

test.each([
  ['nothing', ''],
  ['ASCII', 'record(ai, "x")\t{}\n\0~\x7f'],
  ['other characters', 'µm 10 °C \u{1f600} \ud800 \ufeff'],
  ['a long text', long],
  ['a long text with one other character', `${long}°${long}`],
  ['a pair that is cut in two', `${'a'.repeat(0xffff)}\u{1f600}b`],
])('each character is a number: %s', (_title, text) => {
  const units = Array.from({ length: text.length }, (_, at) => text.charCodeAt(at))
  const expected = [...units.map((unit) => (unit < 128 ? unit : 255)), 0]
  expect(Buffer.compare(unitsOf(text), Uint8Array.from(expected))).toBe(0)
})
