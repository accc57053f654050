import { expect, test } from 'vitest'
import { hiddenReferences, writtenMacros } from '../../../../src/check/macros/references.ts'
import { processorTime, soon } from '../../../support/processor-time.ts'

test.each<[text: string, expected: [string, string][]]>([
  ['$(A=1)', [['A', '1']]],
  ['${A=1} $(A=2)', [['A', '1']]],
  ['$(A=)$(B)', []],
  ['$(A=$(B)x)', [['A', '$(B)']]],
  ['$(A=x$(B))', [['A', 'x']]],
  ['$(A=1,B=2)', [['A', '1']]],
  ['# $(A=1)\n  # $(A=2)\n$(A=3)', [['A', '3']]],
  ['$(A=two words)', [['A', 'two words']]],
  ['$(A=1\n)', [['A', '1']]],
  ['', []],
])('defaults of %j', (text, expected) => {
  expect([...writtenMacros({ name: 'x.db', text }).defaults]).toEqual(expected)
})

test.each<[text: string, expected: string[]]>([
  ["'$(A)'", ['$(A)']],
  ["'x ${A} $(B)' '$(C)'", ['${A}', '$(C)']],
  [`"'$(A)'"`, []],
  [`'"$(A)"'`, ['$(A)']],
  [`\\'$(A)`, []],
  ["'\\$(A)'", []],
  ["'$(A'", []],
  ["'$A'", []],
  ["'$()'", []],
  ["it's $(A)", ['$(A)']],
])('hidden references of %j', (text, expected) => {
  const found = hiddenReferences(text, { start: 0, end: text.length })
  expect(found.map(({ start, end }) => text.slice(start, end))).toEqual(expected)
})

test('each line begins outside of quotes', () => {
  const text = `don't\n$(A) it's\n'$(B)\n`
  const { hidden } = writtenMacros({ name: 'x.db', text })
  expect(hidden.map(({ start, end }) => text.slice(start, end))).toEqual(['$(B)'])
})

test.each([
  ['quotes', "'".repeat(500_000)],
  ['references', "'$(A)' $(B=1) ".repeat(50_000)],
  ['brackets', `'${'$('.repeat(250_000)}`],
  ['defaults', '$(A='.repeat(200_000)],
])('long lines of %s take time in proportion', (_title, text) => {
  expect(processorTime(() => writtenMacros({ name: 'x.db', text }))).toBeLessThan(soon)
})
