import { expect, test } from 'vitest'
import { verifyPlace } from '../../../src/modules/verify-place.ts'
import { listPlaces } from '../../../src/modules/version-place.ts'
import { type Folder, type ShortTree, siteOf } from '../../support/tree.ts'

function verify(tree: ShortTree, version: string): unknown[] {
  const site = siteOf(tree)
  const [root] = site.roots
  if (!root) throw new Error('no root')
  const place = listPlaces(site, { module: 'm', root }).find((one) => one.version.text === version)
  if (!place) throw new Error('no such version')
  const files = {
    open: () => undefined,
    exists: () => false,
    text: () => undefined,
    realPath: (path: string) => path,
  }
  return verifyPlace(place, { site, files }).map(({ code, severity }) => [code, severity])
}

const withDep = (text: string): Folder => ({ lib: { 'linux-x86_64': { 'm.dep': text } } })

test.each<[string, ShortTree, string, unknown[]]>([
  ['fine', { m: { '1.0.0': withDep('a 1.0.0') }, a: { '1.0.0': '' } }, '1.0.0', []],
  [
    'what it needs is gone',
    { m: { '1.0.0': withDep('a 1.0.0') }, a: { '2.0.0': '' } },
    '1.0.0',
    [['REQUIRE_NOT_FOUND', 'error']],
  ],
  [
    'what another one needs is told there',
    { m: { '1.0.0': withDep('a 1.0.0') }, a: { '1.0.0': 'b 1.0.0' } },
    '1.0.0',
    [],
  ],
  [
    'what it needs contradicts itself',
    {
      m: { '1.0.0': withDep('a 1.0.0\nb 1.0.0') },
      a: { '1.0.0': 'b 2.0.0' },
      b: { '1.0.0': '', '2.0.0': '' },
    },
    '1.0.0',
    [['VERSION_CONFLICT', 'error']],
  ],
  [
    'no .dep file',
    { m: { '1.0.0': { lib: { 'linux-arm': {} } } } },
    '1.0.0',
    [['DEP_FILE_MISSING', 'warning']],
  ],
  [
    'a revision is looked at, not the highest of its release',
    { m: { '1.0.0': withDep('a 1.0.0'), '1.0.0+1': '' } },
    '1.0.0',
    [['MODULE_NOT_FOUND', 'error']],
  ],
  ['no architecture', { m: { '1.0.0': {} } }, '1.0.0', [['MODULE_ARCH_MISSING', 'warning']]],
  ['another name', { m: { '1.0.0': '', stable: '-> 1.0.0' } }, 'stable', []],
  [
    'a wrong link',
    { m: { '1.0.0': '', '2.0.0': '-> 1.0.0' } },
    '2.0.0',
    [['VERSION_LINK_WRONG', 'error']],
  ],
  ['a broken link', { m: { '2.0.0': '-> gone' } }, '2.0.0', [['VERSION_LINK_WRONG', 'error']]],
  [
    'a base of PSI that is not this one',
    { m: { '1.0.0': { 'R3.14.12': { lib: { 'linux-x86_64': {} } } } } },
    '1.0.0',
    [],
  ],
])('%s', (_title, tree, version, expected) => {
  expect(verify(tree, version)).toEqual(expected)
})
