import fc from 'fast-check'
import { expect, test } from 'vitest'
import { runMsi } from '../../../../src/database/msi/msi.ts'
import { parseMsiArguments } from '../../../../src/database/msi/options.ts'
import { createMacros } from '../../../../src/macro/macros.ts'

function msi(args: readonly string[], files: Readonly<Record<string, string>>) {
  const parsed = parseMsiArguments(args)
  if (parsed.kind !== 'run') throw new Error(parsed.kind)
  let written = ''
  const { status, diagnostics } = runMsi(parsed.options, {
    read: (path = '') => {
      const text = files[path]
      return text === undefined ? { reason: 'no such file' } : { text }
    },
    write: (text) => {
      written += text
    },
    variable: () => undefined,
  })
  return { status, written, codes: diagnostics.map(({ code }) => code) }
}

test.each([
  ['a pattern outside of a block', 'pattern {A}\n', 1, '', ['OPTION_VALUE']],
  ['a name with an undefined variable', 'file "$(X)" {{}}', 1, '', ['MACRO_UNDEFINED']],
  ['a mistake behind a set', 'file t {{A=1} {A={}}}', 1, '1', ['SUBSTITUTION_SYNTAX']],
  ['spare values', 'file t {pattern{A}{1 2}}', 0, '1', ['SUBSTITUTION_VALUES']],
])('%s', (_, sets, status, written, codes) => {
  expect(msi(['-Ss'], { s: sets, t: '$(A)' })).toEqual({ status, written, codes })
})

const long = 'x'.repeat(300)

test.each([
  ['a value', [`-MA=${long}`], '$(A)\n', ['MACRO_CUT']],
  ['a value once for all sets', [`-MA=${long}`], 'a$(A)\n$(A)\n', ['MACRO_CUT', 'MACRO_CUT']],
  ['a value made of others', [`-MA=${long.slice(50)},B=$(A)$(A)`], '$(B)\n', ['MACRO_CUT']],
  ['a value that nothing uses', [`-MA=${long}`], 'x\n', []],
  ['a value of 256 bytes', [`-MA=${long.slice(44)}`], '$(A)\n', []],
  ['a name', ['-MA=1'], `$(${long}=2)\n`, ['MACRO_CUT']],
  ['a line', [`-MA=${long.slice(100)}`], `${'$(A)'.repeat(21)}\n`, ['LINE_CUT']],
  ['a line that fits', [`-MA=${long.slice(100)}`], `${'$(A)'.repeat(20)}\n`, []],
  [
    'a line with a file that says so',
    ['-V', `-MA=${long.slice(100)}`],
    `${'$(A)'.repeat(21)}\n`,
    ['LINE_CUT'],
  ],
])('a cut is reported, the output and the status are those of msi: %s', (_, args, text, codes) => {
  const result = msi([...args, 't'], { t: text })
  const macros = createMacros({ limits: 'bytes', warnings: false })
  for (const arg of args) if (arg.startsWith('-M')) macros.define(arg.slice(2))
  const lines = text.split(/(?<=\n)/).map((line) => macros.expand(line, 4095).text)
  expect(result).toEqual({ status: 0, written: lines.join(''), codes })
})

test.each([
  [4093, 'a line end, and 4093 bytes', 4094, []],
  [4094, 'no line end: it is the last of 4095 bytes', 4094, ['LINE_CUT']],
  [4095, 'a byte less and the line end', 4095, ['LINE_CUT']],
  [9000, 'a byte less for each of two full pieces', 8999, ['LINE_CUT', 'LINE_CUT']],
])('a line of %j bytes without references: %s', (length, _, written, codes) => {
  const result = msi(['t'], { t: `${'b'.repeat(length)}\n` })
  expect([result.written.length, result.codes]).toEqual([written, codes])
})

test('files that include each other end', () => {
  const { status, codes } = msi(['a'], { a: 'include "b"\n', b: 'include "a"\n' })
  expect({ status, codes }).toEqual({ status: 1, codes: ['FILE_NOT_FOUND'] })
})

test('bad values are reported when macros are defined, used or not', () => {
  const { status, codes } = msi(['-V', '-MA=$(B)', 't'], { t: 'x\n' })
  expect({ status, codes }).toEqual({ status: 0, codes: ['MACRO_UNDEFINED'] })
})

test('lines become what macLib makes of them', () => {
  const piece = fc.constantFrom(
    ...[
      '$(A)',
      '${B}',
      '$(C=x y)',
      '$(A=$(B))',
      '$(',
      '$',
      '"',
      "'",
      '\\',
      ' ',
      'x',
      '=',
      ')',
      '}',
    ],
  )
  const list = 'A=1,B="$(A)2",D=$(D)'
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const line = `${pieces.join('')}\n`
      const macros = createMacros({ limits: 'bytes', warnings: false })
      macros.define(list)
      expect(msi([`-M${list}`, 't'], { t: line }).written).toBe(macros.expand(line, 4095).text)
    }),
  )
})
