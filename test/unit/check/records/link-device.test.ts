import { expect, test } from 'vitest'
import { linkErrors } from '../../../../src/check/records/links.ts'
import { findings, linkDetails, linkFindings } from '../../../support/checked-ioc.ts'

const soft = 'device support "Soft Channel" of ai takes a constant or the name of a PV'

test.each([
  [
    'an address without DTYP',
    'record(ai, "x") { field(INP, "@asyn(P 0)") }',
    `1:30 the address "@asyn(P 0)", but ${soft}`,
  ],
  [
    'a bus address',
    'record(ai, "x") { field(INP, "#C0 S0") }',
    `1:30 the address "#C0 S0", but ${soft}`,
  ],
  [
    'a device support by its number',
    'record(ai, "x") { field(DTYP, "0x0") field(INP, "@x") }',
    `1:49 the address "@x", but ${soft}`,
  ],
  [
    'an address of another bus',
    'record(ai, "x") { field(DTYP, "VME board") field(INP, "@x") }',
    '1:55 the address "@x", but device support "VME board" of ai takes #C0 S0 @...',
  ],
  [
    'a PV for an address',
    'record(stringin, "x") { field(DTYP, "getenv") field(INP, "a") }',
    '1:58 "a", but device support "getenv" of stringin takes @...',
  ],
  [
    'JSON for an address',
    'record(stringin, "x") { field(DTYP, "getenv") field(INP, {const: "a"}) }',
    '1:58 "{const: "a"}", but device support "getenv" of stringin takes @...',
  ],
  [
    'the last DTYP counts',
    'record(ai, "x") { field(INP, "@x") field(DTYP, "asynFloat64") field(DTYP, "Soft Channel") }',
    `1:30 the address "@x", but ${soft}`,
  ],
])('%s', (_title, text, wanted) => {
  expect(linkFindings('LINK_DEVICE', text)).toEqual([
    wanted.replace(/^(\S+) /, 'x.db:$1 LINK_DEVICE INP of "x" is '),
  ])
})

test.each([
  [
    'other links take no addresses',
    'record(ai, "x") { field(SDIS, "@x") field(FLNK, "#C0 S0") }',
    2,
  ],
  [
    'empty values fit soft channels and what is no device link',
    'record(ai, "x") { field(INP, "") field(SDIS, "") }',
    0,
  ],
  [
    'a device that takes addresses takes no empty value',
    'record(stringin, "x") { field(DTYP, "getenv") field(INP, "") }',
    1,
  ],
  ['but none at all', 'record(stringin, "x") { field(DTYP, "getenv") }', 0],
  ['the address fits', 'record(ai, "x") { field(INP, "@x") field(DTYP, "asynFloat64") }', 0],
  [
    'constants, PVs and JSON fit',
    'record(ai, "x") { field(INP, "5") field(SDIS, "a CP") field(SIOL, {const: 1}) }',
    0,
  ],
  ['the last value counts', 'record(ai, "x") { field(INP, "@x") field(INP, "5") }', 0],
  ['unknown device support', 'record(ai, "x") { field(INP, "@x") field(DTYP, "stream") }', 0],
  ['macros that are left', 'record(ai, "x") { field(INP, "@$(PORT)") }', 0],
  [
    'addresses of no known form are found while loading',
    'record(ai, "x") { field(INP, "#X1") }',
    0,
  ],
  ['unknown record types', 'record(motor, "x") { field(INP, "@x") }', 0],
])('%s', (_title, text, count) => {
  expect(linkFindings('LINK_DEVICE', text)).toHaveLength(count)
})

test.each([
  [
    'device supports that take such an address',
    'record(ai, "x") { field(INP, "@x") }',
    'DTYP for such a value: field(DTYP, "asynFloat64")',
  ],
  [
    'there is none',
    'record(stringin, "x") { field(INP, "#C0 S0") }',
    'no device support of stringin takes this address here: require the module that has it',
  ],
  [
    'a link that is not for device support',
    'record(ai, "x") { field(FLNK, "@x") }',
    'a link to a record: field(FLNK, "<record>.<field>")',
  ],
])('the hint: %s', (_title, text, hint) => {
  expect(linkDetails('LINK_DEVICE', text)).toEqual([hint])
})

const both = `
recordtype(both) {
  field(NAME, DBF_STRING) { special(SPC_NOMOD) size(61) }
  field(DTYP, DBF_DEVICE) { }
  field(INP, DBF_INLINK) { }
  field(OUT, DBF_OUTLINK) { }
}
device(both, CONSTANT, devBoth, "Soft Channel")
`

test.each([
  ['field(INP, "a") field(OUT, "@x")', ['x.db:1:48']],
  ['field(INP, "@x") field(OUT, "a")', ['x.db:1:32']],
  ['field(INP, "a") field(OUT, "b")', []],
])('a record with links for input and output, before a start: %s', (fields, places) => {
  const text = `record(both, "x") { ${fields} }`
  const found = findings(linkErrors, text, { dbd: both })
  expect(found.map((one) => one.split(' ')[0])).toEqual(places)
})
