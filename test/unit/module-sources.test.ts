import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { declarationsOf, expandDbd } from '../../scripts/lib/dbd.mjs'
import { registrationSource } from '../../scripts/lib/registration.mjs'

const nothing = declarationsOf('')

describe('declarationsOf', () => {
  test.each([
    ['registrar(f)', { registrars: ['f'] }],
    ['registrar( "f" )  # why', { registrars: ['f'] }],
    ['# registrar(f)', {}],
    ['function(f) function(g)', { functions: ['f', 'g'] }],
    ['variable(v)', { variables: [{ name: 'v', type: 'int' }] }],
    ['variable(v, double)', { variables: [{ name: 'v', type: 'double' }] }],
    ['driver(d)', { drivers: ['d'] }],
    ['link("calc", lnkCalcIf)', { links: ['lnkCalcIf'] }],
    ['device(ai, INST_IO, devX, "My (device), one")', { devices: ['devX'] }],
    [
      'recordtype(x) {\n %#include "driver(a).h"\n field(A, DBF_LONG) { prompt("registrar(a)") } }',
      { recordTypes: ['x'] },
    ],
  ])('%j', (text, expected) => {
    expect(declarationsOf(text)).toEqual({ ...nothing, ...expected })
  })
})

describe('registrationSource', () => {
  test.each([
    ['recordtype(x) {}', 'registerRecordTypes(base, 1, names, locations);'],
    ['device(ai, INST_IO, devX, "X") device(ai, VME_IO, devX, "Y")', 'registerDevices(base, 1,'],
    ['driver(d)', 'drvet *const tables[] = {pvar_drvet_d};'],
    ['link("x", xIf)', 'registerJLinks(base, 1, tables);'],
    ['registrar(f)', 'runRegistrarOnce(pvar_func_f);'],
    ['function(f)', 'runRegistrarOnce(pvar_func_register_func_f);'],
    ['variable(v, double)', '{"v", iocshArgDouble, pvar_double_v}'],
    ['', 'extern "C" int m_registerRecordDeviceDriver(DBBASE *base)'],
  ])('%j', (dbd, line) => {
    expect(registrationSource('m', declarationsOf(dbd))).toContain(line)
  })

  test('a variable that the IOC shell cannot hold is refused', () => {
    const declared = declarationsOf('variable(v, long)')
    expect(() => registrationSource('m', declared)).toThrow('variable(v, long)')
  })
})

describe('expandDbd', () => {
  const folder = mkdtempSync(join(tmpdir(), 'e3-dbd-'))
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  afterAll(() => rmSync(folder, { recursive: true }))

  test('includes are put in, also those of included files', () => {
    file('inner.dbd', 'driver(inner)\n')
    file('middle.dbd', '  include "inner.dbd"\ndriver(middle)')
    const outer = file('outer.dbd', 'include "middle.dbd"\ndriver(outer)\n')
    expect(expandDbd([outer], [])).toBe('driver(inner)\ndriver(middle)\ndriver(outer)\n')
  })

  test('a missing file is named with its place', () => {
    const outer = file('lost.dbd', '\ninclude "nowhere.dbd"\n')
    expect(() => expandDbd([outer], [folder])).toThrow('lost.dbd:2: "nowhere.dbd" is in none of')
  })

  test('a file that includes itself is refused', () => {
    const self = file('self.dbd', 'include "self.dbd"\n')
    expect(() => expandDbd([self], [])).toThrow('includes itself')
  })
})
