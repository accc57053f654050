import { expect, test } from 'vitest'
import { readDbd } from '../../../../src/database/dbd/dbd.ts'
import { startOf } from '../../../../src/text/span.ts'

const text = `
# comment with device(a,b,c,d)
path "../dbd:/opt/dbd"
include "menuScan.dbd"
addpath "more"
menu(simMode) { choice(simModeOff, "Off") choice(simModeOn, "On, really") }
recordtype(sim) {
  include "dbCommon.dbd"
  %#include "simTypes.h"
  field(VAL, DBF_DOUBLE) { prompt("Value (V)") special(SPC_MOD) initial("0") }
}
device( ai , INST_IO, devAiSim, "Sim \\"quoted\\", x" )
device("bo",CONSTANT,"devBoSim","Sim")
driver(drvSim)
registrar(simRegistrar)
function(simProcess)
variable(simDebug, int)
variable(simLimit, double) variable(simOld)
link(sim, lnkSimIf)
breaktable(typeSim) { 0.0 0.0, 10 1.5e3
  20 2 }
record(ai, "x") { field(INP, "@y") info(a, "b") field(B, {calc: {expr: "1+1"}}) }
`

test('everything that a dbd file makes known', () => {
  const { value, diagnostics } = readDbd({ name: 'sim.dbd', text })
  expect(diagnostics).toEqual([])
  expect(value).toMatchObject({
    includes: [{ name: 'menuScan.dbd' }],
    paths: [
      { kind: 'path', entries: ['../dbd', '/opt/dbd'] },
      { kind: 'addpath', entries: ['more'] },
    ],
    menus: [{ name: 'simMode' }],
    recordTypes: [{ name: 'sim' }],
    devices: [
      { recordType: 'ai', linkType: 'INST_IO', support: 'devAiSim', choice: 'Sim \\"quoted\\", x' },
      { recordType: 'bo', linkType: 'CONSTANT', support: 'devBoSim', choice: 'Sim' },
    ],
    drivers: [{ name: 'drvSim' }],
    registrars: [{ name: 'simRegistrar' }],
    functions: [{ name: 'simProcess' }],
    variables: [
      { name: 'simDebug', type: 'int' },
      { name: 'simLimit', type: 'double' },
      { name: 'simOld', type: 'int' },
    ],
    links: [{ name: 'sim', support: 'lnkSimIf' }],
  })
})

test('places are those of the statements', () => {
  const { value } = readDbd({ name: 'sim.dbd', text })
  const [device] = value.devices
  expect(device && startOf(device.at)).toEqual({ line: 12, column: 1 })
  expect(device && text.slice(device.at.start, device.at.end)).toMatch(/^device\(.*\)$/)
})

test.each([
  ['device(ai,A,b)', 'form: device(<record type>, <link type>, <dset>, "<choice>")'],
  ['link(a)', 'form: link(<name>, <jlif>)'],
  ['registrar()', 'form: registrar(<name>)'],
  ['driver(a,b)', 'put a value with blanks or commas into double quotes'],
])('the remedy of %s', (content, hint) => {
  expect(readDbd({ name: 'x.dbd', text: content }).diagnostics.map((one) => one.hint)).toEqual([
    hint,
  ])
})

test.each([
  ['an empty file', '', []],
  [
    'a statement nobody knows',
    'devise(ai,A,b,"c")\nregistrar(r)',
    ['1:1 "devise" is not a statement of a dbd file'],
  ],
  ['a value too few', 'device(ai,A,b)\nregistrar(r)', ['1:1 device takes 4 values, here are 3']],
  ['too many', 'variable(a,int,3)\nregistrar(r)', ['1:1 variable takes 1 or 2 values, here are 3']],
  [
    'a missing parenthesis',
    'driver(d\n{\nregistrar(r)',
    [
      '2:1 a ")" is missing before this place',
      '1:1 the "{" after this statement has no "}"',
      '1:1 driver takes no braces',
    ],
  ],
  [
    'a string without end',
    'device(ai,A,b,"c)\nregistrar(r)',
    ['1:15 this string has no end on its line'],
  ],
  ['a statement without end', 'driver(d\nregistrar(r)', ['2:1 a ")" is missing before this place']],
  ['a strange character', 'driver(d) ? \nregistrar(r)', ['1:11 "?" belongs to no statement']],
  ['a stray brace', '}\nregistrar(r)', ['1:1 "}" is not expected here']],
  ['a stray word', 'hello world\nregistrar(r)', ['1:1 "hello" is not expected here']],
  [
    'a brace without end',
    'menu(m) {\nchoice(a,"b")',
    ['1:1 the "{" after this statement has no "}"'],
  ],
])('%s is reported once and reading goes on', (_, content, expected) => {
  const { diagnostics } = readDbd({ name: 'x.dbd', text: content })
  const found = diagnostics.map(({ code, message, at }) => {
    expect(code).toBe('DBD_SYNTAX')
    const { line, column } = at ? startOf(at) : { line: 0, column: 0 }
    return `${line}:${column} ${message}`
  })
  expect(found).toEqual(expected)
})

test.each(['devise(ai,A,b,"c")', 'device(ai)', '}', 'driver(d) ?', 'x y z'])(
  'what follows %j is still found',
  (content) => {
    const { value } = readDbd({ name: 'x.dbd', text: `${content}\nregistrar(r)\n` })
    expect(value.registrars).toMatchObject([{ name: 'r' }])
  },
)
