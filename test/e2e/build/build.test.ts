import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { formatIdentity, identifyProcess } from '../../../src/host/process-identity.ts'
import { newBuildFolder, outputFolder } from '../../support/build-folder.ts'
import { repository, testBase } from '../../support/machine.ts'
import { runE3 } from '../../support/run-e3.ts'

const folder = newBuildFolder({
  // Four lines are enough.
  'tiny/module.yaml': 'name: tiny\nversion: 1.0.0+0\nsources: "*.c"\nheaders: tiny.h\n',
  'tiny/tiny.c': '#include "tiny.h"\nint tinyLimit(void) { return TINY_LIMIT; }\n',
  'tiny/other.c': 'int tinyOther(void) { return 2; }\n',
  'tiny/tiny.h': '#define TINY_LIMIT 7\n',
  'user/module.yaml': 'name: user\nversion: 0.1.0\nsources: user.c\n',
  'user/user.c': '#include <tiny.h>\nint userLimit(void) { return TINY_LIMIT; }\n',
})
afterAll(() => folder.remove())

const tiny = `tiny/${outputFolder}`
/** Names of what was compiled or linked, without folders. */
const worked = ({ stderr }: { stderr: string }): string[] =>
  [...stderr.matchAll(/^(?:compile|link) .*?([^/\n]+)$/gm)].map(([, name = '']) => name).sort()

describe.skipIf(!testBase())('e3 build', () => {
  test('four lines give a module that is laid out for the tree', async () => {
    const ended = await folder.build('tiny')
    expect(ended).toMatchObject({ status: 0 })
    expect(ended.stdout).toBe(`built tiny 1.0.0+0 for ${outputFolder.slice(4)}: ${tiny}/stage\n`)
    expect(readdirSync(folder.path(`${tiny}/stage`)).sort()).toEqual([
      ...['include', 'lib', 'tiny_meta.yaml'],
    ])
    expect(JSON.parse(folder.read(`${tiny}/built.json`) ?? '')).toEqual({
      ...{ module: 'tiny', version: '1.0.0+0', arch: outputFolder.slice(4), stage: 'stage' },
    })
    folder.install('tiny')
  })

  test('nothing to do: nothing is done', async () => {
    const before = statSync(folder.path(`${tiny}/stage`)).mtimeMs
    const ended = await folder.build('tiny')
    expect(ended.stdout).toContain('is up to date')
    expect(worked(ended)).toEqual([])
    expect(statSync(folder.path(`${tiny}/stage`)).mtimeMs).toBe(before)
  })

  test('another time of a file is no change', async () => {
    utimesSync(folder.path('tiny/tiny.c'), new Date(), new Date())
    expect(worked(await folder.build('tiny'))).toEqual([])
  })

  test.each([
    ['a source', { 'tiny/other.c': 'int tinyOther(void) { return 3; }\n' }, ['other.c']],
    ['a header', { 'tiny/tiny.h': '#define TINY_LIMIT 8\n' }, ['tiny.c']],
  ])('%s with another content: what reads it is compiled, and linked', async (_, files, names) => {
    folder.write(files)
    expect(worked(await folder.build('tiny'))).toEqual([...names, 'libtiny.so'].sort())
  })

  test('a comment that changes no object: it is compiled, and not linked', async () => {
    folder.write({ 'tiny/other.c': 'int tinyOther(void) { return 3; } // three\n' })
    expect(worked(await folder.build('tiny', '-j', '1'))).toEqual(['other.c'])
  })

  test('another flag: all is compiled', async () => {
    const recipe = folder.read('tiny/module.yaml') ?? ''
    folder.write({ 'tiny/module.yaml': `${recipe}cflags: -g0\n` })
    const names = worked(await folder.build('tiny'))
    expect(names).toEqual(expect.arrayContaining(['tiny.c', 'other.c', 'libtiny.so']))
  })

  test('--version builds as another version, of which only the library knows', async () => {
    const ended = await folder.build('tiny', '--version', '1.0.0+1')
    expect(ended.stdout).toContain('built tiny 1.0.0+1')
    expect(worked(ended)).toEqual(['libtiny.so', 'tiny_version_1_0_0_1.c'])
    const wrong = await folder.build('tiny', '--version', '../1')
    expect(wrong.stderr).toContain('error[VERSION_INVALID]')
    await folder.build('tiny')
  })

  test('a header of a module that is not required: the module is named', async () => {
    const ended = await folder.build('user')
    expect(ended.status).toBe(1)
    expect(ended.stderr).toMatch(
      /^user\/user\.c:1:10: error\[HEADER_UNDECLARED\]: tiny\.h belongs/m,
    )
    expect(ended.stderr).toContain('help: add to module.yaml: requires: tiny')
    expect(folder.read(`user/${outputFolder}/built.json`)).toBeUndefined()
  })

  test('--search-all takes it, with a warning, and pins the module', async () => {
    const ended = await folder.build('user', '--search-all')
    expect(ended.stderr).toMatch(
      /^user\/user\.c:1:11: warning\[HEADER_SEARCHED\]: tiny\.h belongs to tiny 1\.0\.0\+0, which is/m,
    )
    expect(ended.stderr).toContain('help: add to module.yaml: requires: tiny')
    expect(ended.status).toBe(0)
    expect(folder.read(`user/${outputFolder}/stage/lib/${outputFolder.slice(4)}/user.dep`)).toBe(
      '# Generated file. Do not edit.\ntiny 1.0.0+0\n',
    )
  })

  test('a version that is not installed: what is there instead', async () => {
    folder.write({
      'user/module.yaml': 'name: user\nversion: 0.1.0\nsources: user.c\nrequires: tiny,2.0.0\n',
    })
    const ended = await folder.build('user')
    expect(ended.stderr).toMatch(
      /^user\/module\.yaml:4:11: error\[REQUIRE_NOT_FOUND\]: tiny 2\.0\.0/m,
    )
    expect(ended.status).toBe(1)
  })

  test('errors of all files, the first of each, as annotations too', async () => {
    folder.write({
      'tiny/tiny.c': 'int a(void) { return nothing; }\nint b(void) { return nowhere; }\n',
      'tiny/other.c': 'int c(void) {\n',
    })
    const ended = await folder.build('tiny', '--format', 'github')
    expect(ended.status).toBe(1)
    expect(ended.stderr.match(/^::error file=tiny\/\w+\.c,/gm)).toHaveLength(2)
    expect(ended.stderr).not.toContain('nowhere')
    expect(folder.read(`${tiny}/build.log`)).toContain('nowhere')
    expect(folder.read(`${tiny}/objects/tiny.c.o`)).toBeUndefined()
    expect(folder.read(`${tiny}/built.json`)).toBeUndefined()
  })

  test('warnings are counted by file, also when nothing is compiled again', async () => {
    folder.write({
      'tiny/tiny.c': 'int tinyLimit(void) { int a, b; return 1; }\n',
      'tiny/other.c': 'int tinyOther(void) { return 3; }\n',
    })
    for (const _ of [1, 2]) {
      const { stderr, status } = await folder.build('tiny')
      expect(stderr).toMatch(
        /^tiny\/tiny\.c:1:27: warning\[COMPILE_WARNING\]: unused variable .a. .*\(and 1 more/m,
      )
      expect(status).toBe(0)
    }
  })

  test('the place of a message is right behind tabs', async () => {
    folder.write({
      'tabs/module.yaml': 'name: tabs\nversion: 1.0.0\nsources: a.c\n',
      'tabs/a.c': 'int a(void) {\n\tint x;\tx = nowhere;\n}\n',
    })
    expect((await folder.build('tabs')).stderr).toMatch(/^tabs\/a\.c:2:13: error.* 'nowhere'/m)
  })

  test('two definitions of one symbol: what the linker says', async () => {
    folder.write({ 'tiny/other.c': 'int tinyLimit(void) { return 3; }\n' })
    const ended = await folder.build('tiny')
    expect(ended.stderr).toContain('error[BUILD_FAILED]: the command for libtiny.so failed')
    expect(ended.stderr).toMatch(/note: .*multiple definition of .tinyLimit/)
    folder.write({ 'tiny/other.c': 'int tinyOther(void) { return 3; }\n' })
  })

  test('a folder where another build is at work', async () => {
    const identity = identifyProcess(process.pid)
    const lock = folder.path(`${tiny}/lock`)
    writeFileSync(lock, `${hostname()} ${identity ? formatIdentity(identity) : ''}`)
    const ended = await folder.build('tiny')
    expect(ended.stderr).toContain(`error[BUILD_BUSY]: another build of this folder is at work`)
    expect(ended.stderr).toContain(`process ${process.pid}`)
    expect(ended.status).toBe(3)
    // A lock of a process that is gone is taken over.
    writeFileSync(
      lock,
      `${hostname()} ${identity ? formatIdentity({ ...identity, startTime: '1' }) : ''}`,
    )
    expect(await folder.build('tiny')).toMatchObject({ status: 0 })
  })

  test('two builds at once: both are right, or one says that it is busy', async () => {
    folder.write({ 'tiny/other.c': 'int tinyOther(void) { return 5; }\n' })
    const ends = await Promise.all([folder.build('tiny'), folder.build('tiny')])
    expect(ends.map(({ status }) => status).toSorted()).toSatisfy(
      (states: unknown[]) => states[0] === 0 && (states[1] === 0 || states[1] === 3),
    )
    expect((await folder.build('tiny')).stdout).toContain('is up to date')
  })

  test('a folder in which nothing can be written', async () => {
    folder.write({ 'shut/module.yaml': 'name: shut\nversion: 1.0.0\n', 'shut/.e3': 'a file' })
    const ended = await folder.build('shut')
    expect(ended.stderr).toContain('error[FILE_UNWRITABLE]: cannot write')
    expect(ended.status).toBe(3)
  })

  test.each([
    ['nothing', {}, 'RECIPE_NOT_FOUND'],
    ['no YAML', { 'module.yaml': 'name: [\n' }, 'RECIPE_SYNTAX'],
    ['an unknown key', { 'module.yaml': 'name: a\nversion: 1\nsource: a.c\n' }, 'RECIPE_KEY'],
    ['a wrong name', { 'module.yaml': 'name: my-module\nversion: 1\n' }, 'RECIPE_VALUE'],
    ['no such source', { 'module.yaml': 'name: a\nversion: 1\nsources: a.c\n' }, 'FILE_NOT_FOUND'],
    [
      'a header as source',
      { 'module.yaml': 'name: a\nversion: 1\nsources: a.h\n', 'a.h': '' },
      'FILE_TYPE',
    ],
    [
      'state notation and no sequencer',
      { 'module.yaml': 'name: a\nversion: 1\nsources: a.st\n', 'a.st': 'program a\n' },
      'TOOL_NOT_FOUND',
    ],
    [
      'two files of one name',
      {
        'module.yaml': 'name: a\nversion: 1\ntemplates: "**/x.db"\n',
        ...{ 'a/x.db': '', 'b/x.db': '' },
      },
      'INSTALLED_TWICE',
    ],
    [
      'device support for an unknown record type',
      {
        'module.yaml': 'name: a\nversion: 1\ndbds: a.dbd\n',
        'a.dbd': 'device(no, INST_IO, d, "x")\n',
      },
      'DBD_RECORD_TYPE_UNKNOWN',
    ],
    [
      'a dbd file that includes nothing that exists',
      { 'module.yaml': 'name: a\nversion: 1\ndbds: a.dbd\n', 'a.dbd': 'include "nowhere.dbd"\n' },
      'FILE_NOT_FOUND',
    ],
  ])('a folder with %s: %s', async (name, files, code) => {
    const module = `wrong-${name.replaceAll(' ', '-')}`
    folder.write({ [`${module}/.keep`]: '' })
    for (const [file, text] of Object.entries(files)) folder.write({ [`${module}/${file}`]: text })
    const ended = await folder.build(module)
    expect(ended.stderr).toContain(`error[${code}]`)
    expect(ended.status).toBe(1)
    expect(folder.read(`${module}/${outputFolder}/built.json`)).toBeUndefined()
  })

  test('state notation: the sequencer is to be installed, then to be required', async () => {
    const hint = async (...options: string[]) =>
      (await folder.build('states', ...options)).stderr.split('help: ')[1]
    folder.write({
      'states/module.yaml': 'name: a\nversion: 1.0.0\nsources: a.st\n',
      'states/a.st': 'program a\n',
      [`with-seq/sequencer/2.2.9/lib/${outputFolder.slice(4)}/sequencer.dep`]: '',
    })
    const declare = 'add to module.yaml: requires: sequencer\n'
    expect(await hint()).toBe(`install the module sequencer, then ${declare}`)
    expect(await hint('-l', folder.path('with-seq'))).toBe(declare)
  })

  test.each(['../other', '.', 'vxWorks-ppc'])(
    'an architecture %j that the base is not built for: nothing is made',
    async (arch) => {
      folder.write({
        'anywhere/module.yaml': 'name: a\nversion: 1.0.0\nrequires: nowhere\nsources: a.c\n',
        'anywhere/a.c': 'int a;\n',
      })
      const { stderr, status } = await folder.build('anywhere', '--arch', arch)
      expect(stderr).toMatch(/^error\[BASE_ARCH_MISSING\]: the base .* is not built for/)
      expect(status).toBe(3)
      expect(existsSync(folder.path('anywhere/.e3'))).toBe(false)
      expect(existsSync(folder.path('anywhere/other'))).toBe(false)
    },
  )

  test('options of e3 itself in front: the program of all commands builds the same', async () => {
    folder.write({ 'empty/.keep': '' })
    const [own, all] = await Promise.all(
      [['build'], ['--format', 'text', 'build']].map((words) =>
        runE3([...words, 'empty'], { cwd: folder.directory }),
      ),
    )
    expect(own).toMatchObject({ status: 1, stderr: expect.stringContaining('RECIPE_NOT_FOUND') })
    expect(all).toEqual(own)
    expect(existsSync(join(repository, 'dist/e3-build.bundle.js'))).toBe(true)
  })

  test('names that shells and make take for something else', async () => {
    const names = ["it's $HOME", 'a b#c', '-x', 'ü%é', '$(shell touch pwned)']
    for (const name of names) folder.write({ [`odd $x/${name}.c`]: 'static int x;\n' })
    folder.write({ 'odd $x/module.yaml': 'name: odd\nversion: "1"\nsources: "*.c"\ncflags: -w\n' })
    const ended = await folder.build('odd $x')
    expect(ended).toMatchObject({ status: 0 })
    expect(worked(ended)).toHaveLength(names.length + 2)
    expect(readdirSync(folder.path('odd $x'))).not.toContain('pwned')
  })
})
