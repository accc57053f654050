import { spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { listCommand } from '../../src/cli/commands/base.ts'
import { machineArchitecture } from '../../src/host/base/architecture.ts'
import { pinnedBaseVersion } from '../../src/host/base/embedded.ts'
import { readCompileFlags } from '../../src/host/base/flags.ts'
import { installBase } from '../../src/host/base/install.ts'
import { inspectBase } from '../../src/host/base/locate.ts'
import { asAnyUser, testWheels } from '../support/machine.ts'

const root = mkdtempSync(join(tmpdir(), 'e3 base-'))
const arch = machineArchitecture()
const found = testWheels(join(root, 'wheels'))
const wheels = found ?? ''
let base = ''
let work = ''

beforeAll(async () => {
  if (found) base = (await install('first')).base?.directory ?? ''
})
beforeEach(() => {
  work = mkdtempSync(join(root, 'work-'))
})
afterAll(() => rmSync(root, { recursive: true }))

function install(home: string, options: { from?: string; force?: boolean } = {}) {
  const installEnv = { ...process.env, XDG_DATA_HOME: join(root, home) }
  return installBase({ from: wheels, env: installEnv, cwd: root, ...options })
}

/** Status of a softIocPVA that loads its definitions and ends. */
function tryOut(directory: string, ...options: string[]): number | null {
  const program = join(directory, 'bin', arch, 'softIocPVA')
  return spawnSync(program, [...options, '/dev/null'], { input: '' }).status
}

/** What `e3 base list` is asked. */
const listed = {
  ...{ env: { XDG_DATA_HOME: join(root, 'first') }, cwd: root },
  progress: () => {},
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

describe.skipIf(found === undefined)('base', () => {
  test('the layout is that of an EPICS base', () => {
    expect(readdirSync(base).sort()).toEqual(['bin', 'configure', 'db', 'dbd', 'include', 'lib'])
    const found = inspectBase({ directory: base, origin: 'embedded' }, {})
    expect(found.diagnostics).toEqual([])
    expect(found.value?.version.parts.slice(0, 3)).toEqual([7, 0, 10])
    const libraries = readdirSync(join(base, 'lib', arch), { withFileTypes: true })
    const short = libraries.filter(({ name }) => name.endsWith('.so'))
    expect(short.every((entry) => entry.isSymbolicLink())).toBe(true)
    expect(short).toHaveLength(libraries.length / 2)
  })

  test('nothing but the base stays behind', () => {
    expect(readdirSync(join(base, '..'))).toEqual([pinnedBaseVersion])
  })

  test('a module with the version headers compiles with its flags', () => {
    const flags = readCompileFlags(base)
    const source = join(work, 'm.cpp')
    const headers = ['libComVersion.h', 'caVersion.h', 'databaseVersion.h', 'dbAccess.h']
    const asserts = '#if LIBCOM_VERSION_INT < VERSION_INT(3,23,0,0)\n#error old\n#endif\n'
    writeFileSync(source, `${headers.map((name) => `#include <${name}>\n`).join('')}${asserts}`)
    const options = [
      '-shared',
      '-fPIC',
      '-w',
      ...(flags?.cppflags ?? []),
      ...(flags?.includes ?? []),
    ]
    const { status, stderr } = spawnSync('c++', [...options, '-o', join(work, 'm.so'), source])
    expect([status, String(stderr)]).toEqual([0, ''])
  })

  test('it may be moved', () => {
    const moved = join(work, 'a base elsewhere')
    cpSync(base, moved, { recursive: true, verbatimSymlinks: true })
    expect(tryOut(moved)).toBe(0)
  })

  test.each(['softIoc', 'softIocPVA'])('the generated %s.dbd needs no search path', (name) => {
    const dbd = join(base, 'dbd', `${name}.dbd`)
    expect(readFileSync(dbd, 'utf8')).not.toMatch(/^\s*include/m)
    expect(tryOut(base, '-D', dbd)).toBe(0)
  })

  test('install: a second time is quick, --force makes it again', async () => {
    const inode = (): number => statSync(base).ino
    const before = inode()
    expect(await install('first')).toMatchObject({ isNew: false, diagnostics: [] })
    expect(inode()).toBe(before)
    expect(await install('first', { force: true })).toMatchObject({ isNew: true, diagnostics: [] })
    expect(inode()).not.toBe(before)
    expect(readdirSync(join(base, '..'))).toEqual([pinnedBaseVersion])
  })

  test('install: an executable of another release is made again, IOCs that run keep theirs', async () => {
    const program = join(base, 'bin', arch, 'softIocPVA')
    const record = join(base, 'configure/e3-base.json')
    const text = readFileSync(record, 'utf8')
    const others = ['other', undefined].map((source) =>
      JSON.stringify({ ...JSON.parse(text), source }),
    )
    for (const other of others) {
      const before = statSync(program).ino
      const ioc = spawn(program, ['/dev/null'], { stdio: ['pipe', 'ignore', 'ignore'] })
      const ended = new Promise((resolve) => ioc.once('exit', resolve))
      await sleep(200)
      writeFileSync(record, other)
      expect(listCommand(listed).diagnostics).toMatchObject([{ code: 'BASE_OUTDATED' }])
      const env = { ...process.env, XDG_DATA_HOME: join(root, 'first') }
      const outcome = await installBase({ env, cwd: root })
      expect(outcome).toMatchObject({ isNew: false, isRenewed: true, diagnostics: [] })
      expect(listCommand(listed).diagnostics).toEqual([])
      expect(JSON.parse(readFileSync(record, 'utf8'))).toEqual(JSON.parse(text))
      expect(statSync(program).ino).not.toBe(before)
      expect(tryOut(base)).toBe(0)
      expect(readdirSync(join(base, '..'))).toEqual([pinnedBaseVersion])
      expect(ioc.exitCode).toBe(null)
      ioc.stdin.end('exit\n')
      expect(await ended).toBe(0)
    }
  })

  test('install: a compiler that fails leaves the executable of another release', async () => {
    const record = join(base, 'configure/e3-base.json')
    const text = readFileSync(record, 'utf8')
    writeFileSync(record, JSON.stringify({ ...JSON.parse(text), source: 'other' }))
    const env = { ...process.env, CXX: '/bin/echo', XDG_DATA_HOME: join(root, 'first') }
    const { diagnostics } = await installBase({ env, cwd: root })
    expect(diagnostics[0]?.code).toBe('BASE_BUILD_FAILED')
    expect(tryOut(base)).toBe(0)
    expect(readdirSync(join(base, '..'))).toEqual([pinnedBaseVersion])
    writeFileSync(record, text)
  })

  test.each(['dbd/softIocPVA.dbd', `bin/${arch}/softIocPVA`, `lib/${arch}`])(
    'install: a base without %s is made again',
    async (missing) => {
      rmSync(join(base, missing), { recursive: true })
      expect(listCommand(listed)).toMatchObject({
        ...{ diagnostics: [{ code: 'BASE_UNUSABLE' }], exitCode: 3 },
      })
      expect(await install('first')).toMatchObject({ isNew: true, diagnostics: [] })
      expect(listCommand(listed).diagnostics).toEqual([])
      expect(tryOut(base)).toBe(0)
      expect(readdirSync(join(base, '..'))).toEqual([pinnedBaseVersion])
    },
  )

  test('install: two at once leave one whole base', async () => {
    const outcomes = await Promise.all([install('both'), install('both')])
    expect(outcomes.map(({ isNew }) => isNew).sort()).toEqual([false, true])
    const places = join(root, 'both/e3/base')
    expect(readdirSync(places)).toEqual([pinnedBaseVersion])
    expect(tryOut(join(places, pinnedBaseVersion))).toBe(0)
  })

  test('install: a compiler that fails is shown, nothing is left', async () => {
    const home = join(root, 'failing')
    const { diagnostics } = await installBase({
      ...{ from: wheels, cwd: root },
      env: { ...process.env, CXX: '/bin/echo', XDG_DATA_HOME: home },
    })
    expect(diagnostics[0]?.code).toBe('BASE_BUILD_FAILED')
    expect(readdirSync(join(home, 'e3/base'))).toEqual([])
  })

  test('install: a wheel that is cut off is refused', async () => {
    const [name = ''] = readdirSync(wheels)
    const from = join(work, name)
    const whole = readFileSync(join(wheels, name))
    for (const length of [100, whole.length >> 1]) {
      writeFileSync(from, whole.subarray(0, length))
      const { diagnostics } = await install('cut', { from })
      expect(diagnostics[0]?.code).toBe('BASE_WHEEL_INVALID')
    }
    whole.fill(0, whole.length >> 1, (whole.length >> 1) + 5000)
    writeFileSync(from, whole)
    expect((await install('cut', { from })).diagnostics[0]?.code).toBe('BASE_WHEEL_INVALID')
  })

  test('install: what may not be read is no fault of its content', () => {
    const [name = ''] = readdirSync(wheels)
    cpSync(join(wheels, name), join(work, name))
    for (const closed of [join(work, name), work]) {
      chmodSync(closed, 0)
      const e3 = join(import.meta.dirname, '../../bin/e3')
      const [program = '', ...args] = [...asAnyUser, e3, 'base', 'install', '--from', closed]
      const { status, stderr } = spawnSync(program, args, {
        env: { ...process.env, XDG_DATA_HOME: join(root, 'closed') },
        encoding: 'utf8',
      })
      chmodSync(closed, 0o700)
      expect(stderr).toMatch(/^error\[FILE_UNREADABLE\]: .*permission denied/)
      expect(status).toBe(1)
    }
  })

  test.each(['SIGINT', 'SIGTERM'] as const)('install: %s leaves nothing', async (signal) => {
    const home = join(root, signal)
    const e3 = join(import.meta.dirname, '../../bin/e3')
    const child = spawn(e3, ['base', 'install', '--from', wheels], {
      ...{ env: { ...process.env, XDG_DATA_HOME: home }, stdio: ['ignore', 'ignore', 'pipe'] },
    })
    let told = ''
    const isAtWork = new Promise<void>((resolve) => {
      child.stderr.on('data', (text) => {
        told += text
        if (told.includes('compiling')) resolve()
      })
    })
    const ended = new Promise((resolve) => child.on('exit', (_code, by) => resolve(by)))
    await isAtWork
    child.kill(signal)
    expect(await ended).toBe(signal)
    expect(told).not.toContain('error')
    expect(readdirSync(join(home, 'e3/base'))).toEqual([])
  })

  test('install: killed at any moment it leaves a whole base or none', async () => {
    const home = join(root, 'killed')
    const places = join(home, 'e3/base')
    const code = `import(${JSON.stringify(join(import.meta.dirname, '../../src/host/base/install.ts'))})
    .then(({ installBase }) => installBase({ from: ${JSON.stringify(wheels)}, env: process.env, cwd: '/' }))`
    for (const delay of [600, 1000, 1400]) {
      const child = spawn(process.execPath, ['--import', 'tsx', '-e', code], {
        ...{ env: { ...process.env, XDG_DATA_HOME: home }, stdio: 'ignore' },
      })
      await sleep(delay)
      child.kill('SIGKILL')
      const finished = join(places, pinnedBaseVersion)
      if (existsSync(finished)) expect(tryOut(finished)).toBe(0)
    }
    await sleep(1500)
    expect((await install('killed', { force: true })).diagnostics).toEqual([])
    expect(readdirSync(places)).toEqual([pinnedBaseVersion])
  })

  test('install: what programs of a killed one still write is gone, too', async () => {
    const places = join(root, 'written', 'e3/base')
    const dead = spawnSync('true').pid
    const left = join(places, `.staging-${hostname()}-${dead}-1`)
    mkdirSync(left, { recursive: true })
    const once = `mkdir -p "$1/wheel" && touch "$1/wheel/$i"; sleep 0.01`
    const writing = `i=0; while [ $i -lt 50 ]; do i=$((i + 1)); ${once}; done`
    const writer = spawn('sh', ['-c', writing, 'sh', left], { stdio: 'ignore' })
    expect((await install('written')).diagnostics).toEqual([])
    expect(writer.exitCode).toBe(0)
    expect(readdirSync(places)).toEqual([pinnedBaseVersion])
  })
})
