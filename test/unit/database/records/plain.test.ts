import { expect, test } from 'vitest'
import { createLoader } from '../../../../src/database/records/loader.ts'
import { loadDefinitions } from '../../../support/definitions.ts'
import { createUsualLoader } from '../../../support/usual-loader.ts'

const dbd = `
menu(yesNo) { choice(NO, "NO") choice(YES, "YES") }
recordtype(one) {
  field(NAME, DBF_STRING) { size(61) special(SPC_NOMOD) }
  field(DESC, DBF_STRING) { size(9) }
  field(CALC, DBF_STRING) { size(80) special(SPC_CALC) }
  field(DTYP, DBF_DEVICE) { prompt("") }
  field(PINI, DBF_MENU) { menu(yesNo) }
  field(PREC, DBF_SHORT) { prompt("") }
  field(PHAS, DBF_UCHAR) { prompt("") }
  field(HOPR, DBF_DOUBLE) { prompt("") }
  field(INP, DBF_INLINK) { prompt("") }
  field(OUT, DBF_OUTLINK) { prompt("") }
  field(BPTR, DBF_NOACCESS) { extra("void *p") }
}
recordtype(two) {
  field(DESC, DBF_STRING) { size(5) }
  field(PREC, DBF_DOUBLE) { prompt("") }
}
device(one, CONSTANT, devOne, "Soft Channel")
`

/** Nothing of this has the form that is read at once. */
function oddly(text: string): string {
  return text.replaceAll('field(', 'field(#\n').replaceAll('record(', 'record(#\n')
}

test.each([
  [
    'values of all kinds',
    'field(DESC, "words") field(PREC, "3") field(HOPR,"-1.5")field(PINI, "YES")',
  ],
  ['links', 'field(INP, "x:y.VAL CP MS") field(OUT, "x:y CP") field(OUT, "x:y PP")'],
  [
    'links that are constants',
    'field(INP, "3") field(INP, "") field(INP, "@asyn(P)") field(INP, "#")',
  ],
  ['too long', 'field(DESC, "12345678") field(DESC, "123456789")'],
  ['too long in bytes', 'field(DESC, "12345ß") field(DESC, "1234567ß")'],
  [
    'no choice',
    'field(PINI, "NO") field(PINI, "nO") field(PINI, "1") field(PINI, "2") field(PINI, "7")',
  ],
  ['the same again', 'field(PINI, "nO") field(PINI, "YES") field(PINI, "YES") field(PINI, "nO")'],
  ['device support', 'field(DTYP, "Soft Channel") field(DTYP, "soft")'],
  [
    'numbers',
    'field(PREC, "x") field(PREC, "0x1f") field(PREC, "010") field(PREC, "99999") field(PHAS, "300")',
  ],
  [
    'numbers with a fraction',
    'field(HOPR, "1e3") field(HOPR, "1e999") field(HOPR, "1,5") field(HOPR, "")',
  ],
  ['expressions', 'field(CALC, "A+B") field(CALC, "A+") field(CALC, "A+B")'],
  [
    'escapes',
    String.raw`field(DESC, "a\"b") field(DESC, "a\tb") field(DESC, "a\9") field(DESC, "\x41")`,
  ],
  ['control characters', 'field(DESC, "a\tb") field(DESC, "a\x01b")'],
  ['macros that nobody expands', 'field(DESC, \'$(A)\') field(DESC, "$") field(DESC, "${")'],
  ['no such field', 'field(DSEC, "x") field(PREC, "3") field(ONE, "x") field(, "x")'],
  ['fields that are fixed', 'field(NAME, "x") field(BPTR, "x")'],
  [
    'blanks and lines',
    'field( DESC , "x" )\n\t field("PREC", "3")\r\nfield(DESC,\n"x") field(DESC, "x"\n)',
  ],
  ['words and JSON', 'field(PREC, 3) field(DESC, {}) field(PREC, "4") field(DESC, x)'],
  ['single quotes', "field(DESC, 'x') field(DESC, \"it's\")"],
  [
    'other statements between',
    'field(PREC, "3") info(a, "b") field(DESC, "x") alias("z") field(PREC, "4")',
  ],
  ['a value without an end', 'field(PREC, "3") field(DESC, "x\n) field(PREC, "4")'],
  ['no brackets', 'field(PREC, "3" field(DESC, "x") field PREC field('],
  ['no comma', `field(PREC "3") field(${'A'.repeat(60)}, "1")`],
])('fields are the same however they are written: %s', (_title, body) => {
  const first = `record(one, "a") { ${body} }\nrecord(two, "b") { ${body} }\n`
  expect(loaded(first)).toEqual(loaded(oddly(first)))
  const again = `${first}record(one, "c") { field(PREC, "1") }\n${first.replaceAll(/"[ab]"/g, '"d"')}`
  expect(loaded(again)).toEqual(loaded(oddly(again)))
})

test.each([
  ['quotes, no quotes', 'record("one", "a") {} record(one, b) {} record(one,"c"){}record(two,"d")'],
  ['names that are refused', 'record(one, "") {} record(one, "a b") {} record(one, "a.b") {}'],
  ['names that are too long', `record(one, "${'n'.repeat(61)}") { field(PREC, "x") }`],
  ['names with odd beginnings', 'record(one, "-a") {} record(one, "a\x01") {} record(one, "ä") {}'],
  ['unknown types', 'record(on, "a") { field(DESC, "x") } record(*, "b") {} record(#, "c") {}'],
  ['another type', 'record(one, "a") {} record(two, "a") { field(PREC, "1") } record(*, "a") {}'],
  ['damage', 'record(one "a") {} record(one, "a" {} record(one, "b") field(DESC, "x") }'],
  ['behind a mistake', 'record(one, "a") { ) } record(one, "b") { field(PREC, "x") }'],
])('heads are the same however they are written: %s', (_title, text) => {
  expect(loaded(text)).toEqual(loaded(oddly(text)))
})

function loaded(text: string) {
  const { set: definitions } = loadDefinitions({ 'main.dbd': dbd })
  const { database, load } = createLoader({ definitions })
  const { isGood, diagnostics } = load({ name: 'x.db', text })
  const records = Array.from(database.records.values(), (record) => ({
    ...{ name: record.name, type: record.type, more: record.more.length },
    fields: record.fields.map(({ name, value, form, start, end, in: { text: all } }) => ({
      ...{ name, value, form, written: all.slice(start, end) },
    })),
  }))
  const findings = diagnostics.map(({ code, severity, message, hint }) => ({
    ...{ code, severity, message, hint },
  }))
  return { isGood, records, findings, aliases: [...database.aliases.keys()] }
}

const manyForms = Array.from({ length: 600 }, (_, n) => `info(i${n}, "${n}")`).join('\n')

test.each([
  ['all plain', 'record(one, "a") { field(DESC, "x") field(PREC, "3") info(a, "b") }'],
  ['a comment without an end', 'record(one, "a") { field(DESC, "x") } # done'],
  ['a brace on its own line', 'record(one, "a")\r\n{\r\n\tfield(DESC, "x")\r\n}\r\n'],
  ['the end in the middle', 'record(one, "a") { field(DESC, "x") field(DESC, "'],
  ['no ASCII', 'record(one, "a") { field(DESC, "1°C") field(PREC, "3") }'],
  ['more forms than are kept', `record(one, "a") { ${manyForms} field(DESC, "x") }`],
  [
    'a record that goes on',
    'record(one, "a") { field(DESC, "x") } record("*", "a") { info(b, "c") }',
  ],
  [
    'the same record',
    'record(one, "a") { field(PREC, "1") } record(one, "a") { field(DESC, "x") }',
  ],
  ['the name of an alias', 'record(one, "a") { alias("b") } record(one, "b") { field(DESC, "x") }'],
  ['no braces', 'record(one, "a") record(one, "b") { }\nrecord(one, "c")'],
  ['open braces', 'record(one, "a") { field(DESC, "x")\nrecord(one, "b") { field(PREC, "y") }'],
])('what is read at once is what is read in the usual way: %s', (_title, text) => {
  const { set: definitions } = loadDefinitions({ 'main.dbd': dbd })
  const [plain, usual] = [createLoader({ definitions }), createUsualLoader(definitions)].map(
    ({ load, database }) => {
      const { isGood, diagnostics } = load({ name: 'x.db', text })
      const records = Array.from(database.records.values(), (record) => {
        const { name, start, end, more, fields, infos } = record
        return { name, start, end, more, fields, infos }
      })
      return { isGood, diagnostics, records }
    },
  )
  expect(JSON.stringify(plain, withoutTexts)).toBe(JSON.stringify(usual, withoutTexts))
})

function withoutTexts(key: string, value: unknown): unknown {
  return key === 'in' || key === 'source' ? '' : value
}
