import { execFileSync, spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { newBuildFolder, outputFolder } from '../../support/build-folder.ts'
import { repository, testBase } from '../../support/machine.ts'
import { demoSources, smallWrapper, sourcesIn } from '../../support/small-wrapper.ts'
import { withIoc } from '../../support/with-ioc.ts'

const folder = newBuildFolder({
  ...{ ...smallWrapper('e3-demo'), ...sourcesIn('e3-demo/demo-src') },
})
afterAll(() => folder.remove())
const stage = `e3-demo/${outputFolder}/stage`
const list = (path: string): string[] => readdirSync(folder.path(path)).sort()

describe.skipIf(!testBase())('e3 build in an e3 wrapper', () => {
  test('makes a module of it, and changes nothing that is there', async () => {
    const before = list('e3-demo/demo-src')
    const ended = await folder.build('e3-demo')
    expect(ended).toMatchObject({ status: 0 })
    expect(ended.stdout).toContain('built demo 1.2.0 for ')
    expect(list('e3-demo/demo-src')).toEqual(before)
    expect(list(stage)).toEqual(['db', 'dbd', 'demo.iocsh', 'demo_meta.yaml', 'include', 'lib'])
    expect(list(`${stage}/db`)).toEqual(['demo.template', 'two.db'])
    expect(list(`${stage}/include`)).toEqual(['demo.h', 'demoRecord.h'])
    expect(folder.read(`${stage}/dbd/demo.dbd`)).toContain('demoLimit')
    expect((await folder.build('e3-demo')).stdout).toContain('is up to date')
    folder.install('e3-demo')
  })

  test('an IOC has its record type, its variable and its databases', async () => {
    folder.write({
      'st.cmd':
        'require demo\niocshLoad("$(demo_DIR)demo.iocsh", "P=T:")\ndbLoadRecords("$(demo_DB)two.db")\niocInit\n',
    })
    await withIoc(['-l', folder.path('tree'), folder.path('st.cmd')], {}, async (ioc) => {
      for (const line of ['dbpf T:Demo.PROC 1', 'dbgf T:Demo', 'var demoLimit', 'dbl']) {
        ioc.command(line)
      }
      await ioc.waitFor('DBF_LONG:           5 = 0x5')
      await ioc.waitFor('demoLimit = 7')
      await ioc.waitFor('B:Demo')
    })
  })

  test('*.local files and other settings count', async () => {
    folder.write({
      'e3-demo/configure/CONFIG_MODULE.local': 'E3_MODULE_VERSION:=1.2.1\n',
      'e3-demo/configure/CONFIG_OPTIONS.local': 'WITH_EXTRA:=NO\n',
    })
    const ended = await folder.build('e3-demo')
    expect(ended.stdout).toContain('built demo 1.2.1 for ')
    expect(ended.stderr).not.toContain('generated.c')
    folder.write({
      'e3-demo/configure/CONFIG_MODULE.local': null,
      'e3-demo/configure/CONFIG_OPTIONS.local': null,
    })
  })

  test('--dev takes RELEASE_DEV and CONFIG_MODULE_DEV', async () => {
    expect((await folder.build('e3-demo', '--dev')).stderr).toContain('SOURCES_MISSING')
    folder.write(sourcesIn('e3-demo/demo-dev'))
    expect((await folder.build('e3-demo', '--dev')).stdout).toContain('built demo develop for ')
  })

  test('patches change a copy of the sources', async () => {
    const patch = [
      '--- demoApp/src/linux/system.c',
      '+++ demoApp/src/linux/system.c',
      '@@ -1,2 +1,2 @@',
      ' #include "../demo.h"',
      '-int demoStep(void) { return 5; }',
      '+int demoStep(void) { return six; }',
      '',
    ].join('\n')
    folder.write({ 'e3-demo/patch/Site/1.2.0-six.p0.patch': patch })
    for (const _ of ['once', 'again']) {
      const { stderr } = await folder.build('e3-demo')
      expect(stderr).toMatch(/source\/demo-src\/.*system\.c:2:\d+: error\[COMPILE_ERROR\]/)
    }
    expect(folder.read('e3-demo/demo-src/demoApp/src/linux/system.c')).toContain('return 5')
    folder.write({ 'e3-demo/patch/Site/1.2.0-six.p0.patch': patch.replace('return 5', 'return 4') })
    expect((await folder.build('e3-demo')).stderr).toContain('error[PATCH_FAILED]')
    folder.write({ 'e3-demo/patch/Site/1.2.0-six.p0.patch': null })
    expect(await folder.build('e3-demo')).toMatchObject({ status: 0 })
  })
})

describe.skipIf(!testBase())('targets inside of a wrapper', () => {
  const local = `override E3_REQUIRE_LOCATION := ${join(repository, 'templates/require')}\n`
  const make = (...args: string[]) =>
    spawnSync('make', args, {
      cwd: folder.path('targets/e3-same'),
      env: { ...process.env, EPICS_BASE: '', E3_SITEMODS_PATH: folder.path('targets/tree') },
      encoding: 'utf8',
    })

  test('build, install, existent, uninstall, clean; failures are failures of make', () => {
    const makefile = 'include $(E3_REQUIRE_TOOLS)/driver.makefile\nSOURCES = a.c\n'
    folder.write({
      ...smallWrapper('targets/e3-same', 'same', makefile),
      'targets/e3-same/same-src/a.c': 'int same = 1;\n',
      'targets/tree/.keep': '',
      'targets/RELEASE.local': local,
    })
    expect(make('vars').stdout).toContain('E3_MODULE_NAME = same\n')
    expect(make('build').stdout).toContain('built same 1.2.0')
    expect(make('install').stdout).toContain('installed same 1.2.0')
    expect(make('existent').stdout).toContain('1.2.0')
    expect(make('existent', 'LEVEL=3').stdout).toContain('same/1.2.0\n  lib/\n')
    expect(make('existent', 'LEVEL=$(shell id)').status).toBe(2)
    expect(make('uninstall')).toMatchObject({ status: 0 })
    expect(make('uninstall').status).not.toBe(0)
    expect(make('clean')).toMatchObject({ status: 0 })
    expect(list('targets/e3-same')).not.toContain('.e3')
    folder.write({ 'targets/e3-same/same-src/a.c': 'wrong\n' })
    expect(make('build').status).not.toBe(0)
  })

  test('init fetches the tag, and says so if there is none; devinit clones', () => {
    const cwd = folder.path('targets/e3-same/same-src')
    const git = (...args: string[]) => {
      execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@y', ...args], { cwd })
    }
    git('init', '-q')
    git('add', '.')
    git('commit', '-qm', 'one')
    git('tag', 'R1')
    git('commit', '-qm', 'two', '--allow-empty')
    execFileSync('git', ['init', '-q'], { cwd: folder.path('targets/e3-same') })
    const tagged = (tag: string) =>
      folder.write({
        'targets/e3-same/configure/CONFIG_MODULE.local': `EPICS_MODULE_TAG:=${tag}\n`,
      })
    tagged('R1')
    expect(make('init')).toMatchObject({ status: 0 })
    expect(execFileSync('git', ['tag', '--points-at', 'HEAD'], { cwd, encoding: 'utf8' })).toBe(
      'R1\n',
    )
    folder.write({
      'targets/RELEASE_DEV.local': local,
      'targets/e3-same/same-src/a.c': 'int same = 2;\n',
      'targets/e3-same/configure/CONFIG_MODULE_DEV.local': `E3_MODULE_DEV_GITURL:="${cwd}"\nEPICS_MODULE_TAG:=R1\n`,
    })
    git('commit', '-qam', 'three')
    git('tag', '-f', 'R1')
    expect(make('devbuild').stderr).toMatch(/CONFIG_MODULE_DEV:4:1: error\[SOURCES_MISSING\]/)
    for (const _ of ['once', 'again']) expect(make('devinit')).toMatchObject({ status: 0 })
    expect(folder.read('targets/e3-same/same-dev/a.c')).toBe('int same = 2;\n')
    expect(make('devbuild').stdout).toContain('built same develop for ')
    expect(make('devdep').stdout).toContain('# Generated file. Do not edit.\n')
    expect(make('devvers').stdout).toContain('E3_MODULE_VERSION = develop\n')
    expect(make('debug').stdout).toContain('WITH_EXTRA = YES\n')
    tagged('$$(touch hacked);touch hacked')
    const wrong = make('init')
    expect(wrong.status).not.toBe(0)
    expect(wrong.stderr).toContain('there is no $(touch hacked);touch hacked in same-src')
    expect(list('targets/e3-same')).not.toContain('hacked')
  })
})

describe.skipIf(!testBase())('mistakes in wrappers', () => {
  const makefile = (text: string) => ({
    'e3-demo/demo.Makefile': `include $(E3_REQUIRE_TOOLS)/driver.makefile\n${text}`,
  })

  test.each([
    ['MAKEFILE_ERROR', 'SOURCES a.c\n', /demo\.Makefile:2:1: error.*missing separator/],
    ['MAKEFILE_ERROR', '$(error no way)\n', /demo\.Makefile:2:1: error.*no way/],
    ['MAKEFILE_RULE', 'SOURCES = x.c\nx.c:\n\tno-such-tool > $@\n', /demo\.Makefile:4:\d+: error/],
    ['FILE_NOT_FOUND', 'SOURCES = y.c\n', /demo\.Makefile:2:1: error.*there is no file y\.c/],
    ['MAKEFILE_REQUIRES', 'pcre_VERSION = 8.0.0\n', /demo\.Makefile:2:1: warning/],
    ['MODULE_NOT_FOUND', 'REQUIRED = nothere\n', /demo\.Makefile:2:1: error/],
  ])('%s: %j', async (code, text, expected) => {
    folder.write(makefile(text))
    const { stderr, status } = await folder.build('e3-demo')
    expect(stderr).toContain(`[${code}]`)
    expect(stderr).toMatch(expected)
    expect(status).toBe(stderr.includes('error[') ? 1 : 0)
  })

  test('names are no commands', async () => {
    const evil = '$(touch hacked);`touch hacked`.c'
    folder.write(makefile(`SOURCES = ${evil.replaceAll('$', '$$$$')}\n`))
    expect((await folder.build('e3-demo')).status).toBe(1)
    expect(list('e3-demo')).not.toContain('hacked')
    expect(list('e3-demo/demo-src')).not.toContain('hacked')
  })

  test('SOURCES_MISSING names the command that fetches a submodule', async () => {
    folder.write({
      ...smallWrapper('e3-empty'),
      'e3-empty/demo-src/.keep': '',
      'e3-empty/.gitmodules': '[submodule "demo-src"]\n\tpath = demo-src\n',
    })
    folder.write({ 'e3-empty/demo-src/.keep': null })
    const { stderr, status } = await folder.build('e3-empty')
    expect(status).toBe(1)
    expect(stderr).toMatch(/CONFIG_MODULE:4:1: error\[SOURCES_MISSING\]: .* is empty/)
    expect(stderr).toMatch(/help: git -C \S+e3-empty submodule update --init demo-src/)
  })

  test('MAKEFILE_PLACE: a path with a blank', async () => {
    folder.write(smallWrapper('my modules/e3-demo'))
    folder.write(sourcesIn('my modules/e3-demo/demo-src'))
    const { stderr, status } = await folder.build('my modules/e3-demo')
    expect(status).toBe(1)
    expect(stderr).toContain('error[MAKEFILE_PLACE]')
  })
})

describe.skipIf(!testBase())('a makefile among its sources, as at PSI', () => {
  test('five lines: what lies in the folder, the version of a tag of git', async () => {
    folder.write({
      'plain/Makefile': 'include /ioc/tools/driver.makefile\n\nBUILDCLASSES = Linux\n',
      'plain/plain.c': 'int plainValue = 1;\n',
      'plain/plain.dbd': 'variable(plainValue, int)\n',
      'plain/plain.template': demoSources['demoApp/Db/demo.template'] ?? '',
      'plain/plain.cmd': 'iocInit\n',
    })
    folder.write({
      'plain/plain.c':
        '#include <epicsExport.h>\nint plainValue = 1;\nepicsExportAddress(int, plainValue);\n',
    })
    expect((await folder.build('plain')).stdout).toContain('built plain test for ')
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@y', ...args], {
        cwd: folder.path('plain'),
      })
    git('init', '-q')
    git('add', '.')
    git('commit', '-qm', 'x')
    git('tag', 'plain_2_3')
    const ended = await folder.build('plain')
    expect(ended.stdout).toContain('built plain 2.3.0 for ')
    expect(list(`plain/${outputFolder}/stage`)).toEqual([
      ...['db', 'dbd', 'lib', 'plain.cmd', 'plain_meta.yaml'],
    ])
  })
})
