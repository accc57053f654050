import { expect, test } from 'vitest'
import { createLoader } from '../../../../src/database/records/loader.ts'
import { loadDefinitions } from '../../../support/definitions.ts'

const dbd = `menu(m) { choice(mA, "A") choice(mB, "B") }
recordtype(ai) {
  field(NAME, DBF_STRING) { special(SPC_NOMOD) size(61) }
  field(EGU, DBF_STRING) { size(5) }
  field(CALC, DBF_STRING) { special(SPC_CALC) size(80) }
  field(DTYP, DBF_DEVICE) { }
  field(PREC, DBF_SHORT) { }
  field(HOPR, DBF_DOUBLE) { }
  field(SCAN, DBF_MENU) { menu(m) }
  field(INP, DBF_INLINK) { }
  field(OUT, DBF_OUTLINK) { }
  field(BPTR, DBF_NOACCESS) { extra("void *bptr") }
}
device(ai, CONSTANT, devAiSoft, "Soft Channel")
link(const, lnkConstIf)
`

test.each([
  ['ai', 'PREC', '"3"', []],
  ['ai', 'EGU', '"\\x41bcd"', []],
  ['ai', 'EGU', '"abcde"', ['error VALUE_LONG']],
  ['ai', 'CALC', '"A+"', ['error VALUE_CALC']],
  ['ai', 'DTYP', '"soft"', ['error DTYP_UNKNOWN']],
  ['ai', 'PREC', '"1.5"', ['error VALUE_NUMBER']],
  ['ai', 'HOPR', '"1,5"', ['error VALUE_NUMBER']],
  ['ai', 'PREC', '"40000"', ['warning VALUE_RANGE']],
  ['ai', 'SCAN', '"a"', ['error VALUE_CHOICE']],
  ['ai', 'SCAN', '"2"', ['warning VALUE_CHOICE']],
  ['ai', 'SCAN', '1', []],
  ['ai', 'INP', '"#C0"', ['error LINK_INVALID']],
  ['ai', 'INP', '{foo:1}', ['error LINK_INVALID']],
  ['ai', 'INP', '{const:bare}', []],
  ['ai', 'INP', '"{const:bare}"', ['error LINK_INVALID']],
  ['ai', 'OUT', '"x CP"', ['warning LINK_INVALID']],
  ['ai', 'NAME', '"y"', ['error FIELD_FIXED']],
  ['ai', 'BPTR', '"1"', ['error FIELD_FIXED']],
  ['ai', 'NONE', '"1"', ['error FIELD_UNKNOWN']],
  ['none', 'PREC', '"1"', ['error RECORD_TYPE_UNKNOWN']],
])('%s.%s = %s', (type, field, value, findings) => {
  const { load } = createLoader({ definitions: loadDefinitions({ 'main.dbd': dbd }).set })
  const text = `record(${type}, "x") { field(${field}, ${value}) }\n`
  const { diagnostics } = load({ name: 't.db', text })
  expect(diagnostics.map(({ severity, code }) => `${severity} ${code}`)).toEqual(findings)
})

test.each([
  ['DTYP', 'soft channel', 'did you mean "Soft Channel"?'],
  ['DTYP', 'strem', 'choose one of "Soft Channel", or require the module that has it'],
  ['DTYP', '1', 'choose one of "Soft Channel", or require the module that has it'],
  ['PREC', '40000', 'PREC takes -32768 to 32767'],
  ['INP', '{foo:1}', 'choose one of "const"'],
  ['INP', '{cosnt:1}', 'did you mean "const"?'],
])('the remedy of %s = %s', (field, value, hint) => {
  const { load } = createLoader({ definitions: loadDefinitions({ 'main.dbd': dbd }).set })
  const { diagnostics } = load({
    name: 't.db',
    text: `record(ai, x) { field(${field}, "${value}") }`,
  })
  expect(diagnostics.map((one) => one.hint)).toEqual([hint])
})

test.each([
  ['field(PREC, "$(P=x)")', 'see to the value of P'],
  ['field(EGU, "${P=ab}$(Q=cde)")', 'see to the values of P, Q'],
  ['field(EGU, "abcde")', 'field(EGU, "abcd")'],
])('the remedy for a value that macros make: %s', (field, hint) => {
  const { load } = createLoader({ definitions: loadDefinitions({ 'main.dbd': dbd }).set })
  const { diagnostics } = load({ name: 't.db', text: `record(ai, x) { ${field} }` })
  expect(diagnostics.map((one) => one.hint)).toEqual([hint])
})

test('an escape is shown as it is written', () => {
  const { load } = createLoader({ definitions: loadDefinitions({ 'main.dbd': dbd }).set })
  const { diagnostics } = load({ name: 't.db', text: 'record(ai, x) { field(EGU, "\\200") }' })
  expect(diagnostics[0]?.message).toBe('"\\2" is no escape')
})

test('a record of an unknown type is none: one of another type may have its name', () => {
  const { load, database } = createLoader({ definitions: loadDefinitions({ 'main.dbd': dbd }).set })
  const text =
    'record(none, x) {}\nrecord(ai, x) { field(PREC, 1) }\nrecord("*", x) { field(NONE, 1) }\n'
  const { diagnostics } = load({ name: 't.db', text })
  expect(diagnostics.map(({ code }) => code)).toEqual(['RECORD_TYPE_UNKNOWN', 'FIELD_UNKNOWN'])
  expect(database.records.get('x')?.type).toBe('ai')
})
