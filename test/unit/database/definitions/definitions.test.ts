import { expect, test } from 'vitest'
import { startOf } from '../../../../src/text/span.ts'
import { loadDefinitions, told } from '../../../support/definitions.ts'

const common = `
  %#include "epicsTypes.h"
  field(NAME, DBF_STRING) {
    prompt("Record Name")
    special(SPC_NOMOD)
    size(61)
  }
  field(SCAN,DBF_MENU) { prompt("Scan \\"x\\"") promptgroup("20 - Scan") menu(menuScan) interest(1) }
`

const files = {
  'main.dbd': `
menu(menuScan) { choice(menuScanPassive,"Passive") choice(menuScan1_second,"1 second") }
recordtype(sim) {
  include "common.dbd"
  field(DTYP, DBF_DEVICE) { prompt("Device Type") }
  field(VAL,DBF_DOUBLE) {
    prompt("Value") asl(ASL0) pp(TRUE) prop(YES) base(HEX) initial("1.5")
  }
  %#include "callback.h"
  field(PVT,DBF_NOACCESS) { prompt("Private") special(SPC_NOMOD) interest(4) extra("void *pvt") }
}
device(sim,CONSTANT,devSimSoft,"Soft Channel")
device(sim,INST_IO,devSim,"Sim {1}, \\"x\\"")
driver(drvSim)
registrar(simRegistrar)
function(simFunction)
variable(simDebug,int)
variable(simOld)
link(sim, lnkSimIf)
breaktable(typeSim) { 0.0 0.0, 10 1.5e3
  20 2000 }
record(sim, "x") { field(VAL, {calc: {expr: "1+1"}}) }
`,
  'common.dbd': common,
}

test.each([false, true])('everything that a dbd file makes known, trusted: %s', (isTrusted) => {
  const { set, diagnostics } = loadDefinitions(files, { isTrusted })
  expect(told(diagnostics)).toEqual([])
  const sim = set.recordTypes.get('sim')
  expect(sim?.fields.get('VAL')).toMatchObject({
    ...{ name: 'VAL', kind: 'DBF_DOUBLE', prompt: 'Value', asl: 'ASL0', processPassive: true },
    ...{ prop: true, base: 'HEX', initial: '1.5' },
  })
  expect(sim?.fields.has('NONE')).toBe(false)
  expect([...(sim?.fields.keys() ?? [])]).toEqual(['NAME', 'SCAN', 'DTYP', 'VAL', 'PVT'])
  expect(sim?.fields.get('NAME')).toMatchObject({
    kind: 'DBF_STRING',
    size: 61,
    special: 'SPC_NOMOD',
  })
  expect(sim?.fields.get('SCAN')).toMatchObject({
    ...{ kind: 'DBF_MENU', menu: 'menuScan', promptGroup: '20 - Scan', interest: 1 },
    prompt: 'Scan \\"x\\"',
  })
  expect(sim?.fields.get('PVT')).toMatchObject({ kind: 'DBF_NOACCESS', extra: 'void *pvt' })
  expect([...(sim?.devices.values() ?? [])]).toMatchObject([
    { linkType: 'CONSTANT', support: 'devSimSoft', choice: 'Soft Channel' },
    { linkType: 'INST_IO', support: 'devSim', choice: 'Sim {1}, \\"x\\"' },
  ])
  expect(Object.fromEntries(set.menus.get('menuScan')?.choices ?? [])).toEqual({
    Passive: { symbol: 'menuScanPassive', index: 0 },
    '1 second': { symbol: 'menuScan1_second', index: 1 },
  })
  expect([...set.drivers.keys(), ...set.registrars.keys(), ...set.functions.keys()]).toEqual([
    ...['drvSim', 'simRegistrar', 'simFunction'],
  ])
  expect([...set.variables.values()]).toMatchObject([
    { name: 'simDebug', type: 'int' },
    { name: 'simOld', type: 'int' },
  ])
  expect(set.linkTypes.get('sim')).toMatchObject({ support: 'lnkSimIf' })
  expect(set.breakTables.get('typeSim')?.points).toEqual([0, 0, 10, 1500, 20, 2000])
  expect(set.takeLate()).toEqual([])
})

test('places are those of the file that holds the text', () => {
  const { set } = loadDefinitions(files)
  const name = set.recordTypes.get('sim')?.fields.get('NAME')?.at
  expect(name?.source.name).toBe('common.dbd')
  expect(name && startOf(name)).toEqual({ line: 3, column: 3 })
  expect(name && common.slice(name.start, name.end)).toBe('field(NAME, DBF_STRING)')
})

const menu = 'menu(m) { choice(a,"A") }'
const field = 'field(X,DBF_LONG) { prompt("x") }'

test.each([
  ['menu m {}', ['1:1 DBD_SYNTAX "menu" is not expected here']],
  ['menu(m) { }', ['1:1 DBD_SYNTAX the menu m has no choices']],
  ['menu(m)', ['1:1 DBD_SYNTAX menu has no braces']],
  ['menu()\n{ choice(a,b) }', ['1:1 DBD_SYNTAX menu takes 1 value, here are 0']],
  ['menu(m) { choice(a "A") }', ['1:20 DBD_SYNTAX a "," is missing before this place']],
  [
    'menu(m) { choice(a,"A") choise(b,"B") }',
    ['1:25 DBD_SYNTAX "choise" is not a statement of a menu'],
  ],
  ['menu(m) { choice(a,"A"), choice(b,"B") }', ['1:24 DBD_SYNTAX "," is not expected here']],
  [
    'menu(m) { choice(a,"A") choice(b,"A") }',
    ['1:25 DBD_REDEFINED the choice "A" is in this menu twice: only the first one can be set'],
  ],
  [
    "menu('m') { choice(a,b) }",
    ['1:6 DBD_SYNTAX "\'" belongs to no statement', '1:8 DBD_SYNTAX "\'" belongs to no statement'],
  ],
  ['driver(d)\0', ['1:10 DBD_SYNTAX "\\u0000" belongs to no statement']],
  ['%#include "x"', ['1:1 DBD_SYNTAX a dbd file takes no lines of C code']],
  [
    'recordtype(r) { }',
    ['1:1 DBD_RECORD_TYPE_INCOMPLETE record type r has no fields: it is declared, not defined'],
  ],
  [
    'recordtype(r) { field(X,DBF_LONG) }',
    [
      '1:17 DBD_SYNTAX field has no braces',
      '1:1 DBD_RECORD_TYPE_INCOMPLETE record type r has no fields: it is declared, not defined',
    ],
  ],
  [
    'recordtype(r) { field(X,DBF_LONGG) { prompt("x") } }',
    ['1:25 DBD_VALUE "DBF_LONGG" is no type of a field'],
  ],
  [
    'recordtype(r) { field(X,DBF_LONG) { promt("x") } }',
    ['1:37 DBD_ATTRIBUTE_UNKNOWN "promt" is no attribute of a field: base passes over it'],
  ],
  [
    'recordtype(r) { field(X,DBF_LONG) { prompt(x y) } }',
    [
      '1:46 DBD_SYNTAX a "," is missing before this place',
      '1:37 DBD_SYNTAX prompt takes 1 value, here are 2',
    ],
  ],
  [
    'recordtype(r) { field(X,DBF_LONG) { %x\n } }',
    ['1:37 DBD_SYNTAX a field takes no lines of C code'],
  ],
  [
    'recordtype(r) { field(X,DBF_STRING) { prompt("x") } }',
    ['1:17 DBD_RECORD_TYPE_INCOMPLETE the size of string field X is missing'],
  ],
  [
    'recordtype(r) { field(X,DBF_NOACCESS) { prompt("x") } }',
    ['1:17 DBD_RECORD_TYPE_INCOMPLETE the C declaration of field X is missing'],
  ],
  [
    'recordtype(r) { field(X,DBF_MENU) { prompt("x") } }',
    ['1:17 DBD_RECORD_TYPE_INCOMPLETE the menu of field X is missing: it cannot be set'],
  ],
  [
    'recordtype(r) { field(X,DBF_MENU) { menu(m) } }\nmenu(m) {choice(a,b)}',
    ['1:42 DBD_MENU_UNKNOWN the menu m is not defined in front of this field'],
  ],
  [
    `recordtype(r) { ${field} ${field} }`,
    ['1:51 DBD_REDEFINED field X is in this record type twice'],
  ],
  [
    'device(aii,INST_IO,devAi,"S")',
    [
      '1:8 DBD_RECORD_TYPE_UNKNOWN the device "S" is for record type aii, which is not defined in front of it',
    ],
  ],
  [
    `recordtype(r) {${field}} device(r,INSTIO,d,"S")`,
    ['1:60 DBD_VALUE "INSTIO" is no link type: the device "S" is left out'],
  ],
  ['breaktable(b) { 0 0 1 }', ['1:1 DBD_VALUE breaktable b has a value without its partner']],
  ['breaktable(b) { 0 0 }', ['1:1 DBD_VALUE breaktable b has fewer than two points']],
  [
    'breaktable(b) { 0 0 1 0 }',
    ['1:1 DBD_VALUE breaktable b has two points with the same engineering value'],
  ],
  ['breaktable(b) { 0 0 1 1 2 0.5 }', ['1:1 DBD_VALUE breaktable b goes up and down']],
  ['breaktable(b) { 0 x 0 1 1 }', ['1:19 DBD_VALUE "x" in this breaktable is no number']],
  ['breaktable(b) { 5 0 "4" 1, 3 2 }', []],
  ['include "none.dbd"', ['1:1 FILE_NOT_FOUND the file "none.dbd" to include is not found']],
  [
    'include "main.dbd"',
    ['1:1 DBD_INCLUDE_LOOP dbd files include each other without end: main.dbd -> main.dbd'],
  ],
  [`${menu} ${menu}`, []],
  [
    `${menu} menu(m) { choice(a,"B") }`,
    [
      '1:27 DBD_REDEFINED menu m is defined a second time and differently: the IOC keeps the first one',
    ],
  ],
  [
    `recordtype(r) {${field}} recordtype(r) { field(X, DBF_CHAR) { prompt(x) } }`,
    [
      '1:51 DBD_REDEFINED record type r is defined a second time and differently: the IOC keeps the first one',
    ],
  ],
  [`recordtype(r) {${field}} recordtype(r) {${field} }`, []],
  [`recordtype(r) {${field}} recordtype(r) {}\n recordtype(r) { # there\n }`, []],
  [
    `recordtype(r) {${field}} device(r,INST_IO,d,"S") device(r,VME_IO,d,"S")`,
    [
      '1:75 DBD_REDEFINED device "S" of record type r is defined a second time and differently: the IOC keeps the first one',
    ],
  ],
  ['driver(d) driver(d) registrar(r) registrar(r) variable(v) variable(v,int)', []],
  [
    'variable(v) variable(v,double)',
    [
      '1:13 DBD_REDEFINED variable v is defined a second time and differently: the IOC keeps the first one',
    ],
  ],
  [
    'link(a,b) link(a,c)',
    [
      '1:11 DBD_REDEFINED link type a is defined a second time and differently: the IOC keeps the first one',
    ],
  ],
  [
    'breaktable(b) {0 0 1 1} breaktable(b) {0 0 1 2}',
    [
      '1:25 DBD_REDEFINED breaktable b is defined a second time and differently: the IOC keeps the first one',
    ],
  ],
])('%s', (text, expected) => {
  const { diagnostics } = loadDefinitions({ 'main.dbd': text })
  expect(told(diagnostics)).toEqual(expected.map((one) => `main.dbd:${one}`))
})

const wrong = [
  'special(SPC_NOMODE)',
  'pp(MAYBE)',
  'interest(x)',
  'base(OCT)',
  'size(x)',
  'asl(ASL9)',
]

test.each([...wrong, 'prop(x)'])('a wrong value of an attribute: %s', (attribute) => {
  const text = `recordtype(r) { field(X,DBF_LONG) { ${attribute} } }`
  const [found, ...others] = loadDefinitions({ 'main.dbd': text }).diagnostics
  expect(others).toEqual([])
  expect(found?.code).toBe('DBD_VALUE')
  expect(found?.at && text.slice(found.at.start, found.at.end)).toBe(
    /\((.*)\)/.exec(attribute)?.[1],
  )
  expect(found?.hint).toMatch(/^(use |did you mean|\w+\(<)/)
})

test.each([
  ['a missing quote', 'menu(q) { choice(a,"A) }'],
  ['a missing brace', 'recordtype(q) { field(X,DBF_LONG) { prompt("x") }'],
  ['a missing brace of a field', 'recordtype(q) {\n field(X,DBF_LONG) {\n prompt("x")\n}'],
  ['a spare brace', 'recordtype(q) { field(X,DBF_LONG) { prompt("x") } } }'],
  ['a missing parenthesis', 'driver(d'],
  ['an unknown statement', 'devise(a) { x(y) { z } }'],
  ['braces that open and open', `menu(q) ${'{'.repeat(1000)}`],
])('%s does not hide the rest', (_, text) => {
  const { set, diagnostics } = loadDefinitions({
    'main.dbd': `${text}\nregistrar(before)\n${menu}\nrecordtype(r) {\n  ${field}\n}\n`,
  })
  expect(diagnostics).not.toEqual([])
  expect([...set.registrars.keys()]).toEqual(['before'])
  expect(set.menus.get('m')?.choices.size).toBe(1)
  expect(set.recordTypes.get('r')?.fields.has('X')).toBe(true)
})

test.each([
  ['found on the path of the call', 'include "a.dbd"', ['x', 'inc'], true],
  ['a name with a slash is not searched', 'include "inc/a.dbd"', ['x'], true],
  ['path replaces', 'path "x:inc"\ninclude "a.dbd"', ['y'], true],
  ['path without it', 'path "x"\ninclude "a.dbd"', ['inc'], false],
  ['addpath adds', 'addpath inc\ninclude "a.dbd"', ['x'], true],
  ['a path of an included file lasts', 'include "p.dbd"\ninclude "a.dbd"', ['.'], true],
  ['an empty entry is the current directory', 'path "x:"\ninclude "c.dbd"', ['x'], true],
])('include: %s', (_, text, path, isFound) => {
  const all = { 'main.dbd': text, 'inc/a.dbd': menu, 'p.dbd': 'path "inc"', 'c.dbd': menu }
  const { set, diagnostics } = loadDefinitions(all, { path })
  expect(set.menus.has('m')).toBe(isFound)
  expect(diagnostics.map(({ code }) => code)).toEqual(isFound ? [] : ['FILE_NOT_FOUND'])
})

test('a trusted file tells what is wrong when a body is read', () => {
  const text =
    'menu(m) {\n  choise(a,"A")\n}\nrecordtype(r) {\n  field(X,DBF_LONGG) {\n    prompt(x)\n  }\n}\n'
  const { set, diagnostics } = loadDefinitions({ 'main.dbd': text }, { isTrusted: true })
  expect(diagnostics).toEqual([])
  expect(set.recordTypes.get('r')?.fields.get('X')?.kind).toBe('DBF_LONG')
  expect(set.menus.get('m')?.choices.size).toBe(0)
  expect(set.takeLate().map(({ code }) => code)).toEqual(['DBD_VALUE', 'DBD_SYNTAX', 'DBD_SYNTAX'])
  expect(set.takeLate()).toEqual([])
})

test('files that include each other twice end', () => {
  const chain = Object.fromEntries(
    Array.from({ length: 30 }, (_, n) => [`${n}.dbd`, `include "${n + 1}.dbd"\n`.repeat(2)]),
  )
  const all = { ...chain, 'main.dbd': 'include "0.dbd"', '30.dbd': 'driver(d)' }
  const codes = new Set(loadDefinitions(all).diagnostics.map(({ code }) => code))
  expect([...codes]).toEqual(['DBD_INCLUDE_LOOP'])
})

test('a long comment in a record type that is known takes no time', () => {
  const comments = `${'#'.repeat(5000)}\n# x\n`
  const again = (body: string) =>
    loadDefinitions({
      'main.dbd': `recordtype(x) { field(A, DBF_LONG) { prompt("a") } }\nrecordtype(x) {\n${body}}\n`,
    }).diagnostics.map(({ code }) => code)
  expect(again(comments)).toEqual([])
  expect(again(`${comments}x\n`)).not.toEqual([])
})
