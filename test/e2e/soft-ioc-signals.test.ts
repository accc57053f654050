import { spawn, spawnSync } from 'node:child_process'
import { existsSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readCompileFlags } from '../../src/host/base/flags.ts'
import { sleep, softIocBench, waitFor } from '../support/soft-ioc.ts'

const ioc = await softIocBench()
const base = ioc.base ?? ''

describe.skipIf(ioc.base === undefined)('ioc', () => {
  const hooks = `
#include <stdio.h>
#include <epicsExit.h>
#include <epicsExport.h>
#include <epicsThread.h>
#include <iocsh.h>
static bool hangs;
static void bye(void *) { printf("the exit hook ran\\n"); if (hangs) epicsThreadSleep(60.0); }
static const iocshFuncDef hangDef = {"hang", 0, NULL};
static void hang(const iocshArgBuf *) { hangs = true; }
static void hooksRegister() { epicsAtExit(bye, 0); iocshRegister(&hangDef, hang); }
extern "C" { epicsExportRegistrar(hooksRegister); }
`

  /** A script that loads a module with an exit hook. */
  function scriptWithHook(...lines: string[]): string {
    const flags = readCompileFlags(base)
    const source = join(ioc.work(), 'hooks.cpp')
    const library = join(ioc.work(), 'libhooks.so')
    writeFileSync(source, hooks)
    const options = [
      '-shared',
      '-fPIC',
      '-w',
      ...(flags?.cppflags ?? []),
      ...(flags?.includes ?? []),
    ]
    expect(spawnSync('c++', [...options, '-o', library, source]).status).toBe(0)
    ioc.script('hooks.dbd', 'registrar(hooksRegister)')
    return ioc.script(
      'st.cmd',
      ...[`dlload '${library}'`, `dbLoadDatabase '${join(ioc.work(), 'hooks.dbd')}'`],
      ...['registerAllRecordDeviceDrivers pdbbase', ...lines],
    )
  }

  test.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
    ['SIGHUP', 129],
  ] as const)('%s runs the exit hooks and gives %d', async (signal, status) => {
    for (const args of [['-S'], []]) {
      const started = await ioc.start([
        ...args,
        scriptWithHook('iocInit', 'echo ready', 'nonsense'),
      ])
      await waitFor(() => started.log().includes('nonsense'))
      started.child.kill(signal)
      expect(await started.ended).toBe(status)
      expect(started.log()).toMatch(
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
    const { stdout } = spawnSync('python3', ['-c', steps, ioc.executable], {
      env: ioc.env,
      encoding: 'utf8',
    })
    expect(stdout).toMatch(/^still\r?$/m)
    expect(stdout).not.toContain('not registered')
    expect(stdout).toContain('status 0')
  })

  test.each(['<&- >&-', '<&- >&- 2>&-', '>&- 2>&-', '<&-'])(
    'what it prints with %s is not taken for signals, and signals are not lost',
    async (closed) => {
      const records = ioc.script('x.db', 'record(ai, "x") {}')
      const pid = join(ioc.work(), 'pid')
      const steps = [`exec '${ioc.executable}' -S -d '${records}'`, `'${ready(pid)}' ${closed}`]
      const child = ioc.keep(
        spawn('sh', ['-c', steps.join(' ')], {
          env: ioc.env,
          stdio: ['pipe', 'ignore', 'ignore'],
        }),
      )
      await waitFor(() => existsSync(pid))
      await sleep(500)
      expect(child.exitCode).toBeNull()
      child.kill('SIGTERM')
      expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(143)
    },
  )

  /** A script that makes a file when it runs. */
  function ready(path: string): string {
    return ioc.script('ready.cmd', `system "touch '${path}'"`)
  }

  test('a second signal, a second later, cuts hooks short that hang', async () => {
    const started = await ioc.start(['-S', scriptWithHook('iocInit', 'hang', 'echo ready')])
    started.child.kill('SIGTERM')
    await waitFor(() => started.log().includes('the exit hook ran'))
    const first = Date.now()
    started.child.kill('SIGTERM')
    await sleep(300)
    expect(started.child.exitCode).toBeNull()
    await sleep(Math.max(0, first + 1100 - Date.now()))
    started.child.kill('SIGTERM')
    expect(await started.ended).toBe(143)
    expect(Date.now() - first).toBeLessThan(1900)
  })

  test('a signal while the script works runs the exit hooks too', async () => {
    const started = await ioc.start(['-S', scriptWithHook('echo ready', 'epicsThreadSleep 30')])
    const before = Date.now()
    started.child.kill('SIGTERM')
    expect(await started.ended).toBe(143)
    expect(started.log()).toContain('the exit hook ran')
    expect(Date.now() - before).toBeLessThan(3000)
  })

  test('a signal at any moment of the start ends it', async () => {
    const file = ioc.script('st.cmd', 'iocInit', 'echo started')
    const statuses = new Set<number | string | null>()
    for (let delay = 5; delay < 700; delay += 40) {
      const child = ioc.keep(spawn(ioc.executable, ['-S', file], { env: ioc.env, stdio: 'ignore' }))
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
    const file = ioc.script('st.cmd', 'iocInit', 'echo ready')
    const log = openSync(join(ioc.work(), 'log'), 'w')
    const command = `trap '' HUP; exec '${ioc.executable}' -S '${file}'`
    const child = ioc.keep(
      spawn('sh', ['-c', command], { env: ioc.env, stdio: ['ignore', log, log] }),
    )
    await waitFor(() => readFileSync(join(ioc.work(), 'log'), 'utf8').includes('ready'))
    child.kill('SIGHUP')
    await sleep(500)
    expect(child.exitCode).toBeNull()
    child.kill('SIGTERM')
    expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(143)
  })

  test('signals that its parent has blocked end it, too, as those of procServ', async () => {
    const block = 'import os, signal, sys; signal.pthread_sigmask(signal.SIG_BLOCK, {1, 2, 15})'
    const python = ['-c', `${block}; os.execv(sys.argv[1], sys.argv[1:])`, ioc.executable]
    // SIGINT is ignored until a program that `system` has started has ended.
    const asks = 'system "grep SigBlk /proc/self/status"'
    const file = ioc.script('st.cmd', 'iocInit', asks, 'echo ready')
    for (const [signal, status] of [
      ['SIGTERM', 143],
      ['SIGINT', 130],
      ['SIGHUP', 129],
    ] as const) {
      const child = spawn('python3', [...python, '-S', file], { env: ioc.env })
      ioc.keep(child)
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
    const { stdout } = ioc.run([ioc.script('st.cmd', 'system "grep Sig /proc/self/status"')])
    const handled = 0x4003n // SIGTERM, SIGINT, SIGHUP
    for (const mask of ['SigBlk', 'SigIgn']) {
      const bits = new RegExp(`^${mask}:\\s+(\\w+)$`, 'm').exec(stdout)?.[1]
      expect(BigInt(`0x${bits}`) & handled).toBe(0n)
    }
  })
})
