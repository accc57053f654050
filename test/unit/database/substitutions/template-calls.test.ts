import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readSubstitutions } from '../../../../src/database/substitutions/substitutions.ts'
import {
  type CallOptions,
  type TemplateCall,
  templateCalls,
} from '../../../../src/database/substitutions/template-calls.ts'
import type { Dialect } from '../../../../src/database/substitutions/types.ts'
import { parseDefinitions } from '../../../../src/macro/definitions.ts'
import { formatPlace, spanOf } from '../../../../src/text/span.ts'

const command = { name: 'st.cmd', text: 'dbLoadTemplate x.subs P=cmd' }

function callsOf(text: string, options: CallOptions = {}, dialect: Dialect = 'dbLoadTemplate') {
  return [...templateCalls(readSubstitutions({ name: 'x.subs', text }, { dialect }), options)]
}

const placed = ({ definitions }: TemplateCall) =>
  definitions().map(({ name, raw, at }) => `${name}=${raw} ${formatPlace(at)}`)

test('a call knows where its template and its macros stand', () => {
  const text = 'global { G="g h" }\nfile "a b.db" {\n  pattern { A, B }\n  { 1, \'x y\' }\n}\n'
  const [call] = callsOf(text, { macros: { list: 'P=cmd,Q', at: spanOf(command, 22) } })
  expect(call && placed(call)).toEqual([
    'P=cmd st.cmd:1:23',
    'Q=undefined st.cmd:1:23',
    'G="g h" x.subs:1:12',
    'A=1 x.subs:4:5',
    'B="x y" x.subs:4:8',
  ])
  expect(call?.macros).toBe('P=cmd,Q,G="g h",A=1,B="x y"')
  expect(call?.template).toBe('a b.db')
  expect(call && [call.at, call.row].map(formatPlace)).toEqual(['x.subs:2:6', 'x.subs:4:3'])
})

test('the names of a pattern stand in its head, other names before their values', () => {
  const text = 'global { G=1 }\nfile a {\n  pattern { A, B }\n  { 1, 2 }\n}\nfile b { { C=3 } }\n'
  const names = callsOf(text).map((call) =>
    call.definitions().map(({ name, nameAt }) => `${name} ${nameAt ? formatPlace(nameAt) : ''}`),
  )
  expect(names).toEqual([
    ['G x.subs:1:10', 'A x.subs:3:13', 'B x.subs:3:16'],
    ['G x.subs:1:10', 'C x.subs:6:12'],
  ])
})

test('an empty set repeats the one before, as long as there is nothing else', () => {
  const text = 'file a { {A=1} {} global {G=1} {} }'
  expect(callsOf(text, { exact: true }).map(({ macros }) => macros)).toEqual(['A=1', 'A=1', 'G=1'])
  const calls = callsOf(text)
  expect(calls.map(({ macros }) => macros)).toEqual(['A=1', '', 'G=1'])
  const codes = calls.map(({ diagnostics }) => diagnostics.map(({ code }) => code))
  expect(codes).toEqual([[], ['SUBSTITUTION_EMPTY'], []])
})

test.each([
  [4998, []],
  [4999, ['SUBSTITUTION_LIMIT']],
])('a list of %i bytes: %j', (length, expected) => {
  const [call] = callsOf(`file a { {A=${'x'.repeat(length - 2)}} }`)
  expect(call?.macros.length).toBe(length)
  expect(call?.diagnostics.map(({ code }) => code)).toEqual(expected)
})

const word = fc.stringMatching(/^[a-zA-Z0-9:_.-]{1,6}$/)
const value = fc.oneof(
  word,
  fc.stringMatching(/^[ -!#-[\]-~]{0,8}$/).map((text) => `"${text}"`),
)
const keywords = /(?:^|[{, =])(?:file|global|pattern)(?:$|[}, =])/

test('what both programs can read they read the same, each value at its place', () => {
  const row = fc.array(fc.tuple(word, value), { minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 5 }), (rows) => {
      const sets = rows.map((set) => `{ ${set.map(([name, one]) => `${name}=${one}`).join(', ')} }`)
      const text = `file a.db {\n${sets.join('\n')}\n}\n`
      fc.pre(!keywords.test(text.slice(5)))
      const { diagnostics } = readSubstitutions({ name: 'x.subs', text }, { dialect: 'both' })
      expect(diagnostics).toEqual([])
      for (const dialect of ['msi', 'dbLoadTemplate'] as const) {
        for (const call of callsOf(text, {}, dialect)) {
          const expected = parseDefinitions(call.macros).map(({ raw }) => raw)
          const slices = call.definitions().map(({ at }) => text.slice(at.start, at.end))
          expect(slices).toEqual(expected)
        }
      }
    }),
  )
})

test('any text is read, places are inside of it', () => {
  const piece = fc.constantFrom(
    'file ',
    'a',
    '{',
    '}',
    'pattern ',
    'global ',
    '"',
    "'",
    ',',
    '=',
    '\\',
    '\n',
    '#',
    ' ',
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 40 }), (pieces) => {
      const text = pieces.join('')
      for (const dialect of ['msi', 'dbLoadTemplate', 'both'] as const) {
        for (const call of callsOf(text, {}, dialect)) {
          for (const { at } of call.definitions()) {
            expect(at.start).toBeLessThanOrEqual(at.end)
            expect(at.end).toBeLessThanOrEqual(text.length)
          }
        }
      }
    }),
  )
})
