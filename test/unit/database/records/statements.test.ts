import { expect, test } from 'vitest'
import { createDefinitions } from '../../../../src/database/definitions/definitions.ts'
import { createLoader } from '../../../../src/database/records/loader.ts'
import { loadDefinitions } from '../../../support/definitions.ts'

const { set: definitions } = loadDefinitions({
  'main.dbd': `
recordtype(ai) { field(VAL, DBF_DOUBLE) { prompt("value") } field(INP, DBF_INLINK) { prompt("link") } }
recordtype(calc) { field(CALC, DBF_STRING) { prompt("expression") size(80) special(SPC_CALC) } }
link(const, lnkConstIf)
`,
})

test.each([
  ['record(ai, "a") { field(CALC, "1") }', 'record types with this field: calc'],
  ['record(ai, "a") { field(QQQQ, "1") }', 'remove the line'],
  ['record(calc, "a") { field(CALC, "A+") }', 'missing at its end'],
  ['record(ai, "a") { field(INP, {const: null}) }', 'form: {const: 1.5}'],
  ['alias("nothing", "b")', 'an alias comes behind its record'],
  ['record("#", "nothing")', 'remove this line'],
])('%s: %s', (text, hint) => {
  const { diagnostics } = createLoader({ definitions }).load({ name: 'x.db', text })
  expect(diagnostics.map((item) => item.hint)).toEqual([expect.stringContaining(hint)])
})

test.each([
  ['{const 1}', '"1" cannot stand here'],
  ['{const: "a" "b"}', '"\\"b\\"" cannot stand here'],
  ['{const: [1}', '"}" cannot stand here'],
])('%s: what does not fit is named', (value, named) => {
  const text = `record(ai, "a") { field(INP, ${value}) }`
  const { diagnostics } = createLoader({ definitions }).load({ name: 'x.db', text })
  expect(diagnostics[0]?.message).toBe(`the JSON value of INP is not valid: ${named}`)
})

test.each([
  'record(path, "a") {}',
  'record(ai, path) {}',
  'record(ai, "a") { info(path, "b") }',
  'record(ai, "a") { alias(path) }',
  'driver(path)',
  'include path',
  'path path',
])('%s: keywords are no names', (text) => {
  const define = createDefinitions().load
  const { diagnostics } = createLoader({ define }).load({ name: 'x.db', text })
  expect(diagnostics.map(({ message }) => message)).toContain(
    'path is a keyword: as a value it needs double quotes',
  )
})

test('keywords in quotes are names', () => {
  const text = 'record(ai, "path") { info("alias", "b") alias("info") }'
  expect(createLoader({ definitions }).load({ name: 'x.db', text }).diagnostics).toEqual([])
})

test.each([
  ['"a\\u12b"', '"\\u" is no escape'],
  [`[${'1,'.repeat(246)}]`, 'this JSON value is too long for the IOC'],
])('%.30s: what no value can be', (value, message) => {
  const text = `record(ai, "a") { info(b, ${value}) }`
  const { diagnostics } = createLoader({ definitions }).load({ name: 'x.db', text })
  expect(diagnostics.map((item) => item.message)).toEqual([expect.stringContaining(message)])
})

test('the string of a name ends on its line', () => {
  const { diagnostics } = createLoader().load({ name: 'x.db', text: 'record(ai, "a\\\nb") {}' })
  expect(diagnostics[0]?.message).toBe('this string has no end on its line')
})
