import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { machineArchitecture } from '../../src/host/base/architecture.ts'
import { readCompileFlags } from '../../src/host/base/flags.ts'
import { privateNetwork } from '../support/epics-network.ts'
import { embeddedTestBase } from '../support/machine.ts'

const root = mkdtempSync(join(tmpdir(), 'soft ioc-'))
const found = await embeddedTestBase()
const base = found ?? ''
const executable = join(base, 'bin', machineArchitecture(), 'softIocPVA')
const env = { ...process.env, ...(await privateNetwork()) }
const children: ChildProcess[] = []
let work = ''

beforeEach(() => {
  work = mkdtempSync(join(root, 'work-'))
})
afterAll(() => {
  for (const child of children) child.kill('SIGKILL')
  rmSync(root, { recursive: true })
})

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

describe.skipIf(found === undefined)('ioc', () => {
  test('the help and wrong options', () => {
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
  ])('exit status: %s', (_, lines, input, status) => {
    expect(runIoc([script('st.cmd', ...lines)], input).status).toBe(status)
  })

  test('what cannot be used ends the start with 2 and a message', () => {
    const failing = script('fails.cmd', 'on error break', 'nonsense')
    expect(runIoc([failing]).stderr).toContain(`Error: Error in ${failing}\n`)
    expect(runIoc(['nowhere.cmd'])).toMatchObject({ status: 2 })
    expect(runIoc(['-d', 'nowhere.db'])).toMatchObject({ status: 2 })
    expect(runIoc(['-D', 'nowhere.dbd'])).toMatchObject({ status: 2 })
    expect(runIoc(['-m', 'A=1', '-d', script('x.db'), '-D', 'late.dbd'])).toMatchObject({
      status: 2,
    })
  })

  test('-m, -d, -a, -x, -v, several scripts, blanks in names', () => {
    const records = script('my records.db', 'record(ai, "$(P)$(N)") { field(VAL, "$(V=1)") }')
    const security = script('my.acf', 'ASG($(G)) { RULE(1, READ) }')
    const { status, stdout, stderr } = runIoc([
      ...['-v', '-m', 'P=a:,N=one', '-d', records, '-m', 'P=b:,N=two,V=2', '-d', records],
      ...['-m', 'G=DEFAULT', '-a', security, '-x', 'my:ioc'],
      ...[script('first one.cmd', 'dbgf a:one'), script('second.cmd', 'dbgf b:two', 'dbl')],
    ])
    expect(stderr).not.toContain('ERROR')
    expect(status).toBe(0)
    expect(stdout).toMatch(/dbLoadRecords\(".*my records.db", "P=a:,N=one"\)[\s\S]*iocInit\(\)/)
    expect(stdout).toMatch(/DBF_DOUBLE: +1[\s\S]*DBF_DOUBLE: +2[\s\S]*\ba:one\b[\s\S]*my:ioc:exit/)
  })

  test.each([
    ['', 0, 0],
    ['', 7, 1],
    ['.A', 1, 1],
  ])('a put to <prefix>:exit%s of %d ends it with %d', (field, value, status) => {
    const file = script('st.cmd', `dbpf me:exit${field} ${value}`, 'epicsThreadSleep 5')
    expect(runIoc(['-S', '-x', 'me', file]).status).toBe(status)
  })

  test('QSRV serves a group, read here over PVA by a link', async () => {
    const records = script(
      'group.db',
      'record(ai, "g:a") { field(VAL, "42") info(Q:group, {"g": {"x": {+channel: "VAL"}}}) }',
      'record(ai, "reader") { field(INP, {pva: {pv: "g", field: "x", proc: "CP"}}) }',
    )
    const ioc = spawn(executable, ['-d', records], { env })
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
    const options = [
      '-shared',
      '-fPIC',
      '-w',
      ...(flags?.cppflags ?? []),
      ...(flags?.includes ?? []),
    ]
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
  ] as const)('%s runs the exit hooks and gives %d', async (signal, status) => {
    for (const args of [['-S'], []]) {
      const ioc = await startIoc([...args, scriptWithHook('iocInit', 'echo ready', 'nonsense')])
      await waitFor(() => ioc.log().includes('nonsense'))
      ioc.child.kill(signal)
      expect(await ioc.ended).toBe(status)
      expect(ioc.log()).toMatch(
        /ready\n[\s\S]*nonsense[\s\S]*not registered[\s\S]*the exit hook ran\n/,
      )
    }
  })

  test('^C at the prompt of a terminal throws the line away, not the IOC', () => {
    const steps = `
import os, pty, sys, time
pid, terminal = pty.fork()
if pid == 0: os.execv(sys.argv[1], sys.argv[1:])
def type(text):
    os.write(terminal, text)
    time.sleep(0.5)
time.sleep(0.5)
type(b"nonsense\\x03")
type(b"echo still\\n")
type(b"exit\\n")
print(os.read(terminal, 9999).decode())
print("status", os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
`
    const { stdout } = spawnSync('python3', ['-c', steps, executable], { env, encoding: 'utf8' })
    expect(stdout).toMatch(/^still\r?$/m)
    expect(stdout).not.toContain('not registered')
    expect(stdout).toContain('status 0')
  })

  test('a signal while the script works runs the exit hooks too', async () => {
    const ioc = await startIoc(['-S', scriptWithHook('echo ready', 'epicsThreadSleep 30')])
    const before = Date.now()
    ioc.child.kill('SIGTERM')
    expect(await ioc.ended).toBe(143)
    expect(ioc.log()).toContain('the exit hook ran')
    expect(Date.now() - before).toBeLessThan(3000)
  })

  test('a signal at any moment of the start ends it', async () => {
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

  test('ignored signals stay ignored, as with nohup', async () => {
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

  test('signals that its parent has blocked end it, too, as those of procServ', async () => {
    const block = 'import os, signal, sys; signal.pthread_sigmask(signal.SIG_BLOCK, {1, 2, 15})'
    const python = ['-c', `${block}; os.execv(sys.argv[1], sys.argv[1:])`, executable]
    // SIGINT is ignored until a program that `system` has started has ended.
    const asks = 'system "grep SigBlk /proc/self/status"'
    const file = script('st.cmd', 'iocInit', asks, 'echo ready')
    for (const [signal, status] of [
      ['SIGTERM', 143],
      ['SIGINT', 130],
      ['SIGHUP', 129],
    ] as const) {
      const child = spawn('python3', [...python, '-S', file], { env })
      children.push(child)
      let text = ''
      child.stdout.on('data', (data: Buffer) => {
        text += data.toString()
      })
      await waitFor(() => /^ready$/m.test(text))
      expect(text).toMatch(/^SigBlk:\s+0+$/m)
      child.kill(signal)
      expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(status)
    }
  })

  test('programs that `system` starts get their signals', () => {
    const { stdout } = runIoc([script('st.cmd', 'system "grep Sig /proc/self/status"')])
    const handled = 0x4003n // SIGTERM, SIGINT, SIGHUP
    for (const mask of ['SigBlk', 'SigIgn']) {
      const bits = new RegExp(`^${mask}:\\s+(\\w+)$`, 'm').exec(stdout)?.[1]
      expect(BigInt(`0x${bits}`) & handled).toBe(0n)
    }
  })

  test('-S stays when stdin ends and uses no CPU', async () => {
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

  test('a closed stdout does not end it', async () => {
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
})
