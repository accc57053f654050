import { expect, test } from 'vitest'
import { dependentsOf, dependingOn } from '../../../src/modules/dependents.ts'
import { listPlaces } from '../../../src/modules/version-place.ts'
import { type ShortTree, siteOf, versionFolder } from '../../support/tree.ts'

function needing(version: string, tree: ShortTree): string[] {
  const site = siteOf(tree)
  const [root] = site.roots
  if (!root) throw new Error('no root')
  const place = listPlaces(site, { module: 'a', root }).find((one) => one.version.text === version)
  if (!place) throw new Error('no such version')
  const found = dependingOn(site, place, dependentsOf(site, 'a'))
  return found.map((one) => `${one.place.module} ${one.place.version.text} ${one.architecture}`)
}

const x86 = 'linux-x86_64'

test.each<[string, string, ShortTree, string[]]>([
  ['nobody', '1.0.0', { a: { '1.0.0': '' }, b: { '1.0.0': '' } }, []],
  ['a pin', '1.0.0', { a: { '1.0.0': '' }, b: { '2.0.0': 'a 1.0.0' } }, [`b 2.0.0 ${x86}`]],
  ['another version is pinned', '1.0.0', { a: { '1.0.0': '' }, b: { '1.0.0': 'a 2.0.0' } }, []],
  [
    'another revision will do',
    '1.0.0+1',
    { a: { '1.0.0+1': '', '1.0.0+0': '' }, b: { '1.0.0': 'a 1.0.0' } },
    [],
  ],
  [
    'another revision, but not for this architecture',
    '1.0.0+1',
    {
      a: { '1.0.0+1': '', '1.0.0+0': versionFolder('a', '', 'linux-arm') },
      b: { '1.0.0': 'a 1.0.0' },
    },
    [`b 1.0.0 ${x86}`],
  ],
  ['any version: another one is there', '1.0.0', { a: { '1.0.0': '', x: '' }, b: { y: 'a' } }, []],
  [
    'any version: it is the last one',
    '1.0.0',
    { a: { '1.0.0': '' }, b: { y: 'a' } },
    [`b y ${x86}`],
  ],
  [
    'by the name of a link',
    '1.0.0',
    { a: { '1.0.0': '', '2.0.0': '', stable: '-> 1.0.0' }, b: { '1.0.0': 'a stable' } },
    [`b 1.0.0 ${x86}`],
  ],
  [
    'the link itself',
    'stable',
    { a: { '1.0.0': '', stable: '-> 1.0.0' }, b: { '1.0.0': 'a stable' } },
    [`b 1.0.0 ${x86}`],
  ],
  [
    'for another architecture',
    '1.0.0',
    { a: { '1.0.0': '' }, b: { '1.0.0': versionFolder('b', 'a 1.0.0', 'linux-arm') } },
    ['b 1.0.0 linux-arm'],
  ],
])('%s', (_title, version, tree, expected) => {
  expect(needing(version, tree)).toEqual(expected)
})
