import { expect, test } from 'vitest'
import { declarationsOf } from '../../../../src/build/generated/declarations.ts'

const read = (text: string) => declarationsOf({ name: 'm.dbd', text })
const nothing = read('').value

test.each([
  ['registrar(f)', { registrars: ['f'] }],
  ['registrar( "f" )  # why', { registrars: ['f'] }],
  ['registrar(f) registrar(f)', { registrars: ['f'] }],
  ['# registrar(f)', {}],
  ['function(f) function(g)', { functions: ['f', 'g'] }],
  ['variable(v)', { variables: [{ name: 'v', type: 'int' }] }],
  ['variable(v, double)', { variables: [{ name: 'v', type: 'double' }] }],
  ['driver(d)', { drivers: ['d'] }],
  ['link("calc", lnkCalcIf)', { links: ['lnkCalcIf'] }],
  ['device(ai, INST_IO, devX, "My (device), one")', { devices: ['devX'] }],
  ['recordtype(ai) {}', {}],
  [
    'recordtype(x) {\n %#include "driver(a).h"\n field(A, DBF_LONG) { prompt("registrar(a)") } }',
    { recordTypes: ['x'] },
  ],
])('%j', (text, expected) => {
  const { value, diagnostics } = read(text)
  expect(value).toEqual({ ...nothing, ...expected })
  expect(diagnostics).toEqual([])
})

test.each([
  ['variable(v, long)', 'DBD_VARIABLE_TYPE'],
  ['registrar("f(); evil")', 'DBD_VALUE'],
  ['driver("")', 'DBD_VALUE'],
])('%j: %s', (text, code) => {
  expect(read(text).diagnostics.map((one) => one.code)).toEqual([code])
})
