import { expect, test } from 'vitest'
import { mayMakePorts } from '../../../../src/check/commands/port-evidence.ts'

/** What stands in libraries, and what they are linked with. */
const texts: Readonly<Record<string, readonly string[]>> = {
  '/m/libasyn.so': ['pasynManager'],
  '/m/libstream.so': ['pasynManager', '_ZTI18StreamBusInterface'],
  '/m/libcalc.so': ['calcPerform'],
  '/m/libdrv.so': ['_ZTI14asynPortDriver'],
  '/m/libsim.so': [],
}
const linked: Readonly<Record<string, readonly string[]>> = {
  '/m/libcalc.so': ['libCom.so.7.0.10', 'libc.so.6'],
  '/m/libsim.so': ['libSimBase.so'],
}

test.each([
  [[], false],
  [['/m/libasyn.so', '/m/asyn.dbd', '/m/libstream.so'], false],
  [['/m/libcalc.so', '/m/calc.dbd'], false],
  [['/m/libdrv.so'], true],
  [['/m/libsim.so'], true],
  [['/m/libgone.so'], true],
])('%j', (files, expected) => {
  const steps = [{ event: 0, what: 'all', lines: [], files }]
  const libraries = {
    textsIn: (path: string, wanted: readonly string[]) => {
      const found = texts[path]
      return found && new Set(wanted.filter((text) => found.includes(text)))
    },
    neededBy: (path: string) => linked[path] ?? [],
    commandsIn: () => [],
  }
  const baseFiles = () => ['/base/lib/libCom.so']
  expect(mayMakePorts({ steps, baseFiles, libraries })).toBe(expected)
})
