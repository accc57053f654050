import { expect, test } from 'vitest'
import { compareDatabases } from '../../../../src/database/difference/compare.ts'
import { differenceJson, differenceLines } from '../../../../src/database/difference/print.ts'
import { dumpDatabase } from '../../../../src/database/records/dump.ts'
import { createLoader } from '../../../../src/database/records/loader.ts'
import { loadDefinitions } from '../../../support/definitions.ts'

function databaseOf(text: string) {
  const loader = createLoader()
  loader.load({ name: 'a.db', text })
  return loader.database
}

const unknownTypes = { definitions: [undefined, undefined] } as const

function linesOf(before: string, after: string, ignored: string[] = []): string[] {
  const options = { ignored: new Set(ignored), ...unknownTypes }
  const differences = compareDatabases(databaseOf(before), databaseOf(after), options)
  return [...differences].flatMap((item) => [
    ...differenceLines(item, { hasOrigin: false, color: false }),
  ])
}

const a = 'record(ai, "A") { field(DESC, "x") field(PREC, "1") }'

test.each<[string, string, string, string[]]>([
  ['the same', a, a, []],
  ['the order of fields', a, 'record(ai,"A"){field(PREC,"1") field(DESC,"x")}', []],
  ['the last value counts', a, `${a} record(ai, "A") { field(DESC, "x") }`, []],
  ['a word and a string', a, 'record(ai,"A"){field(DESC, x) field(PREC,1)}', []],
  [
    'a field',
    a,
    'record(ai, "A") { field(DESC, "y") field(EGU, "mm") }',
    [
      '  record(ai, "A")',
      ...['-   field(DESC, "x")', '+   field(DESC, "y")'],
      ...['-   field(PREC, "1")', '+   field(EGU, "mm")'],
    ],
  ],
  [
    'info items',
    'record(ai, "A") { info(tag, "1") }',
    'record(ai, "A") { info(tag, {a: 1}) }',
    ['  record(ai, "A")', '-   info(tag, "1")', '+   info(tag, {a: 1})'],
  ],
  [
    'records',
    `${a} record(bo, "B") { field(ZNAM, "off") }`,
    `record(bo, "C") { field(ZNAM, "off") } ${a}`,
    ['- record(bo, "B")', '+ record(bo, "C")', '+   field(ZNAM, "off")'],
  ],
  [
    'the type',
    'record(ai, "A") {}',
    'record(bi, "A") {}',
    ['  record(bi, "A")', '-   type ai', '+   type bi'],
  ],
  [
    'aliases',
    'record(ai, "A") { alias("X") } record(ai, "B") {}',
    'record(ai, "A") {} record(ai, "B") { alias("X") }',
    ['- alias("A", "X")', '+ alias("B", "X")'],
  ],
])('%s', (_title, before, after, expected) => {
  expect(linesOf(before, after)).toEqual(expected)
})

test('fields and info items can be ignored', () => {
  const other = 'record(ai, "A") { field(DESC, "y") info(tag, "1") field(PREC, "1") }'
  expect(linesOf(a, other, ['DESC', 'tag'])).toEqual([])
})

test('JSON: one object a difference', () => {
  const after = 'record(ai, "A") { field(DESC, "y") field(PREC, "1") }'
  const options = { ignored: new Set<string>(), ...unknownTypes }
  const [item] = [...compareDatabases(databaseOf(a), databaseOf(after), options)]
  expect(item && JSON.parse(differenceJson(item, true))).toEqual({
    ...{ difference: 'changed', name: 'A', type: 'ai' },
    changes: [{ kind: 'field', name: 'DESC', before: 'x', after: 'y' }],
    origins: [
      [{ message: 'defined here', file: 'a.db', line: 1, column: 1 }],
      [{ message: 'defined here', file: 'a.db', line: 1, column: 1 }],
    ],
  })
})

const { set: definitions } = loadDefinitions({
  'main.dbd': `
menu(menuYesNo) { choice(menuYesNoNO, "NO") choice(menuYesNoYES, "YES") }
recordtype(x) {
  field(NAME, DBF_STRING) { size(61) }
  field(DESC, DBF_STRING) { size(41) }
  field(DTYP, DBF_DEVICE) { prompt("device") }
  field(INP, DBF_INLINK) { prompt("input") }
  field(PINI, DBF_MENU) { menu(menuYesNo) }
  field(HIHI, DBF_DOUBLE) { prompt("limit") }
  field(PREC, DBF_SHORT) { initial("3") }
  field(DISP, DBF_UCHAR) { }
  field(MASK, DBF_ULONG) { base(HEX) }
  field(RATE, DBF_FLOAT) { }
}
device(x, CONSTANT, devSoft, "Soft Channel")
device(x, CONSTANT, devOther, "Other")`,
})

function typed(text: string) {
  const loader = createLoader({ definitions })
  loader.load({ name: 'a.db', text })
  return loader.database
}

function changedFields(before: string, after: string): string[] {
  const options = { ignored: new Set<string>(), definitions: [definitions, definitions] } as const
  return [...compareDatabases(typed(before), typed(after), options)].flatMap((item) =>
    item.kind === 'changed' ? item.changes.map(({ name }) => name) : [item.kind],
  )
}

test.each([
  ['', 'field(DTYP, "Soft Channel") field(PINI, "NO") field(HIHI, "") field(PREC, "3")', []],
  ['field(PINI, "1") field(HIHI, "1.0")', 'field(PINI, "YES") field(HIHI, "1")', []],
  ['field(PREC, "0x10")', 'field(PREC, "16")', []],
  ['field(HIHI, "0x1p4")', 'field(HIHI, "16")', []],
  ['field(HIHI, "Infinity")', 'field(HIHI, "inf")', []],
  ['field(HIHI, "1e16")', 'field(HIHI, "10000000000000000")', []],
  ['field(RATE, "0.1")', 'field(RATE, "0.10000000001")', []],
  ['field(PREC, "0xffff")', 'field(PREC, "-1")', []],
  ['field(DISP, "-1")', 'field(DISP, "255")', []],
  ['field(MASK, "-1")', 'field(MASK, "0xFFFFFFFF")', []],
  ['field(PINI, "0x1")', 'field(PINI, "YES")', []],
  ['field(DTYP, "+1")', 'field(DTYP, "Other")', []],
  ['field(DTYP, "65535")', 'field(DTYP, "-1")', []],
  ['field(HIHI, "nan")', 'field(HIHI, "inf")', ['HIHI']],
  ['field(INP, {pva: {pv: "a"}})', 'field(INP, {pva:{pv:"a"}})', []],
  ['', 'field(DTYP, "Other") field(PINI, "YES") field(PREC, "0")', ['DTYP', 'PINI', 'PREC']],
  ['field(PREC, "4")', '', ['PREC']],
  ['field(DESC, "a ")', 'field(DESC, "a")', ['DESC']],
])('by the values of the IOC: {%s} and {%s}', (before, after, expected) => {
  expect(changedFields(`record(x, "A") { ${before} }`, `record(x, "A") { ${after} }`)).toEqual(
    expected,
  )
})

test('what is written of a database does not differ from it', () => {
  const text =
    'record(x, "A") { field(PREC, "0x3") field(DESC, "a \\"b\\"") info(a, {b: [1]}) alias("B") }\n' +
    'record(x, "C") { field(DTYP, "Other") field(INP, "A.DESC CP") field(PINI, "0") }'
  expect(changedFields(text, [...dumpDatabase(typed(text), definitions)].join(''))).toEqual([])
})
