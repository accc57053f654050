import { expect, test } from 'vitest'
import { versionJson, versionLines } from '../../../../src/modules/listing/print.ts'
import { listVersions } from '../../../../src/modules/listing/versions.ts'
import {
  arch,
  memoryReader,
  moduleFolders,
  type ShortTree,
  siteOf,
  versionFolder,
} from '../../../support/tree.ts'

const table = (tree: ShortTree, module: string): string[] =>
  versionLines(listVersions(siteOf(tree), module), arch).map((line) =>
    line.replaceAll('/epics/modules', 'ROOT'),
  )

test('versions, links, architectures, and which one is taken', () => {
  const lines = table(
    {
      asyn: {
        '4.42.0': { lib: { [arch]: {}, 'linux-arm': {} } },
        '4.43.0': versionFolder('asyn', '', 'linux-arm'),
        '5.0.0': '-> 4.42.0',
        '6.0.0': '-> nowhere',
        'psi-1': { 'R7.0.8': { lib: { [arch]: {} } } },
        stable: '-> 4.42.0',
        mytest: '',
        source: {},
      },
    },
    'asyn',
  )
  expect(lines).toEqual([
    '   asyn    built for               root',
    '   6.0.0   -                       ROOT  a broken link',
    '   5.0.0   -                       ROOT  a link to 4.42.0: is not taken',
    '   4.43.0  linux-arm               ROOT  not for linux-x86_64',
    '*  4.42.0  linux-arm linux-x86_64  ROOT',
    '   stable  -                       ROOT  another name of 4.42.0',
    '   source  -                       ROOT  not for linux-x86_64',
    '   psi-1   R7.0.8/linux-x86_64     ROOT  test version',
    '   mytest  linux-x86_64            ROOT  test version',
  ])
})

test('what is taken depends on what can be loaded', () => {
  const list = listVersions(
    siteOf({ stream: { '2.0.0': 'asyn 4.0.0', '1.0.0': '' }, asyn: { '3.0.0': '' } }),
    'stream',
  )
  expect(list.places.map(({ isTaken }) => isTaken)).toEqual([false, true])
  expect(list.diagnostics.map(({ code, severity }) => [code, severity])).toEqual([
    ['VERSION_HELD_BACK', 'info'],
  ])
})

test('nothing can be taken: a warning, the versions are there all the same', () => {
  const list = listVersions(siteOf({ stream: { '2.0.0': 'asyn 4.0.0' } }), 'stream')
  expect(list.places).toHaveLength(1)
  expect(list.diagnostics.map(({ severity }) => severity)).toEqual(['warning'])
})

test('no such module', () => {
  const list = listVersions(siteOf({ asyn: { '1.0.0': '' } }), 'asny')
  expect(list.places).toEqual([])
  expect(list.diagnostics[0]?.code).toBe('MODULE_NOT_FOUND')
})

test('the same version in two roots', () => {
  const folders = moduleFolders({ asyn: { '1.0.0': '' } })
  const root = (directory: string) => ({ directory, origin: 'EPICS_DRIVER_PATH' })
  const list = listVersions(
    {
      reader: memoryReader({ cell: folders, site: folders }),
      roots: [root('/cell'), root('/site')],
      architecture: arch,
    },
    'asyn',
  )
  const [first, second] = versionJson(list).map((line) => JSON.parse(line))
  expect(first).toMatchObject({ root: '/cell', taken: true, state: 'usable', kind: 'numeric' })
  expect(second).toMatchObject({ root: '/site', taken: false, hiddenBy: '/cell' })
  expect(versionLines(list, arch).at(-1)).toContain('/cell comes first')
})
