import { expect, test } from 'vitest'
import { readSubstitutions } from '../../../../src/database/substitutions/substitutions.ts'
import { templateCalls } from '../../../../src/database/substitutions/template-calls.ts'
import type { Dialect } from '../../../../src/database/substitutions/types.ts'

const found = (text: string, dialect: Dialect) =>
  readSubstitutions({ name: 'x.subs', text }, { dialect }).diagnostics.map(
    ({ code, at }) => `${code} ${text.slice(at?.start, at?.end)}`,
  )
const calls = (text: string, dialect: Dialect) =>
  Array.from(
    templateCalls(readSubstitutions({ name: 'x.subs', text }, { dialect })),
    ({ template, macros }) => `${template}: ${macros}`,
  )

test.each<[string, Dialect, string[], string[]]>([
  ['file a { {P=1}\n {P=2} }', 'both', ['a: P=1', 'a: P=2'], []],
  // One mistake does not hide the rest.
  ['file a { {P=} {P=2} }', 'dbLoadTemplate', ['a: P=2'], ['SUBSTITUTION_SYNTAX }']],
  [
    'file a { {P="x, Q=1}\n {P=2} }',
    'dbLoadTemplate',
    ['a: P=x,Q=1', 'a: P=2'],
    ['SUBSTITUTION_SYNTAX "'],
  ],
  ['file a { {P=1 {P=2} }', 'dbLoadTemplate', ['a: P=2'], ['SUBSTITUTION_SYNTAX {']],
  [
    'file a { {P=1}\nfile b { {P=2} }',
    'dbLoadTemplate',
    ['a: P=1', 'b: P=2'],
    ['SUBSTITUTION_SYNTAX file'],
  ],
  [
    'file a { pattern {A} {1} pattern {B} {2} }',
    'dbLoadTemplate',
    ['a: A=1', 'a: A=2'],
    ['SUBSTITUTION_SYNTAX pattern'],
  ],
  [
    'foo {P=1} file a { {P=2} }',
    'dbLoadTemplate',
    ['a: P=2'],
    ['SUBSTITUTION_SYNTAX foo', 'SUBSTITUTION_SYNTAX {'],
  ],
  ['', 'dbLoadTemplate', [], ['SUBSTITUTION_SYNTAX ']],
  ['file a { {P={1}}\n {P=2} }', 'msi', ['a: P=2'], ['SUBSTITUTION_SYNTAX {']],
  ['file a { {P=1} # c\n {P=2} }', 'msi', ['a: P=1', 'a: P=2'], ['SUBSTITUTION_SYNTAX #']],
  ['file a { {P=1} global {G=1} }', 'msi', ['a: P=1'], ['SUBSTITUTION_SYNTAX }']],
  ['file a { pattern {A} x {1} }', 'dbLoadTemplate', ['a: A=1'], ['SUBSTITUTION_DIALECT x']],
  ['file a { pattern {A} {1,2,3} }', 'both', ['a: A=1'], ['SUBSTITUTION_VALUES 2']],
  ['file a { {P=1 Q=2} }', 'both', ['a: P=1,Q=2'], ['SUBSTITUTION_DIALECT {P=1 Q=2}']],
  ['file a { {P=$(X)} }', 'both', ['a: P=$(X)'], ['SUBSTITUTION_ONE_TOOL $(']],
  ['file a { {P=1} # c\n }', 'both', ['a: P=1'], ['SUBSTITUTION_ONE_TOOL #']],
  ['file a {\n{P=1\n}', 'msi', ['a: P=1,'], []],
  ['file a {\n{P=1\n}', 'both', ['a: P=1,'], ['SUBSTITUTION_DIALECT a']],
  ['file a {\n{P=1}\n', 'both', ['a: P=1'], ['SUBSTITUTION_DIALECT a']],
  [
    'file a { {P=1} }\nfile b { pattern {P} {1}',
    'both',
    ['a: P=1', 'b: P=1'],
    ['SUBSTITUTION_DIALECT b'],
  ],
  ['file a {\n{P=1\n}', 'dbLoadTemplate', ['a: P=1'], ['SUBSTITUTION_SYNTAX ']],
  ['file a { {P="x\\"} }', 'both', [], ['SUBSTITUTION_SYNTAX "x\\"} }']],
])('%j as %s', (text, dialect, expectedCalls, diagnostics) => {
  expect(calls(text, dialect)).toEqual(expectedCalls)
  expect(found(text, dialect)).toEqual(diagnostics)
})

test('names of a pattern beyond the hundredth are dropped', () => {
  const names = Array.from({ length: 102 }, (_, index) => `N${index}`).join(',')
  const text = `file a { pattern {${names}} {1} }`
  expect(found(text, 'dbLoadTemplate')).toEqual(['SUBSTITUTION_LIMIT N100'])
})

test('a file of another kind says so a thousand times at most', () => {
  expect(found('{ $ } '.repeat(10_000), 'dbLoadTemplate').length).toBe(1001)
})

test('a database that is given to dbLoadTemplate is one mistake', () => {
  const text = '# comment\n\ngrecord(ai, "x") {\n  field(DESC, "a")\n}\nrecord(ai, "y") {}\n'
  const { diagnostics } = readSubstitutions({ name: 'x.db', text }, { dialect: 'dbLoadTemplate' })
  expect(diagnostics.map(({ code, message, hint }) => [code, message, hint])).toEqual([
    ['SUBSTITUTION_SYNTAX', 'this is a database', 'dbLoadRecords loads it'],
  ])
})
