import { array, assert, constantFrom, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import type { Diagnostic } from '../../../../src/text/diagnostic.ts'
import { loadDefinitions } from '../../../support/definitions.ts'

const piece = constantFrom(
  ...[
    'recordtype(r) {\n',
    '\tfield(X,DBF_LONG) {\n',
    '\t\tprompt("x")\n',
    '\t}\n',
    '}\n',
    'menu(m) {',
  ],
  ...[
    'choice(a,"A")',
    'device(r,INST_IO,d,"S")\n',
    'include "main.dbd"',
    'path a',
    '%x\n',
    '# c\n',
  ],
  ...['(', ')', '{', '}', ',', '"', '\\', '\0', ' ', '\n', 'x', '$(M)', 'breaktable(b) {', '1 2'],
)

function areInside(diagnostics: readonly Diagnostic[], length: number): boolean {
  return diagnostics.every(
    ({ at }) => at && at.start >= 0 && at.start <= at.end && at.end <= length,
  )
}

test('any text: places are inside, and reading bodies late finds what reading them at once finds', () => {
  assert(
    property(array(piece, { maxLength: 40 }), string(), (pieces, tail) => {
      const text = pieces.join('') + tail
      const [strict, lazy] = [false, true].map((isTrusted) => {
        const { set, diagnostics } = loadDefinitions({ 'main.dbd': text }, { isTrusted })
        const types = [...set.recordTypes.values()].map(({ name, fields }) => [
          ...[name, fields.has('X'), fields.size],
          ...Array.from(fields.values(), ({ name: field, kind, prompt }) => [field, kind, prompt]),
        ])
        const menus = [...set.menus.values()].map(({ name, choices }) => [name, ...choices.keys()])
        const all = [...diagnostics, ...set.takeLate()]
        expect(areInside(all, text.length)).toBe(true)
        return { types, menus, isGood: all.length === 0 }
      })
      expect(lazy).toEqual(strict)
    }),
    {
      numRuns: 500,
      // A field in braces inside of those of the record type is none of it.
      examples: [
        [
          [
            'recordtype(r) {\n',
            '$(M)',
            ...'recordtype(r) {\n|\tfield(X,DBF_LONG) {\n|\t}\n'.split('|'),
          ],
          '',
        ],
      ],
    },
  )
})

test.each([
  ['braces that open', `menu(m) ${'{'.repeat(1_000_000)}`],
  ['braces that close', '}'.repeat(1_000_000)],
  ['nested bodies', `recordtype(r) {${'field(X,DBF_LONG){'.repeat(100_000)}`],
  ['nested bodies on lines', `recordtype(r) {${'\n field(X,DBF_LONG){'.repeat(100_000)}`],
  ['record types on a line', 'recordtype(r){{'.repeat(30_000)],
  ['record types on lines of their own', 'recordtype(r) {\n {\n'.repeat(30_000)],
  ['indented record types', ' recordtype(r) {\n {}\n'.repeat(30_000)],
  ['fields', `recordtype(r) {${'field(X,DBF_LONG){prompt("x")}'.repeat(30_000)}}`],
  ['choices', `menu(m) {${'choice(a,"A") '.repeat(30_000)}}`],
  ['menus', 'menu(m) { choice(a,"A") }\n'.repeat(30_000)],
  ['open strings', 'driver("d\n'.repeat(30_000)],
  ['open parentheses', 'driver('.repeat(300_000)],
  ['values', `device(${'a,'.repeat(500_000)}b)`],
  ['letters in braces', `menu(m) {${'x'.repeat(5_000_000)}`],
  ['strings in braces', `menu(m) {${'"x"'.repeat(300_000)}`],
  ['comments', '# x\n'.repeat(1_000_000)],
  ['lines of code', `recordtype(r) {\n${'%x\n'.repeat(300_000)}}`],
  ['points', `breaktable(b) {${'1 2 '.repeat(100_000)}}`],
  ['includes', 'include "none"\n'.repeat(50_000)],
])('very many %s take no long time', { timeout: 20_000 }, (_, text) => {
  const { set } = loadDefinitions({ 'main.dbd': text })
  for (const { fields } of set.recordTypes.values()) expect(fields.size).toBeGreaterThanOrEqual(0)
})
