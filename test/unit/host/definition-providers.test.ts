import { expect, test } from 'vitest'
import { adviseOnFiles, definitionProviders } from '../../../src/host/definition-providers.ts'
import type { ResolvedModule } from '../../../src/modules/resolution.ts'
import { diagnostic } from '../../../src/text/diagnostic.ts'
import { parseVersion } from '../../../src/version/version.ts'
import { siteOf, versionFolder } from '../../support/tree.ts'

const site = siteOf({
  heater: {
    '1.0.0': { ...versionFolder('heater', ''), db: { 'old.db': '', 'x.proto': '' } },
    '1.1.0': { ...versionFolder('heater', ''), db: { 'old.db': '' } },
    '2.0.0': versionFolder('heater', ''),
  },
  stream: {
    '2.8.26': {
      ...versionFolder('stream', ''),
      ...{ dbd: { 'stream.dbd': 'device(ai, INST_IO, devaiStream, "stream")\n' } },
      db: { 'x.proto': '' },
    },
  },
  motor: {
    '7.3.1': { ...versionFolder('motor', ''), dbd: { 'motor.dbd': 'recordtype(motor) {}' } },
  },
})
const facts = definitionProviders(site)

test.each([
  [{ kind: 'device support', name: 'strem', recordType: 'ai' }, ['stream']],
  [{ kind: 'device support', name: 'strem', recordType: 'ao' }, []],
  [{ kind: 'record type', name: 'moter' }, ['motor']],
  [{ kind: 'record type', name: 'strem' }, []],
] as const)('near to %j: %j', (wanted, names) => {
  expect(facts.nearTo(wanted)).toEqual(names)
})

test('who has a definition or a file', () => {
  const stream = { module: 'stream', version: '2.8.26' }
  const wanted = { kind: 'device support', name: 'stream', recordType: 'ai' } as const
  expect(facts.providersOf(wanted)).toEqual([stream])
  expect(facts.filesOf('x.proto')).toEqual([{ ...stream, kind: 'db' }])
  expect(facts.filesOf('y.proto')).toEqual([])
})

test.each<[name: string, loaded: string | undefined, expected: string[]]>([
  ['old.db', undefined, ['heater 1.1.0, not 2.0.0']],
  ['old.db', '1.0.0', ['heater 1.0.0, not 2.0.0']],
  ['old.db', '2.0.0', ['heater 1.1.0, not 2.0.0']],
  // Nobody must look further.
  ['x.proto', undefined, ['stream 2.8.26']],
  ['x.proto', '2.0.0', ['heater 1.0.0, not 2.0.0', 'stream 2.8.26']],
  ['envPaths', undefined, []],
])('who has %s, with heater %s loaded: %j', (name, version, expected) => {
  const loaded = version === undefined ? [] : [heater(version)]
  const found = facts.filesOf(name, loaded).map(({ module, version: own, newest }) => {
    return `${module} ${own}${newest === undefined ? '' : `, not ${newest}`}`
  })
  expect(found).toEqual(expected)
})

function heater(version: string): ResolvedModule {
  const places = { directory: '/m', root: '/', archDirectory: '/m/lib' }
  const made = { ...places, dependencies: [], requestedBy: [] }
  return { name: 'heater', version: parseVersion(version), ...made }
}

test('advice is for files that are not found only', () => {
  const other = diagnostic('MACRO_UNDEFINED', 'x')
  const missing = diagnostic('FILE_NOT_FOUND', 'x', { absent: 'x.proto' })
  expect(adviseOnFiles([other, missing], site, []).map(({ hint }) => hint)).toEqual([
    undefined,
    'add the line: require stream',
  ])
})
