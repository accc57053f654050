import { expect, test } from 'vitest'
import type { ReadLock } from '../../../../src/cli/lock/known-locks.ts'
import { goneVersions, lockUses } from '../../../../src/cli/lock/locked-versions.ts'
import type { Site } from '../../../../src/modules/site.ts'
import { listPlaces } from '../../../../src/modules/version-place.ts'
import { spanOf } from '../../../../src/text/span.ts'
import { readLockOf } from '../../../support/locks.ts'
import { memoryReader, moduleFolders } from '../../../support/tree.ts'

const at = spanOf({ name: 'e3.yaml', text: '' })
const asyn = { '4.42.0': '', '4.43.0': '' }
const roots = ['/epics/modules', '/cell'].map((directory) => ({ directory, origin: '-l' }))
const site: Site = {
  ...{ roots, architecture: 'linux-x86_64' },
  reader: memoryReader({
    epics: { modules: moduleFolders({ asyn }) },
    cell: moduleFolders({ asyn: { '4.42.0': '' }, calc: { '3.7.5': '' } }),
  }),
}

const locks = (modules: Record<string, string>, iocName?: string): ReadLock[] => [
  {
    ...{ path: '/w/st.cmd.lock', name: 'st.cmd.lock', lock: readLockOf(modules), at },
    ...(iocName !== undefined && { iocName }),
  },
]

function uses(held: ReadLock[], root: number, version: string): string[] {
  const place = roots
    .slice(root, root + 1)
    .flatMap((one) => listPlaces(site, { module: 'asyn', root: one }))
    .find((one) => one.version.text === version)
  return place ? lockUses(held, place, site).map(({ message }) => message) : ['no such place']
}

test.each<[string, number, string, string[]]>([
  ['the version that is locked', 0, '4.42.0', ['st.cmd is locked to it']],
  ['the same version in another root: the locked one stays', 1, '4.42.0', []],
  ['another version', 0, '4.43.0', []],
])('%s', (_what, root, version, expected) => {
  expect(uses(locks({ asyn: '4.42.0' }), root, version)).toEqual(expected)
})

test('an IOC has a name', () => {
  expect(uses(locks({ asyn: '4.42.0' }, 'LAB:A'), 0, '4.42.0')).toEqual([
    'the IOC LAB:A is locked to it',
  ])
})

test('versions that are gone, of modules that are looked at', () => {
  const held = locks({ asyn: '4.41.0', calc: '3.7.5', stream: '2.8.26' })
  const gone = (name: RegExp) =>
    goneVersions(held, site, (module) => name.test(module)).map(({ message }) => message)
  expect(gone(/./)).toEqual([
    'st.cmd is locked to asyn 4.41.0, which is not installed',
    'st.cmd is locked to stream 2.8.26, which is not installed',
  ])
  expect(gone(/^stream/)).toHaveLength(1)
})
