import { expect, test } from 'vitest'
import { declarationsOf } from '../../../../src/build/generated/declarations.ts'
import { registrationSource } from '../../../../src/build/generated/registration.ts'

test.each([
  ['recordtype(x) { field(A, DBF_LONG) {} }', 'registerRecordTypes(base, 1, names, locations);'],
  // base keeps pointers to them when the function has returned.
  ['recordtype(x) { field(A, DBF_LONG) {} }', 'static const recordTypeLocation locations[]'],
  ['device(ai, INST_IO, devX, "X") device(ai, VME_IO, devX, "Y")', 'registerDevices(base, 1,'],
  ['driver(d)', 'drvet *const tables[] = {pvar_drvet_d};'],
  ['driver(d)', 'registerDrivers(base, 1, names, tables);'],
  ['link("x", xIf)', 'registerJLinks(base, 1, tables);'],
  ['registrar(f)', 'runRegistrarOnce(pvar_func_f);'],
  ['function(f)', 'runRegistrarOnce(pvar_func_register_func_f);'],
  ['variable(v, double)', '{"v", iocshArgDouble, pvar_double_v}'],
  ['', 'extern "C" int m_registerRecordDeviceDriver(DBBASE *base)'],
])('%j', (text, line) => {
  const { value } = declarationsOf({ name: 'm.dbd', text })
  expect(registrationSource('m', value)).toContain(line)
})
