import { expect, test } from 'vitest'
import { dependencyLines } from '../../../src/modules/dependents.ts'
import { lostVersions } from '../../../src/modules/lost-versions.ts'
import { listPlaces } from '../../../src/modules/version-place.ts'
import { type ShortTree, siteOf, versionFolder } from '../../support/tree.ts'

function lostWithout(version: string, tree: ShortTree): string[] {
  const site = siteOf(tree)
  const [root] = site.roots
  if (!root) throw new Error('no root')
  const places = listPlaces(site, { module: 'b', root })
  const place = places.find((one) => one.version.text === version)
  if (!place) throw new Error('no such version')
  return lostVersions(site, place, dependencyLines(site)).map(
    ({ place: by, architecture, at }) =>
      `${by.module} ${by.version.text}${architecture === 'linux-arm' ? ' for arm' : ''}${at ? ' asks' : ''}`,
  )
}

const a = { '1.0.0': '', '2.0.0': '' }
const b = { '1.0.0': 'a 1.0.0', '1.0.0+0': 'a 2.0.0' }

test.each<[string, string, ShortTree, string[]]>([
  ['nobody', '1.0.0', { a, b }, []],
  ['the other revision will do', '1.0.0', { a, b, c: { '1.0.0': 'b 1.0.0' } }, []],
  [
    'the other revision is built for another a',
    '1.0.0',
    { a, b, c: { '1.0.0': 'a 1.0.0;b 1.0.0' } },
    ['c 1.0.0 asks'],
  ],
  ['it is not the one that is loaded', '1.0.0+0', { a, b, c: { '1.0.0': 'a 1.0.0;b 1.0.0' } }, []],
  ['only through another one', '1.0.0', { a, b, c: { x: 'b' }, d: { x: 'a 1.0.0;c' } }, ['d x']],
  ['it cannot be loaded anyway', '1.0.0', { a, b, c: { '1.0.0': 'a 1.0.0;b 1.0.0;gone' } }, []],
  [
    'each revision of who asks by itself',
    '1.0.0',
    { a, b, c: { '1.0.0': 'a 1.0.0;b 1.0.0', '1.0.0+0': 'a 2.0.0;b 1.0.0' } },
    ['c 1.0.0 asks'],
  ],
  [
    'for another architecture',
    '1.0.0',
    {
      a: { '1.0.0': versionFolder('a', '', 'linux-arm') },
      b: {
        '1.0.0': versionFolder('b', 'a 1.0.0', 'linux-arm'),
        '1.0.0+0': versionFolder('b', 'a 2.0.0', 'linux-arm'),
      },
      c: { '1.0.0': versionFolder('c', 'a 1.0.0;b 1.0.0', 'linux-arm') },
    },
    ['c 1.0.0 for arm asks'],
  ],
  [
    'by the name of a link',
    '1.0.0',
    { a, b: { ...b, prod: '-> 1.0.0' }, c: { '1.0.0': 'a 1.0.0;b prod' } },
    ['c 1.0.0 asks'],
  ],
  ['modules that need each other', '1.0.0', { a, b, c: { x: 'b;d' }, d: { x: 'c' } }, []],
])('%s', (_title, version, tree, expected) => {
  expect(lostWithout(version, tree)).toEqual(expected)
})
