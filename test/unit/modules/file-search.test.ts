import { expect, test } from 'vitest'
import { createFileSearch } from '../../../src/modules/file-search.ts'
import { type Folder, siteOf, versionFolder } from '../../support/tree.ts'

/** A version that brings these files, `db/x.db`, `x.iocsh`. */
function bringing(module: string, ...files: string[]): Folder {
  const own: Record<string, Folder | string> = versionFolder(module, '')
  for (const file of files) {
    const [folder, name] = file.split('/')
    if (folder === undefined) continue
    if (name === undefined) own[folder] = ''
    else own[folder] = { ...(own[folder] as Folder | undefined), [name]: '' }
  }
  return own
}

const heater = {
  heater: {
    '1.0.0': bringing('heater', 'db/old.db', 'heater.iocsh', 'db/gone.proto'),
    '1.1.0': bringing('heater', 'db/old.db', 'dbd/old.dbd'),
    // Not built for this architecture.
    '1.2.0': { db: { 'old.db': '', 'other.db': '' } },
    '2.0.0': bringing('heater', 'db/new.db'),
  },
  other: {
    '0.9.0': bringing('other', 'db/old.db', 'db/heater_1.db'),
    '1.0.0': bringing('other', 'db/old.db'),
    '1.1.0': bringing('other'),
  },
}

const unbound = { versions: 1000, mayGoOn: () => true }

test.each([
  ['old.db', undefined, '1.1.0', '2.0.0'],
  ['old.db', '1.0.0', '1.0.0', '2.0.0'],
  ['old.db', '1.2.0', '1.1.0', '2.0.0'],
  ['new.db', '1.0.0', '2.0.0', undefined],
  ['old.dbd', undefined, '1.1.0', '2.0.0'],
  ['heater.iocsh', undefined, '1.0.0', '2.0.0'],
  ['other.db', undefined, undefined, undefined],
])('%s of heater, %s before others: %s, the newest is %s', (name, first, version, newest) => {
  const found = createFileSearch(siteOf(heater), unbound).inModule(name, 'heater', first)
  expect([found?.version, found?.newest]).toEqual([version, newest])
})

test.each([
  ['old.db', ['other 1.0.0']],
  ['gone.proto', ['heater 1.0.0']],
  ['no.db', []],
])('who has %s in an older version: %j', (name, expected) => {
  const found = createFileSearch(siteOf(heater), unbound).inModules(name, ['heater', 'other'])
  expect(found.map(({ module, version }) => `${module} ${version}`)).toEqual(expected)
})

test('PSI: files beside the level of the base count, too', () => {
  const psi = { 'R7.0.8': versionFolder('psi', ''), db: { 'x.db': '' } }
  const site = siteOf({ psi: { '1.0.0': psi, '2.0.0': versionFolder('psi', '') } })
  expect(createFileSearch(site, unbound).inModule('x.db', 'psi')).toEqual({
    ...{ module: 'psi', version: '1.0.0', kind: 'db', newest: '2.0.0' },
  })
})

const many = siteOf(
  Object.fromEntries(
    Array.from({ length: 100 }, (_, module) => [
      `m${module}`,
      Object.fromEntries(
        Array.from({ length: 50 }, (_, version) => [
          `1.${version}.0`,
          bringing(`m${module}`, `db/m${module}_${version}.db`),
        ]),
      ),
    ]),
  ),
)
const modules = Array.from({ length: 100 }, (_, module) => `m${module}`)

test('names like that of a module are found in the oldest version of a large tree', () => {
  const found = createFileSearch(many, { ...unbound, versions: 200 }).inModules('m70_0.db', modules)
  expect(found).toEqual([{ module: 'm70', version: '1.0.0', kind: 'db', newest: '1.49.0' }])
})

test('however many names are asked for, no more versions are looked at, and each costs few calls', () => {
  const { calls } = many.reader
  const search = createFileSearch(many, { ...unbound, versions: 200 })
  for (const module of modules) expect(many.reader.list(`/epics/modules/${module}`)).toBeDefined()
  calls.length = 0
  for (let name = 0; name < 20; name++) {
    expect(search.inModules(`no${name}.db`, modules)).toEqual([])
  }
  const asked = new Set(calls.filter((one) => /\/1\.\d+\.0\//.test(one)))
  const versions = new Set([...asked].map((one) => one.replace(/^.*\/(m\d+\/1\.\d+\.0)\/.*/, '$1')))
  expect(versions.size).toBe(200)
  expect(asked.size).toBeLessThan(12 * 200)
})

test('nothing is looked at without time', () => {
  const search = createFileSearch(siteOf(heater), { versions: 10, mayGoOn: () => false })
  expect(search.inModules('old.db', ['heater'])).toEqual([])
})
