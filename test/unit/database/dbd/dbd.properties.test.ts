import { array, assert, constantFrom, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import { readDbd } from '../../../../src/database/dbd/dbd.ts'

const piece = constantFrom(
  ...['device', 'include', 'recordtype', 'variable', '(', ')', '{', '}', ',', '"', '\\', '#', '%'],
  ...['\n', ' ', 'ai', '"x"', '$(M)', '${', '?', '\u00e9', 'registrar(r)\n'],
)

test('any text is read without throwing, and all places are inside', () => {
  assert(
    property(array(piece, { maxLength: 60 }), string(), (pieces, tail) => {
      const text = pieces.join('') + tail
      const { diagnostics } = readDbd({ name: 'x', text })
      for (const { at } of diagnostics) {
        expect(at && at.start >= 0 && at.start <= at.end && at.end <= text.length).toBe(true)
      }
    }),
  )
})

test.each([
  ['braces', 'a(b){'.repeat(100_000)],
  ['parentheses', 'a('.repeat(100_000)],
  ['quotes', '"'.repeat(100_001)],
  ['words', 'x'.repeat(5_000_000)],
  ['blanks', ' '.repeat(5_000_000)],
  ['a long string', `"${'\\a'.repeat(2_000_000)}"`],
])('very many %s', (_, text) => {
  expect(readDbd({ name: 'x', text }).diagnostics.length).toBeGreaterThanOrEqual(0)
})
