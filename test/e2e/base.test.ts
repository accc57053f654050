import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { machineArchitecture } from '../../src/host/base/architecture.ts'
import { pinnedBaseVersion } from '../../src/host/base/embedded.ts'
import { readCompileFlags } from '../../src/host/base/flags.ts'
import { installBase } from '../../src/host/base/install.ts'
import { inspectBase } from '../../src/host/base/locate.ts'

const root = mkdtempSync(join(tmpdir(), 'e3 base-'))
const arch = machineArchitecture()
const wheels = join(root, 'wheels')
const children: ChildProcess[] = []
let base = ''
let executable = ''
let env: NodeJS.ProcessEnv = {}
let work = ''

beforeAll(async () => {
  const pip = ['-m', 'pip', 'download', '-q', '--no-deps', '--only-binary', ':all:', '-d', wheels]
  const { status, stderr } = spawnSync('python3', [...pip, `epicscorelibs==${pinnedBaseVersion}`])
  expect(status, String(stderr)).toBe(0)
  base = (await install('first')).base?.directory ?? ''
  executable = join(base, 'bin', arch, 'softIocPVA')
  const [ca, pva, broadcast] = await Promise.all([freePort(), freePort(), freePort()])
  env = {
    ...process.env,
    ...{ EPICS_CA_AUTO_ADDR_LIST: 'NO', EPICS_CAS_INTF_ADDR_LIST: '127.0.0.1' },
    ...{ EPICS_PVAS_INTF_ADDR_LIST: '127.0.0.1', EPICS_CA_SERVER_PORT: String(ca) },
    ...{ EPICS_PVA_SERVER_PORT: String(pva), EPICS_PVA_BROADCAST_PORT: String(broadcast) },
  }
})
beforeEach(() => {
  work = mkdtempSync(join(root, 'work-'))
})
afterAll(() => {
  for (const child of children) child.kill('SIGKILL')
  rmSync(root, { recursive: true })
})

function install(home: string, options: { from?: string; force?: boolean } = {}) {
  const installEnv = { ...process.env, XDG_DATA_HOME: join(root, home) }
  return installBase({ from: wheels, env: installEnv, cwd: root, ...options })
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

function script(name: string, ...lines: string[]): string {
  const path = join(work, name)
  writeFileSync(path, `${lines.join('\n')}\n`)
  return path
}

/** Runs the IOC to its end with this text on stdin. */
function runIoc(args: readonly string[], input = '') {
  const { status, stdout, stderr } = spawnSync(executable, args, {
    ...{ env, input, cwd: work, timeout: 20_000, encoding: 'utf8' },
  })
  return { status, stdout, stderr }
}

interface RunningIoc {
  readonly child: ChildProcess
  readonly log: () => string
  readonly ended: Promise<number>
}

/** Starts the IOC with stdout and stderr in one file, until `ready` is in it. */
async function startIoc(args: readonly string[], ready = 'ready'): Promise<RunningIoc> {
  const path = join(work, 'log')
  const file = openSync(path, 'w')
  const child = spawn(executable, args, { env, cwd: work, stdio: ['pipe', file, file] })
  children.push(child)
  const ended = new Promise<number>((resolve) =>
    child.once('exit', (code, signal) => resolve(signal ? -1 : (code ?? -1))),
  )
  const log = (): string => readFileSync(path, 'utf8')
  await waitFor(() => log().includes(ready))
  return { child, log, ended }
}

async function waitFor(isTrue: () => boolean): Promise<void> {
  for (let tries = 0; !isTrue(); tries++) {
    if (tries > 400) throw new Error('waited in vain')
    await sleep(25)
  }
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

test('base: the layout is that of an EPICS base', () => {
  expect(readdirSync(base).sort()).toEqual(['bin', 'configure', 'db', 'dbd', 'include', 'lib'])
  const found = inspectBase({ directory: base, origin: 'embedded' }, {})
  expect(found.diagnostics).toEqual([])
  expect(found.value?.version.parts.slice(0, 3)).toEqual([7, 0, 10])
  const libraries = readdirSync(join(base, 'lib', arch), { withFileTypes: true })
  const short = libraries.filter(({ name }) => name.endsWith('.so'))
  expect(short.every((entry) => entry.isSymbolicLink())).toBe(true)
  expect(short).toHaveLength(libraries.length / 2)
})

test('base: nothing but the base stays behind', () => {
  expect(readdirSync(join(base, '..'))).toEqual([pinnedBaseVersion])
})

test('base: a module with the version headers compiles with its flags', () => {
  const flags = readCompileFlags(base)
  const source = join(work, 'm.cpp')
  const headers = ['libComVersion.h', 'caVersion.h', 'databaseVersion.h', 'dbAccess.h']
  const asserts = '#if LIBCOM_VERSION_INT < VERSION_INT(3,23,0,0)\n#error old\n#endif\n'
  writeFileSync(source, `${headers.map((name) => `#include <${name}>\n`).join('')}${asserts}`)
  const options = ['-shared', '-fPIC', '-w', ...(flags?.cppflags ?? []), ...(flags?.includes ?? [])]
  const { status, stderr } = spawnSync('c++', [...options, '-o', join(work, 'm.so'), source])
  expect([status, String(stderr)]).toEqual([0, ''])
})

test('base: it may be moved', () => {
  const moved = join(work, 'a base elsewhere')
  cpSync(base, moved, { recursive: true, verbatimSymlinks: true })
  const { status } = spawnSync(join(moved, 'bin', arch, 'softIocPVA'), ['/dev/null'], { env })
  expect(status).toBe(0)
})

test('base: the generated definitions load without a search path', () => {
  const lines = ['dlload', 'system', 'dbLoadRecords'].map((name) => `help ${name}`)
  const { status, stdout } = runIoc([
    '-D',
    join(base, 'dbd/softIocPVA.dbd'),
    script('a.cmd', ...lines),
  ])
  expect(status).toBe(0)
  expect(stdout).toMatch(/dlload/)
  expect(runIoc(['-D', join(base, 'dbd/softIoc.dbd'), '/dev/null']).status).toBe(0)
})

test('ioc: the help and wrong options', () => {
  expect(runIoc(['-h'])).toMatchObject({ status: 0, stderr: '' })
  expect(runIoc(['-h']).stdout).toContain(join(base, 'dbd/softIocPVA.dbd'))
  expect(runIoc(['-q']).status).toBe(1)
  expect(runIoc(['-S'])).toMatchObject({ status: 1, stderr: 'Nothing to do!\n' })
})

test.each([
  ['an empty script, end of stdin', [], '', 0],
  ['exit at the prompt', [], 'exit\n', 0],
  ['exit ends the script only', ['exit', 'nonsense'], 'exit\n', 0],
  ['an error without `on error`', ['nonsense'], '', 0],
  ['an error after `on error break`', ['on error break', 'nonsense'], '', 2],
])('ioc: exit status: %s', (_, lines, input, status) => {
  expect(runIoc([script('st.cmd', ...lines)], input).status).toBe(status)
})

test('ioc: what cannot be used ends the start with 2 and a message', () => {
  const failing = script('fails.cmd', 'on error break', 'nonsense')
  expect(runIoc([failing]).stderr).toContain(`Error: Error in ${failing}\n`)
  expect(runIoc(['nowhere.cmd'])).toMatchObject({ status: 2 })
  expect(runIoc(['-d', 'nowhere.db'])).toMatchObject({ status: 2 })
  expect(runIoc(['-D', 'nowhere.dbd'])).toMatchObject({ status: 2 })
  expect(runIoc(['-m', 'A=1', '-d', script('x.db'), '-D', 'late.dbd'])).toMatchObject({ status: 2 })
})

test('ioc: -m, -d, -a, -x, -v, several scripts, blanks in names', () => {
  const records = script('my records.db', 'record(ai, "$(P)$(N)") { field(VAL, "$(V=1)") }')
  const security = script('my.acf', 'ASG($(G)) { RULE(1, READ) }')
  const { status, stdout, stderr } = runIoc([
    ...['-v', '-m', 'P=a:,N=one', '-d', records, '-m', 'P=b:,N=two,V=2', '-d', records],
    ...['-m', 'G=DEFAULT', '-a', security, '-x', 'my:ioc'],
    ...[script('first one.cmd', 'dbgf a:one'), script('second.cmd', 'dbgf b:two', 'dbl')],
  ])
  expect(stderr).not.toContain('ERROR')
  expect(status).toBe(0)
  expect(stdout).toMatch(/dbLoadRecords\(".*my records.db", "P=a:,N=one"\)[^]*iocInit\(\)/)
  expect(stdout).toMatch(/DBF_DOUBLE: +1[^]*DBF_DOUBLE: +2[^]*\ba:one\b[^]*my:ioc:exit/)
})

test.each([
  ['', 0, 0],
  ['', 7, 1],
  ['.A', 1, 1],
])('ioc: a put to <prefix>:exit%s of %d ends it with %d', (field, value, status) => {
  const file = script('st.cmd', `dbpf me:exit${field} ${value}`, 'epicsThreadSleep 5')
  expect(runIoc(['-S', '-x', 'me', file]).status).toBe(status)
})

test('ioc: QSRV serves a group, read here over PVA by a link', async () => {
  const records = script(
    'group.db',
    'record(ai, "g:a") { field(VAL, "42") info(Q:group, {"g": {"x": {+channel: "VAL"}}}) }',
    'record(ai, "reader") { field(INP, {pva: {pv: "g", field: "x", proc: "CP"}}) }',
  )
  const loopback = { EPICS_PVA_ADDR_LIST: '127.0.0.1', EPICS_PVA_AUTO_ADDR_LIST: 'NO' }
  const ioc = spawn(executable, ['-d', records], { env: { ...env, ...loopback } })
  children.push(ioc)
  let output = ''
  ioc.stdout.on('data', (text) => {
    output += text
  })
  const asking = setInterval(() => ioc.stdin.write('dbgf reader\n'), 200)
  await waitFor(() => /DBF_DOUBLE: +42\b/.test(output)).finally(() => clearInterval(asking))
  ioc.stdin.end()
  expect(await new Promise((resolve) => ioc.once('exit', resolve))).toBe(0)
})

const hooks = `
#include <stdio.h>
#include <epicsExit.h>
#include <epicsExport.h>
static void bye(void *) { printf("the exit hook ran\\n"); }
static void hooksRegister() { epicsAtExit(bye, 0); }
extern "C" { epicsExportRegistrar(hooksRegister); }
`

/** A script that loads a module with an exit hook. */
function scriptWithHook(...lines: string[]): string {
  const flags = readCompileFlags(base)
  const source = join(work, 'hooks.cpp')
  const library = join(work, 'libhooks.so')
  writeFileSync(source, hooks)
  const options = ['-shared', '-fPIC', '-w', ...(flags?.cppflags ?? []), ...(flags?.includes ?? [])]
  expect(spawnSync('c++', [...options, '-o', library, source]).status).toBe(0)
  script('hooks.dbd', 'registrar(hooksRegister)')
  return script(
    'st.cmd',
    ...[`dlload '${library}'`, `dbLoadDatabase '${join(work, 'hooks.dbd')}'`],
    ...['registerAllRecordDeviceDrivers pdbbase', ...lines],
  )
}

test.each([
  ['SIGTERM', 143],
  ['SIGINT', 130],
  ['SIGHUP', 129],
] as const)('ioc: %s runs the exit hooks and gives %d', async (signal, status) => {
  for (const args of [['-S'], []]) {
    const ioc = await startIoc([...args, scriptWithHook('iocInit', 'echo ready', 'nonsense')])
    await waitFor(() => ioc.log().includes('nonsense'))
    ioc.child.kill(signal)
    expect(await ioc.ended).toBe(status)
    expect(ioc.log()).toMatch(/ready\n[^]*nonsense[^]*not registered[^]*the exit hook ran\n/)
  }
})

test('ioc: a signal while the script works runs the exit hooks too', async () => {
  const ioc = await startIoc(['-S', scriptWithHook('echo ready', 'epicsThreadSleep 30')])
  const before = Date.now()
  ioc.child.kill('SIGTERM')
  expect(await ioc.ended).toBe(143)
  expect(ioc.log()).toContain('the exit hook ran')
  expect(Date.now() - before).toBeLessThan(3000)
})

test('ioc: a signal at any moment of the start ends it', async () => {
  const file = script('st.cmd', 'iocInit', 'echo started')
  const statuses = new Set<number | string | null>()
  for (let delay = 5; delay < 700; delay += 40) {
    const child = spawn(executable, ['-S', file], { env, stdio: 'ignore' })
    children.push(child)
    await sleep(delay)
    child.kill('SIGTERM')
    statuses.add(
      await new Promise((resolve) => child.once('exit', (code, by) => resolve(code ?? by))),
    )
  }
  // Before main has started nothing can be caught.
  expect([...statuses].filter((status) => status !== 'SIGTERM')).toEqual([143])
})

test('ioc: ignored signals stay ignored, as with nohup', async () => {
  const file = script('st.cmd', 'iocInit', 'echo ready')
  const log = openSync(join(work, 'log'), 'w')
  const command = `trap '' HUP; exec '${executable}' -S '${file}'`
  const child = spawn('sh', ['-c', command], { env, stdio: ['ignore', log, log] })
  children.push(child)
  await waitFor(() => readFileSync(join(work, 'log'), 'utf8').includes('ready'))
  child.kill('SIGHUP')
  await sleep(500)
  expect(child.exitCode).toBeNull()
  child.kill('SIGTERM')
  expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(143)
})

test('ioc: programs that `system` starts get their signals', () => {
  const { stdout } = runIoc([script('st.cmd', 'system "grep Sig /proc/self/status"')])
  const handled = 0x4003n // SIGTERM, SIGINT, SIGHUP
  for (const mask of ['SigBlk', 'SigIgn']) {
    const bits = new RegExp(`^${mask}:\\s+(\\w+)$`, 'm').exec(stdout)?.[1]
    expect(BigInt(`0x${bits}`) & handled).toBe(0n)
  }
})

test('ioc: -S stays when stdin ends and uses no CPU', async () => {
  const ioc = await startIoc(['-S', script('st.cmd', 'iocInit', 'echo ready')])
  ioc.child.stdin?.end()
  await sleep(300)
  const before = cpuTicks(ioc.child.pid)
  await sleep(2000)
  expect(cpuTicks(ioc.child.pid) - before).toBeLessThanOrEqual(3)
  ioc.child.kill('SIGTERM')
  expect(await ioc.ended).toBe(143)
})

/** User and system time, in ticks of 10 ms (proc(5)). */
function cpuTicks(pid: number | undefined): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return Number(fields[11]) + Number(fields[12])
}

test('ioc: a closed stdout does not end it', async () => {
  const ioc = spawn(executable, [script('st.cmd', 'iocInit')], {
    env,
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  children.push(ioc)
  await new Promise((resolve) => ioc.stdout.once('data', resolve))
  ioc.stdout.destroy()
  ioc.stdin.write('dbl\nhelp\ndbl\n')
  await sleep(1000)
  expect(ioc.exitCode ?? ioc.signalCode).toBeNull()
  ioc.stdin.end()
  expect(await new Promise((resolve) => ioc.once('exit', resolve))).toBe(0)
})

test('install: a second time is quick, --force makes it again', async () => {
  const inode = (): number => statSync(executable).ino
  const before = inode()
  expect(await install('first')).toMatchObject({ isNew: false, diagnostics: [] })
  expect(inode()).toBe(before)
  expect(await install('first', { force: true })).toMatchObject({ isNew: true, diagnostics: [] })
  expect(inode()).not.toBe(before)
  expect(readdirSync(join(base, '..'))).toEqual([pinnedBaseVersion])
})

test('install: two at once leave one whole base', async () => {
  const outcomes = await Promise.all([install('both'), install('both')])
  expect(outcomes.map(({ isNew }) => isNew).sort()).toEqual([false, true])
  const places = join(root, 'both/e3/base')
  expect(readdirSync(places)).toEqual([pinnedBaseVersion])
  const softIoc = join(places, pinnedBaseVersion, 'bin', arch, 'softIocPVA')
  expect(spawnSync(softIoc, ['/dev/null'], { env }).status).toBe(0)
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

test('install: killed at any moment it leaves a whole base or none', async () => {
  const home = join(root, 'killed')
  const places = join(home, 'e3/base')
  const code = `import(${JSON.stringify(join(import.meta.dirname, '../../src/host/base/install.ts'))})
    .then(({ installBase }) => installBase({ from: ${JSON.stringify(wheels)}, env: process.env, cwd: '/' }))`
  for (const delay of [600, 1000, 1400]) {
    const child = spawn(process.execPath, ['--import', 'tsx', '-e', code], {
      ...{ env: { ...process.env, XDG_DATA_HOME: home }, stdio: 'ignore' },
    })
    children.push(child)
    await sleep(delay)
    child.kill('SIGKILL')
    const finished = join(places, pinnedBaseVersion)
    if (existsSync(finished)) {
      expect(
        spawnSync(join(finished, 'bin', arch, 'softIocPVA'), ['/dev/null'], { env }).status,
      ).toBe(0)
    }
  }
  await sleep(1500)
  expect((await install('killed', { force: true })).diagnostics).toEqual([])
  expect(readdirSync(places)).toEqual([pinnedBaseVersion])
})
