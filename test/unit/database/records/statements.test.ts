import { expect, test } from 'vitest'
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
