import { describe, expect, test } from 'vitest'
import { type ReadMakefile, recipeOfMakefile } from '../../../../src/build/recipe/makefile.ts'
import { spanOf } from '../../../../src/text/span.ts'

const osSuffix = 'linux-x86_64'
const there = ['a.c', 'src/b.cc', 'd.dbd', 'xRecord.dbd', 'inc/sub/h.h', 'x.db', 's.iocsh', 'snc']

/** What recipeOfMakefile makes of a makefile `m.Makefile` with these variables. */
function read(values: Record<string, string>, other: Partial<ReadMakefile> = {}) {
  const text = Object.entries(values)
    .map(([name, value]) => `${name} = ${value}\n`)
    .join('')
  const source = { name: 'm.Makefile', text }
  const at = spanOf(source, 0, 0)
  const { value, diagnostics } = recipeOfMakefile({
    ...{ name: { text: 'm', at }, version: { text: '1.0.0', at }, texts: [source] },
    variables: new Map(
      Object.entries({ SOURCES: '', DBDS: '', TEMPLATES: '', SCRIPTS: '', ...values }).map(
        ([name, one]) => [name, { origin: 'file', value: one }],
      ),
    ),
    target: { arch: osSuffix, osClass: 'Linux', baseVersion: '7.0.8' },
    locate: (path, kind) => {
      if (kind === 'folder') return ['/usr/include/tirpc', 'inc', 'src'].find((one) => one === path)
      return there.find((one) => one === path || one.endsWith(`/${path}`))
    },
    vendor: { folder: '.e3/a/vendor', files: [] },
    ...{ names: [], isInstalled: (module: string) => module === 'asyn', ...other },
  })
  return { recipe: value, codes: diagnostics.map(({ code }) => code), diagnostics }
}

const texts = (list: readonly { text: string }[] = []) => list.map(({ text }) => text)

describe('files', () => {
  test('each kind from its variables', () => {
    const { recipe, codes } = read({
      ...{ SOURCES: 'a.c src/b.cc a.c', DBDS: 'd.dbd', DBDFILES: 'xRecord.dbd' },
      ...{ TEMPLATES: 'x.db', SCRIPTS: 's.iocsh', HEADERS: 'inc/sub/h.h' },
    })
    expect(codes).toEqual([])
    expect(texts(recipe?.files.sources)).toEqual(['a.c', 'src/b.cc'])
    expect(texts(recipe?.files.dbds)).toEqual(['d.dbd', 'xRecord.dbd'])
    expect(texts(recipe?.files.headers)).toEqual(['inc/sub/h.h'])
    expect(texts(recipe?.files.templates)).toEqual(['x.db'])
    expect(texts(recipe?.files.scripts)).toEqual(['s.iocsh'])
  })

  test('where a variable is not set, what lies in the folder', () => {
    const unset = { variables: new Map(), names: ['a.c', 'x.db', 'd.dbd', 's.iocsh', 'README'] }
    const { recipe } = read({}, unset)
    expect(texts(recipe?.files.sources)).toEqual(['a.c'])
    expect(texts(recipe?.files.dbds)).toEqual(['d.dbd'])
    expect(texts(recipe?.files.templates)).toEqual(['x.db'])
    expect(texts(recipe?.files.scripts)).toEqual(['s.iocsh'])
  })

  test('-none- is nothing, whatever lies there', () => {
    const { recipe } = read({ SOURCES: '-none-' }, { names: ['a.c'] })
    expect(recipe?.files.sources).toEqual([])
  })

  test('a file that is not there: FILE_NOT_FOUND at the variable', () => {
    const { diagnostics } = read({ DBDS: 'd.dbd', SOURCES: 'no.c' })
    expect(diagnostics).toMatchObject([{ code: 'FILE_NOT_FOUND', at: { start: 13, end: 20 } }])
  })

  test('headers of record types are made by e3', () => {
    expect(read({ HEADERS: 'xRecord.h', DBDS: 'xRecord.dbd' }).codes).toEqual([])
    expect(read({ HEADERS: 'yRecord.h' }).codes).toEqual(['FILE_NOT_FOUND'])
  })

  test('KEEP_HEADER_SUBDIRS, BINS', () => {
    const values = { HEADERS: 'inc/sub/h.h', KEEP_HEADER_SUBDIRS: 'inc', BINS: 'snc' }
    const { recipe } = read(values)
    expect(recipe?.files.headers).toEqual([])
    expect(recipe?.others).toEqual([
      { to: 'include/sub/h.h', from: 'inc/sub/h.h' },
      { to: 'bin/linux-x86_64/snc', from: 'snc' },
    ])
  })

  test.each([
    [{ HEADERS: 'inc/sub/h.h', KEEP_HEADER_SUBDIRS: 'inc' }, ['inc/sub', 'inc/sub/os/Linux']],
    [{ HEADERS: 'inc/sub/h.h' }, ['inc/sub', 'inc/sub/os/Linux']],
    [{ HEADERS_vxWorks: 'inc/sub/h.h' }, []],
    [{ HEADERS: '/opt/x/h.h xRecord.h' }, []],
  ])('headers are searched where %o come from', (values, folders) => {
    const there = ['inc/sub', 'inc/sub/os/Linux', '/opt/x', 'os/Linux']
    const locate = (path: string, kind: string) =>
      kind === 'file' || there.includes(path) ? path : undefined
    const { recipe } = read(values, { locate })
    expect(texts(recipe?.flags.includes)).toEqual(folders)
  })
})

describe('what e3 expands and compiles', () => {
  test.each([
    ['-I . -I src', ['src'], []],
    ['-Iinc -I inc -Igone', ['inc'], []],
    ['-M "P=A:,R=b c" -MQ=1 -V -D', [], ['P=A:,R=b c', 'Q=1']],
    ['-I', [], []],
  ])('USR_DBFLAGS %s', (flags, folders, macros) => {
    const { recipe } = read({ USR_DBFLAGS: flags })
    expect(recipe).toMatchObject({ templateFolders: folders, templateMacros: macros })
  })

  test('a database that the target db made of a substitution file is made by e3', () => {
    const made = '.e3/arch/source/m/Db/x.db'
    const copy = { upstream: { folder: 'm', copy: '.e3/arch/source/m' } }
    const locate = (path: string) => (path === 'Db/x.db' ? made : path)
    const values = { TEMPLATES: 'Db/x.db', SUBS: 'Db/x.substitutions' }
    expect(read(values, { ...copy, locate }).recipe?.files.templates).toEqual([])
    expect(texts(read(values, { locate }).recipe?.files.templates)).toEqual([made])
    const others = read({ ...values, SUBS: 'Db/y.subs' }, { ...copy, locate })
    expect(texts(others.recipe?.files.templates)).toEqual([made])
  })

  test('GPIB device support is what gdc makes of it, listed or not', () => {
    const locate = (path: string) => (/^dev\.(c|dbd)$/.test(path) ? `O/${path}` : undefined)
    for (const gt of [
      read({ SOURCES: 'gpib/dev.gt' }, { locate }),
      read({}, { locate, names: ['dev.gt'], variables: new Map() }),
    ]) {
      expect(gt.codes).toEqual([])
      expect(texts(gt.recipe?.files.sources)).toEqual(['O/dev.c'])
      expect(texts(gt.recipe?.files.dbds)).toEqual(['O/dev.dbd'])
    }
  })
})

describe('modules', () => {
  test('REQUIRED, and versions of modules that are installed', () => {
    const { recipe, codes } = read({
      ...{ REQUIRED: 'calc', asyn_VERSION: '4.42.0', calc_VERSION: '3.7.5', m_VERSION: '9' },
      ...{ E3_MODULE_VERSION: '1.0.0', ASYN_DEP_VERSION: '4.42.0', EPICS_VERSION: '7' },
    })
    expect(codes).toEqual([])
    expect(
      recipe?.requires.map(({ module, version }) => [
        module,
        version.kind === 'named' ? version.version.text : '',
      ]),
    ).toEqual([
      ['calc', '3.7.5'],
      ['asyn', '4.42.0'],
    ])
    expect(recipe?.ifUsed).toEqual(new Set(['asyn']))
  })

  test('a version of a module that is nowhere: MAKEFILE_REQUIRES; an empty one is none', () => {
    const { recipe, codes } = read({ pcre_VERSION: '8.41.0', sscan_VERSION: '' })
    expect(codes).toEqual(['MAKEFILE_REQUIRES'])
    expect(recipe?.requires).toEqual([])
  })
})

describe('flags', () => {
  test('are words as for a shell; folders of the module apart from others', () => {
    const { recipe } = read({
      ...{
        USR_CPPFLAGS: `-DA="b c" -DD='"e"'`,
        USR_CFLAGS: '-O3',
        USR_CFLAGS_Linux: '-Wno-unused',
      },
      USR_INCLUDES: '-Iinc -I src -I/usr/include/tirpc -Igone -idirafter x',
      ...{ USR_LDFLAGS: '-Wl,-z,now', LIB_SYS_LIBS: 'tirpc -lusb-1.0' },
    })
    expect(recipe?.flags).toMatchObject({
      cppflags: ['-DA=b c', '-DD="e"', '-I/usr/include/tirpc', '-idirafter', 'x'],
      ...{ cflags: ['-O3', '-Wno-unused'], cxxflags: [], ldflags: ['-Wl,-z,now'] },
      libraries: ['tirpc', 'usb-1.0'],
    })
    expect(texts(recipe?.flags.includes)).toEqual(['inc', 'src'])
  })
})

describe('mistakes', () => {
  test.each([
    [{ EXCLUDE_ARCHS: 'linux' }, 'MAKEFILE_EXCLUDES'],
    [{ ARCH_FILTER: '%-arm vxWorks-%' }, 'MAKEFILE_EXCLUDES'],
    [{ EXCLUDE_VERSIONS: '3.14 7.0' }, 'MAKEFILE_EXCLUDES'],
    [{ BUILDCLASSES: 'vxWorks' }, 'MAKEFILE_EXCLUDES'],
    [{ LIBVERSION: '2.0.0' }, 'MAKEFILE_VERSION'],
  ])('%o: %s', (values, code) => {
    expect(read(values).codes).toEqual([code])
  })

  test.each([
    { ARCH_FILTER: 'linux-%' },
    { EXCLUDE_ARCHS: 'vxWorks' },
    { EXCLUDE_VERSIONS: '3.14' },
    { BUILDCLASSES: 'vxWorks Linux' },
    { LIBVERSION: '1.0.0 ' },
  ])('%o is fine', (values) => {
    expect(read(values).codes).toEqual([])
  })

  test.each([
    ['my-module', '1.0.0'],
    ['m', 'one/two'],
    ['m', ''],
  ])('module %s, version "%s": RECIPE_VALUE', (name, version) => {
    const at = spanOf({ name: 'CONFIG_MODULE', text: '' }, 0, 0)
    const names = { name: { text: name, at }, version: { text: version, at } }
    expect(read({}, names).codes).toEqual(['RECIPE_VALUE'])
  })
})
