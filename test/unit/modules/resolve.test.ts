import { describe, expect, test } from 'vitest'
import type { Resolution } from '../../../src/modules/resolution.ts'
import { resolve } from '../../../src/modules/resolve.ts'
import type { Site } from '../../../src/modules/site.ts'
import { renderText } from '../../../src/text/render.ts'
import { formatPlace } from '../../../src/text/span.ts'
import { scriptRequests } from '../../support/requests.ts'
import {
  arch,
  type Folder,
  memoryReader,
  moduleFolders,
  type ShortTree,
  siteOf,
  versionFolder,
} from '../../support/tree.ts'

const loaded = ({ modules }: Resolution) =>
  modules.map(({ name, version }) => `${name} ${version.text}`).join(', ')

const codes = ({ diagnostics }: Resolution) =>
  diagnostics.map(({ code, at }) => (at ? `${code} ${formatPlace(at)}` : code))

function run(tree: ShortTree, script: string): Resolution {
  return resolve(scriptRequests(script), siteOf(tree))
}

const field: ShortTree = {
  asyn: { '4.42.0+0': '', '4.43.0': '' },
  stream: { '2.8.26+0': 'asyn 4.42.0+0;calc', '2.8.25': '' },
  calc: { '3.7.4': '' },
}

describe('modules', () => {
  test('load order follows dependencies, then requests; the choice does not', () => {
    expect(loaded(run(field, 'require stream\nrequire asyn'))).toBe(
      'asyn 4.42.0+0, calc 3.7.4, stream 2.8.26+0',
    )
    expect(loaded(run(field, 'require calc\nrequire asyn\nrequire stream'))).toBe(
      'calc 3.7.4, asyn 4.42.0+0, stream 2.8.26+0',
    )
  })

  test('a module with all its parts', () => {
    const contents: Folder = { ...versionFolder('m', 'calc 3.7.4'), db: { 'm.db': '' } }
    const [, m] = run({ ...field, m: { '1.0.0': contents } }, 'require m').modules
    const directory = '/epics/modules/m/1.0.0'
    expect(m).toMatchObject({
      name: 'm',
      version: { text: '1.0.0' },
      directory,
      root: '/epics/modules',
      archDirectory: `${directory}/lib/${arch}`,
      library: `${directory}/lib/${arch}/libm.so`,
      dbd: `${directory}/dbd/m.dbd`,
      dbDirectory: `${directory}/db`,
      depFile: `${directory}/lib/${arch}/m.dep`,
      dependencies: [{ module: 'calc' }],
      requestedBy: [{ kind: 'request' }],
    })
  })

  test('a module of files only has no library, dbd and db', () => {
    const contents: Folder = { lib: { [arch]: { 'm.dep': '' } }, 'm.iocsh': '' }
    const [m] = run({ m: { '1.0.0': contents } }, 'require m').modules
    expect(Object.keys(m ?? {}).sort()).toEqual(
      'archDirectory,depFile,dependencies,directory,name,requestedBy,root,version'.split(','),
    )
  })

  test('a dbd that leads nowhere is part of the module: its check tells', () => {
    const contents: Folder = { lib: { [arch]: { 'm.dep': '' } }, dbd: { 'm.dbd': '-> /nowhere' } }
    const [m] = run({ m: { '1.0.0': contents } }, 'require m').modules
    expect(m?.dbd).toBe('/epics/modules/m/1.0.0/dbd/m.dbd')
  })

  test.each(['R7.0.8.1', 'R7.0.8', 'R7.0'])('the level %s of PSI trees', (level) => {
    const contents: Folder = { [level]: versionFolder('m', ''), db: { 'm.db': '' } }
    const [m] = run({ m: { '1.0.0': contents } }, 'require m').modules
    const directory = '/epics/modules/m/1.0.0'
    expect(m?.library).toBe(`${directory}/${level}/lib/${arch}/libm.so`)
    expect(m?.dbd).toBe(`${directory}/${level}/dbd/m.dbd`)
    expect(m?.dbDirectory).toBe(`${directory}/db`)
  })

  test.each(['R7.0.10.1-DEV', 'R7.0.10.1', 'R7.0.10', 'R7.0'])(
    'the level %s, for a base that is no release yet',
    (level) => {
      const site = siteOf({ m: { '1.0.0': { [level]: versionFolder('m', '') } } })
      const base = { ...site, baseRelease: '7.0.10.1-DEV' }
      const { modules } = resolve(scriptRequests('require m'), base)
      expect(modules.map(({ archDirectory }) => archDirectory)).toEqual([
        `/epics/modules/m/1.0.0/${level}/lib/${arch}`,
      ])
    },
  )

  test('a library that is a link to nowhere is not left out', () => {
    const contents: Folder = { lib: { [arch]: { 'm.dep': '', 'libm.so': '-> libm.so.1' } } }
    const [m] = run({ m: { '1.0.0': contents } }, 'require m').modules
    expect(m?.library).toBe(`/epics/modules/m/1.0.0/lib/${arch}/libm.so`)
  })

  test('the folder of a module that cannot be read, in another root', () => {
    const reader = memoryReader({
      site: { m: '!! permission denied' },
      cell: { m: { '1.0.0': versionFolder('m', '') } },
    })
    const roots = ['/site', '/cell'].map((directory) => ({ directory, origin: '-l' }))
    const site: Site = { reader, roots, architecture: arch }
    const found = resolve(scriptRequests('require m'), site)
    expect(loaded(found)).toBe('m 1.0.0')
    expect(found.diagnostics).toMatchObject([{ code: 'FILE_UNREADABLE', severity: 'warning' }])
  })

  test('the version of an alias is that of its target', () => {
    const tree = { m: { '1.0.0': '', '2.0.0': '', stable: '-> 1.0.0' } }
    expect(loaded(run(tree, 'require m,stable'))).toBe('m 1.0.0')
    expect(loaded(run(tree, 'require m'))).toBe('m 2.0.0')
  })

  test('a link that leads out of the folder is a version of its own', () => {
    const site = siteOf({ m: { mine: '-> /home/me/m', '1.0.0': '-> /nfs/m/1.0.0' } })
    const folder = versionFolder('m', '')
    const epics = { modules: { m: { mine: '-> /home/me/m', '1.0.0': '-> /nfs/m/1.0.0' } } }
    const reader = memoryReader({
      epics,
      home: { me: { m: folder } },
      nfs: { m: { '1.0.0': folder } },
    })
    const ask = (script: string) => resolve(scriptRequests(script), { ...site, reader })
    expect(loaded(ask('require m,mine'))).toBe('m mine')
    expect(loaded(ask('require m'))).toBe('m 1.0.0')
    expect(ask('require m,mine').modules.map(({ builtAs }) => builtAs)).toEqual(['m'])
    expect(ask('require m').modules.map(({ builtAs }) => builtAs)).toEqual([undefined])
  })

  test('after an error, the modules that have no part in it are still there', () => {
    const result = run(field, 'require calc\nrequire nomod\nrequire stream,9.9.9')
    expect(loaded(result)).toBe('calc 3.7.4')
  })
})

describe('diagnostics', () => {
  test.each([
    ['a good script', field, 'require calc', []],
    ['no such module', field, 'require x', ['MODULE_NOT_FOUND st.cmd:1:9']],
    ['no such version', field, 'require calc,1.0.0', ['REQUIRE_NOT_FOUND st.cmd:1:9']],
    ['a pin', field, 'require asyn\nrequire stream', ['VERSION_HELD_BACK st.cmd:1:9']],
    ['a version in another line', field, 'require asyn\nrequire asyn,4.42.0', []],
    [
      'a conflict',
      field,
      'require asyn,4.43.0\nrequire stream,2.8.26',
      ['VERSION_CONFLICT st.cmd:2:9'],
    ],
    [
      'a missing dependency',
      { m: { '2.0.0': 'x', '1.0.0': '' } },
      'require m',
      ['VERSION_HELD_BACK st.cmd:1:9'],
    ],
    [
      'another architecture',
      { m: { '1.0.0': { lib: { arm: {} } } } },
      'require m',
      ['MODULE_ARCH_MISSING st.cmd:1:9'],
    ],
    ['ifexists, not there', field, 'require x,ifexists', ['REQUIRE_SKIPPED st.cmd:1:9']],
    [
      'ifexists, another architecture',
      { m: { '1.0.0': {} } },
      'require m,ifexists',
      ['REQUIRE_SKIPPED st.cmd:1:9'],
    ],
    ['ifexists, there', field, 'require calc,ifexists', []],
    [
      'a higher version that cannot be looked into',
      { m: { '1.0.0': '', '2.0.0': { lib: '!! permission denied' } } },
      'require m',
      ['FILE_UNREADABLE st.cmd:1:9'],
    ],
    [
      'a file in the place of the directory of an architecture',
      { m: { '1.0.0': { lib: { [arch]: '' } } } },
      'require m',
      ['MODULE_ARCH_MISSING st.cmd:1:9'],
    ],
    [
      'only such a version',
      { m: { '1.0.0': '', '2.0.0': { lib: '!! permission denied' } } },
      'require m,2.0.0',
      ['FILE_UNREADABLE st.cmd:1:9'],
    ],
    [
      'a lower one that nobody asks for',
      { m: { '2.0.0': '', '1.0.0': { lib: '!! permission denied' } } },
      'require m',
      [],
    ],
    ['a cycle', { a: { '1.0.0': 'a' } }, 'require a', ['DEPENDENCY_CYCLE st.cmd:1:9']],
    ['a test version', { m: { a: '', b: '' } }, 'require m', ['VERSION_TEST_CHOSEN st.cmd:1:9']],
    ['a test version by name', { m: { a: '', b: '' } }, 'require m,a', []],
    [
      'no .dep file',
      { m: { '1.0.0': { lib: { [arch]: {} } } } },
      'require m',
      ['DEP_FILE_MISSING st.cmd:1:9'],
    ],
    [
      'a .dep file that cannot be read',
      { m: { '1.0.0': { lib: { [arch]: { 'm.dep': '!! permission denied' } } } } },
      'require m',
      [`DEP_FILE_UNREADABLE /epics/modules/m/1.0.0/lib/${arch}/m.dep:1:1`],
    ],
    [
      'a bad .dep line',
      { m: { '1.0.0': 'calc;a/b 1' }, ...field },
      'require m',
      [`DEP_LINE_MALFORMED /epics/modules/m/1.0.0/lib/${arch}/m.dep:2:1`],
    ],
    [
      'a dbd without library',
      { m: { '1.0.0': { lib: { [arch]: { 'm.dep': '' } }, dbd: { 'm.dbd': '' } } } },
      'require m',
      ['DBD_WITHOUT_LIBRARY'],
    ],
    [
      'a wrong link that is asked for',
      { m: { '1.0.0': '', '2.0.0': '-> 1.0.0' } },
      'require m,2.0.0',
      ['VERSION_LINK_WRONG st.cmd:1:9'],
    ],
    [
      'a wrong link that would be the highest',
      { m: { '1.0.0': '', '2.0.0': '-> 1.0.0' } },
      'require m',
      ['VERSION_LINK_WRONG st.cmd:1:9'],
    ],
    ['a wrong link nobody needs', { m: { '1.0.0': '-> 2.0.0', '2.0.0': '' } }, 'require m', []],
    [
      'a link to nowhere',
      { m: { '1.0.0': '-> nowhere' } },
      'require m',
      ['MODULE_ARCH_MISSING st.cmd:1:9'],
    ],
  ] satisfies [string, ShortTree, string, string[]][])('%s', (_title, tree, script, expected) => {
    expect(codes(run(tree, script))).toEqual(expected)
  })

  test('names that cannot be module names', () => {
    const request = { module: '../m', version: { kind: 'any' } } as const
    expect(codes(resolve([request], siteOf(field)))).toEqual(['MODULE_NAME_INVALID'])
  })

  test('why a version was held back', () => {
    const { diagnostics } = run(field, 'require asyn\nrequire stream')
    expect(diagnostics.map((item) => renderText(item)).join('\n')).toMatchInlineSnapshot(`
      "st.cmd:1:9: info[VERSION_HELD_BACK]: asyn 4.42.0+0 instead of 4.43.0 because stream 2.8.26+0 pins it
        1 | require asyn
          |         ^^^^
        note: /epics/modules/stream/2.8.26+0/lib/linux-x86_64/stream.dep:1:1: stream 2.8.26+0 asks for asyn 4.42.0+0
        note: st.cmd:2:9: stream 2.8.26+0 is required here
        help: if this is what you want, write it down: require asyn,4.42.0+0"
    `)
  })

  test('why a version with a missing dependency was passed over', () => {
    const { diagnostics } = run({ m: { '2.0.0': 'x 1.0.0', '1.0.0': '' } }, 'require m')
    expect(diagnostics.map((item) => renderText(item)).join('\n')).toMatchInlineSnapshot(`
      "st.cmd:1:9: info[VERSION_HELD_BACK]: m 1.0.0 instead of 2.0.0 because x 1.0.0 is not installed
        1 | require m
          |         ^
        note: /epics/modules/m/2.0.0/lib/linux-x86_64/m.dep:1:1: m 2.0.0 asks for x 1.0.0
        note: st.cmd:1:9: m 2.0.0 is required here
        help: if this is what you want, write it down: require m,1.0.0"
    `)
  })

  test('more combinations than can be tried', () => {
    // Each of ten pigeons needs one of nine holes for itself
    const numbers = Array.from({ length: 10 }, (_, index) => index)
    const versions = (to: (n: number) => string) =>
      Object.fromEntries(numbers.map((n) => [`1.0.${n}`, to(n)]))
    const holes = numbers.map((hole) => [`hole${hole}`, versions(() => '')] as const)
    const pigeons = numbers.map((pigeon) => [
      `pigeon${pigeon}`,
      versions((n) => `hole${Math.min(n, 8)} 1.0.${pigeon}`),
    ])
    const script = numbers.map((pigeon) => `require pigeon${pigeon}\n`).join('')
    const tree = Object.fromEntries([...holes, ...pigeons])
    expect(codes(run(tree, script))).toEqual(['RESOLUTION_LIMIT'])
  })
})

describe('two roots', () => {
  const twoRoots = (first: ShortTree, second: ShortTree): Site => ({
    reader: memoryReader({ cell: moduleFolders(first), site: moduleFolders(second) }),
    roots: [
      { directory: '/cell', origin: '-l' },
      { directory: '/site', origin: 'E3_SITEMODS_PATH' },
    ],
    architecture: arch,
  })
  const ask = (site: Site, script: string) => resolve(scriptRequests(script), site)

  test('the highest version of all roots', () => {
    const site = twoRoots({ m: { '1.0.0': '' } }, { m: { '1.0.1': '' } })
    expect(ask(site, 'require m').modules[0]?.root).toBe('/site')
  })

  test('of equal versions that in the first root, with a warning', () => {
    const site = twoRoots({ m: { '1.0.0': '' } }, { m: { '1.0.0': '' } })
    const result = ask(site, 'require m')
    expect(result.modules[0]?.root).toBe('/cell')
    expect(result.diagnostics.map((item) => renderText(item)).join('\n')).toMatchInlineSnapshot(`
      "warning[VERSION_DUPLICATE]: m 1.0.0 is installed in more than one place
        note: /cell/m/1.0.0 is taken: its root comes first
        note: /site/m/1.0.0 is not used
        help: remove one of them, or change the order of the roots"
    `)
  })

  test('one root under two names is no duplicate', () => {
    const reader = memoryReader({ cell: moduleFolders({ m: { '1.0.0': '' } }), site: '-> /cell' })
    const result = ask({ ...twoRoots({}, {}), reader }, 'require m')
    expect(result.modules[0]?.root).toBe('/cell')
    expect(result.diagnostics).toEqual([])
  })

  test('of equal versions the one that is there for the architecture', () => {
    const site = twoRoots({ m: { '1.0.0': { lib: { arm: {} } } } }, { m: { '1.0.0': '' } })
    const result = ask(site, 'require m')
    expect(result.modules[0]?.root).toBe('/site')
    expect(result.diagnostics).toEqual([])
  })

  test('a version in a root that is not searched', () => {
    const site = twoRoots({ m: { '1.0.0': '' } }, { m: { '1.0.0+3': '' } })
    const [cell, other] = site.roots
    const narrow = { ...site, roots: cell ? [cell] : [], otherRoots: other ? [other] : [] }
    expect(renderAll(ask(narrow, 'require m,1.0.0+3'))).toMatchInlineSnapshot(`
      "st.cmd:1:9: error[REQUIRE_NOT_FOUND]: m 1.0.0+3 is not installed for linux-x86_64
        1 | require m,1.0.0+3
          |         ^^^^^^^^^
        note: installed: m 1.0.0
        note: there is m 1.0.0+3 in /site (E3_SITEMODS_PATH)
        help: use m 1.0.0 in st.cmd:1"
    `)
  })

  test('a folder that cannot be read and a root that does not exist', () => {
    const site: Site = {
      ...twoRoots({}, {}),
      reader: memoryReader({ cell: { m: '!! permission denied' } }),
    }
    expect(renderAll(ask(site, 'require m'))).toMatchInlineSnapshot(`
      "st.cmd:1:9: error[MODULE_NOT_FOUND]: module m is not installed
        1 | require m
          |         ^
        note: /cell/m cannot be read: permission denied
        note: searched: /cell (-l), /site (E3_SITEMODS_PATH), which is no directory
        help: ls -ld /cell/m"
    `)
  })

  const renderAll = ({ diagnostics }: Resolution) =>
    diagnostics.map((item) => renderText(item)).join('\n')
})

describe('what is read of the tree', () => {
  const versions = Object.fromEntries(
    Array.from({ length: 50 }, (_, index) => [`1.0.${index}`, '']),
  )
  const modules = Array.from({ length: 100 }, (_, index) => [`m${index}`, versions] as const)

  test('neither the root nor other modules nor versions that are not considered', () => {
    const site = siteOf({
      ...Object.fromEntries(modules),
      top: { '1.0.0': 'm7 1.0.30;m8', '0.9.0': '' },
    })
    expect(codes(resolve(scriptRequests('require top\nrequire m8'), site))).toEqual([])
    const { calls } = site.reader
    expect(calls.filter((call) => call.startsWith('list')).sort()).toEqual([
      'list /epics/modules/m7',
      'list /epics/modules/m8',
      'list /epics/modules/top',
    ])
    const places = calls.map((call) => /\/epics\/modules\/[^/]+\/[^/]+/.exec(call)?.[0])
    expect([...new Set(places)].filter(Boolean).sort()).toEqual([
      '/epics/modules/m7/1.0.30',
      '/epics/modules/m8/1.0.49',
      '/epics/modules/top/1.0.0',
    ])
    expect(calls.length).toBeLessThanOrEqual(3 * 6)
  })

  test('nothing twice, also when it is resolved again', () => {
    const site = siteOf(field)
    resolve(scriptRequests('require stream\nrequire asyn'), site)
    const first = site.reader.calls.filter((call) => !/libm|dbd|isDirectory .*\/db$/.test(call))
    expect(new Set(first).size).toBe(first.length)
  })
})
