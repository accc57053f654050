import { expect, test } from 'vitest'
import {
  type RecordQuery,
  selectRecords,
  unfitNames,
  unknownInQuery,
} from '../../../../src/database/listing/select.ts'
import { createLoader } from '../../../../src/database/records/loader.ts'
import { loadDefinitions } from '../../../support/definitions.ts'

const text = `record(ai, "L:A") { field(EGU, "mm") alias("L:Alias") }
record(ai, "L:B") { field(EGU, "K") field(EGU, "C") }
record(bo, "M:{C}") {}
`

test.each<[string, Partial<RecordQuery>, string[]]>([
  ['everything', {}, ['L:A', 'L:B', 'M:{C}']],
  ['a type', { types: ['bo'] }, ['M:{C}']],
  ['any of two types', { types: ['bo', 'ai'] }, ['L:A', 'L:B', 'M:{C}']],
  ['a pattern', { names: ['L:*'] }, ['L:A', 'L:B']],
  ['braces are characters of names', { names: ['M:{C}'] }, ['M:{C}']],
  ['a name and a pattern', { names: ['M:{C}', '*A'] }, ['L:A', 'M:{C}']],
  ['an alias', { names: ['L:Al*'] }, ['L:A']],
  ['a field that is shown only', { fields: [{ name: 'EGU' }] }, ['L:A', 'L:B', 'M:{C}']],
  ['the last value of a field', { fields: [{ name: 'EGU', pattern: 'C' }] }, ['L:B']],
  ['a field that is not set', { fields: [{ name: 'EGU', pattern: '' }] }, ['M:{C}']],
  [
    'all conditions',
    { types: ['ai'], names: ['*B'], fields: [{ name: 'EGU', pattern: 'm*' }] },
    [],
  ],
])('%s', (_title, query, names) => {
  const loader = createLoader()
  loader.load({ name: 'a.db', text })
  const all = { types: [], names: [], fields: [], ...query }
  expect([...selectRecords(loader.database, all, undefined)].map(({ name }) => name)).toEqual(names)
})

test('names that no record fits', () => {
  const [one, other] = [createLoader(), createLoader()]
  one.load({ name: 'a.db', text })
  other.load({ name: 'b.db', text: 'record(ai, "N:X") {}' })
  const query = { types: [], fields: [], names: ['L:*', 'L:Al*', 'N:?', 'st.cdm', 'O:*'] }
  const found = unfitNames(query, [one.database, other.database])
  expect(found.map(({ severity, message }) => `${severity}: ${message}`)).toEqual([
    'warning: there is neither a record "st.cdm" nor a file of this name',
    'warning: there is neither a record "O:*" nor a file of this name',
  ])
})

const dbd = `
menu(menuScan) { choice(p, "Passive") choice(e, "Event") }
recordtype(ai) {
  field(NAME, DBF_STRING) {}
  field(EGU, DBF_STRING) {}
  field(SCAN, DBF_MENU) { menu(menuScan) }
  field(DTYP, DBF_DEVICE) {}
  field(UDF, DBF_UCHAR) { initial("1") }
  field(VAL, DBF_DOUBLE) {}
}
device(ai, CONSTANT, devAiSoft, "Soft Channel")
device(ai, CONSTANT, devAiOther, "Other")
`
const { set: definitions } = loadDefinitions({ 'main.dbd': dbd })

test.each<[Partial<RecordQuery>, string[]]>([
  [{ types: ['ai'], fields: [{ name: 'EGU' }] }, []],
  [{ types: ['ao', 'ai'] }, ['there is no record type "ao"']],
  [{ fields: [{ name: 'RTYP' }, { name: 'NAME' }] }, []],
  [{ fields: [{ name: 'EUG', pattern: 'C' }] }, ['there is no field "EUG" did you mean "EGU"?']],
])('what nobody knows: %j', (query, expected) => {
  const all = { types: [], names: [], fields: [], ...query }
  const found = unknownInQuery(all, [definitions])
  expect(found.map(({ message, hint = '' }) => `${message} ${hint}`.trim())).toEqual(expected)
  expect(unknownInQuery(all, [definitions, undefined])).toEqual([])
})

test.each([
  ['field(SCAN, "0x1")', 'SCAN', 'Event'],
  ['', 'SCAN', 'Passive'],
  ['field(DTYP, "1")', 'DTYP', 'Other'],
  ['', 'DTYP', 'Soft Channel'],
  ['field(VAL, "0x10")', 'VAL', '16'],
  ['', 'VAL', '0'],
  ['field(VAL, "1")', 'UDF', '0'],
  ['field(VAL, "1") field(UDF, "1")', 'UDF', '1'],
  ['', 'UDF', '1'],
  ['', 'RTYP', 'ai'],
])('the value that the IOC has: {%s} %s', (fields, name, pattern) => {
  const loader = createLoader({ definitions })
  loader.load({ name: 'a.db', text: `record(ai, "A") { ${fields} }` })
  const query = { types: [], names: [], fields: [{ name, pattern }] }
  expect([...selectRecords(loader.database, query, definitions)]).toHaveLength(1)
})
