import { expect, test } from 'vitest'
import { architectureText, builtArchitectures } from '../../../src/modules/architectures.ts'
import { type Folder, memoryReader } from '../../support/tree.ts'

test.each([
  ['lib', { lib: { 'linux-arm': {}, 'linux-x86_64': {} } }, ['linux-arm', 'linux-x86_64']],
  [
    'lib with other things in it',
    { lib: { 'linux-arm': {}, notes: '', '.hidden': {} } },
    ['linux-arm'],
  ],
  [
    'levels of PSI for several bases',
    { 'R7.0.7': { lib: { 'linux-arm': {} } }, 'R7.0.8': { lib: { 'linux-arm': {} } }, R: {} },
    ['R7.0.7/linux-arm', 'R7.0.8/linux-arm'],
  ],
  ['no lib', { db: {} }, []],
] satisfies [string, Folder, string[]][])('%s', (_title, folder, expected) => {
  const built = builtArchitectures(memoryReader({ m: folder }), '/m')
  expect(built.map(architectureText)).toEqual(expected)
})
