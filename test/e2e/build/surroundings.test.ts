import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, readdirSync, rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newBuildFolder, outputFolder } from '../../support/build-folder.ts'
import { embeddedTestBase, hasProgram, testBase } from '../../support/machine.ts'
import { processesIn } from '../../support/processes-in.ts'
import { startE3 } from '../../support/run-e3.ts'

const arch = outputFolder.slice(4)
const dep = (pins: string): string => `# pins\n${pins}`

const folder = newBuildFolder({
  [`tree/low/1.0.0/lib/${arch}/low.dep`]: '',
  [`tree/low/2.0.0/lib/${arch}/low.dep`]: '',
  [`tree/left/1.0.0/lib/${arch}/left.dep`]: dep('low 1.0.0\n'),
  [`tree/right/1.0.0/lib/${arch}/right.dep`]: dep('low 2.0.0\n'),
  'tree/low/1.0.0/include/low.h': '#define LOW 1\n',
  'both/module.yaml': 'name: both\nversion: 1.0.0\nrequires: [left, right]\nsources: both.c\n',
  'both/both.c': 'int both;\n',
  'one/module.yaml': 'name: one\nversion: 1.0.0\nrequires: left\nsources: one.c\n',
  'one/one.c': '#include <low.h>\nint one = LOW;\n',
  'slow/module.yaml': 'name: slow\nversion: 1.0.0\nsources: "*.cpp"\n',
  'slow/a.cpp': 'int a;\n',
  'slow/b.cpp': 'int b;\n',
  'alone/module.yaml': 'name: alone\nversion: 1.0.0\nsources: a.c\n',
  'alone/a.c': 'int a;\n',
  'bin/waits': '#!/bin/sh\ngcc "$@"\nsleep "$SECONDS_TO_WAIT"\n',
  'bin/second': '#!/bin/sh\ng++ "$@"\ncase "$*" in *b.cpp) sleep "$SECONDS_TO_WAIT" ;; esac\n',
  'bin/slow': '#!/bin/sh\ng++ "$@"\nsleep 5\n',
})
afterAll(() => folder.remove())

/** The base that leaves the choice of the compiler to the environment. */
let own: { readonly EPICS_BASE?: string | undefined } = {}
beforeAll(async () => {
  own = { EPICS_BASE: await embeddedTestBase() }
})

describe.skipIf(!testBase())('what is around a build', () => {
  test('two modules that want different versions of a third stop it, with the explanation', async () => {
    const ended = await folder.build('both')
    expect(ended.status).toBe(1)
    expect(ended.stderr).toContain('error[VERSION_CONFLICT]')
    expect(ended.stderr).toContain('right 1.0.0 asks for low 2.0.0')
    expect(existsSync(folder.path(`both/${outputFolder}/objects`))).toBe(false)
  })

  test('headers of modules that are required by a required one are found, all are pinned', async () => {
    expect(await folder.build('one')).toMatchObject({ status: 0 })
    expect(folder.read(`one/${outputFolder}/stage/lib/${arch}/one.dep`)).toBe(
      '# Generated file. Do not edit.\nleft 1.0.0\nlow 1.0.0\n',
    )
  })

  test('ended in the middle: nothing half made stays, the next one goes on', async () => {
    chmodSync(folder.path('bin/slow'), 0o755)
    const env = {
      ...{ ...own, EPICS_DRIVER_PATH: folder.path('tree') },
      CXX: folder.path('bin/slow'),
    }
    const { process: e3, ended } = startE3(['build', 'slow', '-j', '1'], {
      ...{ cwd: folder.directory, env },
    })
    while (!existsSync(folder.path(`slow/${outputFolder}/objects/a.cpp.o`))) await sleep(20)
    e3.kill('SIGTERM')
    expect(await ended).toMatchObject({ signal: 'SIGTERM' })
    expect(objects('slow')).toEqual([])
    const again = await folder.build('slow')
    expect(again).toMatchObject({ status: 0 })
    expect(objects('slow')).toEqual(['a.cpp.o', 'b.cpp.o', 'libslow.so'])
  })

  test('ended in the middle: what is ready by then is not made again', async () => {
    chmodSync(folder.path('bin/second'), 0o755)
    const build = (seconds: string) =>
      startE3(['build', 'slow', '-j', '1', '--no-ccache'], {
        cwd: folder.directory,
        env: { ...own, CXX: folder.path('bin/second'), SECONDS_TO_WAIT: seconds },
      })
    rmSync(folder.path('slow/.e3'), { recursive: true, force: true })
    const { process: e3, ended } = build('9')
    while (!existsSync(folder.path(`slow/${outputFolder}/objects/b.cpp.o`))) await sleep(20)
    e3.kill('SIGTERM')
    expect(await ended).toMatchObject({ signal: 'SIGTERM' })
    expect(objects('slow')).toEqual(['a.cpp.o'])
    const { stderr, status } = await build('0').ended
    expect(stderr).not.toContain('compile a.cpp')
    expect(stderr).toContain('compile b.cpp')
    expect(status).toBe(0)
  })

  test('ended in its only command: as with many', async () => {
    chmodSync(folder.path('bin/waits'), 0o755)
    const build = (seconds: string) =>
      startE3(['build', 'alone', '--no-ccache'], {
        cwd: folder.directory,
        env: { ...own, CC: folder.path('bin/waits'), SECONDS_TO_WAIT: seconds },
      })
    expect(await build('0').ended).toMatchObject({ status: 0 })
    folder.write({ 'alone/a.c': 'int other;\n' })
    const object = folder.path(`alone/${outputFolder}/objects/a.c.o`)
    rmSync(object)
    const { process: e3, ended } = build('5')
    while (!existsSync(object)) await sleep(20)
    e3.kill('SIGTERM')
    expect(await ended).toMatchObject({ signal: 'SIGTERM' })
    await expect.poll(() => processesIn(folder.path('alone'))).toEqual([])
    expect(objects('alone')).not.toContain('a.c.o')
    expect(await build('0').ended).toMatchObject({
      status: 0,
      stderr: 'compile a.c\nlink libalone.so\n',
    })
  })

  test.skipIf(!hasProgram('ccache'))('a clean folder is compiled by the real ccache', async () => {
    const env = { CCACHE_DIR: folder.path('ccache'), CCACHE_NOHASHDIR: '1' }
    const build = (module: string) =>
      startE3(['build', module, '-l', 'tree'], { cwd: folder.directory, env }).ended
    folder.write({
      'copy/module.yaml': folder.read('one/module.yaml') ?? '',
      'copy/one.c': folder.read('one/one.c') ?? '',
    })
    for (const module of ['one', 'copy']) {
      rmSync(folder.path(`${module}/.e3`), { recursive: true, force: true })
      expect(await build(module)).toMatchObject({ status: 0 })
    }
    const counts = execFileSync('ccache', ['--print-stats'], { env: { ...process.env, ...env } })
    expect(String(counts)).toMatch(/^direct_cache_hit\t2$/m)
  })

  test('ccache is used where it is installed, and not with --no-ccache', async () => {
    folder.write({ 'bin/ccache': '#!/bin/sh\necho "$@" >> "$CCACHE_CALLS"\nexec "$@"\n' })
    chmodSync(folder.path('bin/ccache'), 0o755)
    const calls = folder.path('calls')
    const path = `${folder.path('bin')}:${process.env['PATH']}`
    const env = { ...own, PATH: path, CCACHE_CALLS: calls }
    const build = (...options: string[]) =>
      startE3(['build', 'one', '-l', 'tree', ...options], { cwd: folder.directory, env }).ended
    expect(await build('--no-ccache')).toMatchObject({ status: 0 })
    expect(folder.read('calls')).toBeUndefined()
    expect(await build()).toMatchObject({ status: 0 })
    expect(folder.read('calls')).toMatch(/^gcc .* one\.c$/m)
  })

  test.skipIf(process.getuid?.() !== 0)('a full disk is told', async () => {
    folder.write({ 'full/.keep': '' })
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'tmpfs', folder.path('full')])
    try {
      folder.write({
        'full/module.yaml': 'name: full\nversion: 1.0.0\nsources: "*.c"\n',
        'full/full.c': 'char full[100000] = {1};\n',
      })
      const ended = await folder.build('full')
      expect(ended.stderr).toMatch(/error\[FILE_UNWRITABLE\]: cannot write .*no space left/)
      expect(ended.status).toBe(3)
    } finally {
      execFileSync('umount', [folder.path('full')])
    }
  })

  test('no compiler, no make', async () => {
    const env = { ...own, PATH: folder.path('empty'), CC: undefined, CXX: undefined }
    folder.write({ 'empty/.keep': '' })
    execFileSync('ln', ['-s', process.execPath, folder.path('empty/node')])
    execFileSync('ln', ['-s', '/bin/sh', folder.path('empty/sh')])
    const { ended } = startE3(['build', 'one', '-l', 'tree'], { cwd: folder.directory, env })
    expect(await ended).toMatchObject({
      status: 3,
      stderr: expect.stringContaining('error[PREREQUISITE_MISSING]: a module cannot be compiled'),
    })
  })
})

function objects(module: string): string[] {
  const names = readdirSync(folder.path(`${module}/${outputFolder}/objects`))
  return names.filter((name) => /\.(o|so)$/.test(name)).sort()
}
