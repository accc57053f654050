import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { openSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import {
  collect,
  iocsh,
  launch,
  launchEnvironment,
  newWorkspace,
  plain,
  type Workspace,
} from '../../support/launch.ts'
import { buildLaunchModules } from '../../support/launch-modules.ts'
import { hasProgram, isOwnIoc, testBase } from '../../support/machine.ts'

const base = testBase()
const children = new Set<ChildProcess>()

let workspace: Workspace
let env: NodeJS.ProcessEnv
beforeAll(async () => {
  workspace = newWorkspace({ 'st.cmd': 'require alpha\necho started\n' })
  if (base) await buildLaunchModules(workspace, base)
})
afterAll(() => workspace.remove())
afterEach(() => {
  for (const child of children) child.kill('SIGKILL')
  children.clear()
})

interface Started {
  readonly child: ChildProcess
  readonly pid: number
}

type Stdio = 'pipe' | 'ignore' | number

/** Starts a program and waits until it has printed a text; with a file as stdout until it is there. */
async function started(program: string, args: readonly string[], stdio: Stdio[]): Promise<Started> {
  env = await launchEnvironment(workspace)
  const child = spawn(program, args, { cwd: workspace.directory, env, stdio })
  children.add(child)
  const pid = child.pid ?? 0
  await expect.poll(() => exeOf(pid), { timeout: 10_000, interval: 10 }).toMatch(/softIocPVA$/)
  // Its first thread opens sockets and the like for a while.
  await expect.poll(() => threadsOf(pid), { timeout: 10_000, interval: 10 }).toBeGreaterThan(1)
  await delay(200)
  return { child, pid }
}

const exeOf = (pid: number): string => read(() => readlinkSync(`/proc/${pid}/exe`)) ?? ''
const threadsOf = (pid: number): number => read(() => readdirSync(`/proc/${pid}/task`))?.length ?? 0

function read<T>(get: () => T): T | undefined {
  try {
    return get()
  } catch {
    return undefined
  }
}

/** Descriptors that lead to files or pipes; sockets differ from start to start. */
function descriptors(pid: number): Record<string, string> {
  const folder = `/proc/${pid}/fd`
  const links = readdirSync(folder).map((name) => [
    name,
    read(() => readlinkSync(join(folder, name))) ?? '',
  ])
  return Object.fromEntries(links.filter(([, to]) => !/^(socket|anon_inode):/.test(to ?? '')))
}

function environmentOf(pid: number): string[] {
  return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').filter(Boolean).sort()
}

function statusField(pid: number, name: string): string {
  return (
    new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ??
    ''
  )
}

function childrenOf(pid: number): string {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim()
}

describe.skipIf(!base)('bin/iocsh becomes the IOC', () => {
  test('same process, same files, nothing inherited or left behind', async () => {
    const files = ['out', 'err'].map((name) => workspace.path(name))
    const open = (): Stdio[] => ['ignore', ...files.map((file) => openSync(file, 'a'))]
    const ours = await started(iocsh, ['-i', '-S', '-l', 'modules', 'st.cmd'], open())
    const executable = exeOf(ours.pid)
    const dbd = `${base}/dbd/softIocPVA.dbd`
    workspace.write({ 'plain.cmd': 'dbl\n' })
    const alone = await started(executable, ['-D', dbd, '-S', 'plain.cmd'], open())

    expect(descriptors(ours.pid)).toMatchObject({ 0: '/dev/null', 1: files[0], 2: files[1] })
    const shape = (pid: number) =>
      Object.values(descriptors(pid))
        .map((to) => to.replace(/\d+/g, ''))
        .sort()
    const shapes = () => new Set([ours, alone].map(({ pid }) => shape(pid).join(' ')))
    await expect.poll(() => shapes().size).toBe(1)
    expect(childrenOf(ours.pid)).toBe('')
    expect(statusField(ours.pid, 'PPid')).toBe(String(process.pid))
    for (const mask of ['SigBlk', 'SigIgn', 'SigCgt', 'Umask']) {
      expect(statusField(ours.pid, mask), mask).toBe(statusField(alone.pid, mask))
    }
    expect(readlinkSync(`/proc/${ours.pid}/cwd`)).toBe(workspace.directory)
  })

  test('its environment has EPICS_BASE, EPICS_HOST_ARCH and IOCNAME, otherwise it is ours', async () => {
    const { pid } = await started(
      iocsh,
      ['-i', '-S', '-n', 'LAB:ENV'],
      ['ignore', 'ignore', 'ignore'],
    )
    const own = { ...env, EPICS_HOST_ARCH: 'linux-x86_64', IOCNAME: 'LAB:ENV' }
    const wanted = Object.entries(own).map(([name, value]) => `${name}=${value}`)
    const shells = /^(_|OLDPWD|PWD|SHLVL)=/
    expect(environmentOf(pid).filter((entry) => !shells.test(entry))).toEqual(
      wanted.filter((entry) => !shells.test(entry)).sort(),
    )
  })

  test('/dev/null as standard input: no shell, it stays', async () => {
    const { child, pid } = await started(iocsh, ['-i'], ['ignore', 'ignore', 'ignore'])
    await delay(300)
    expect(child.exitCode).toBeNull()
    expect(readFileSync(`/proc/${pid}/cmdline`, 'latin1').split('\0')).toContain('-S')
  })
})

describe.skipIf(!base)('its end is that of the IOC', () => {
  test.each<[NodeJS.Signals, number | null]>([
    ['SIGTERM', 143],
    ['SIGINT', 130],
    ['SIGHUP', 129],
    ['SIGKILL', null],
  ])('%s', async (signal, own) => {
    const status = isOwnIoc() ? own : null
    const { child } = await started(iocsh, ['-i', '-S'], ['ignore', 'ignore', 'ignore'])
    child.kill(signal)
    const [code, by] = await once(child, 'exit')
    expect(code).toBe(status)
    expect(by).toBe(status === null ? signal : null)
  })

  test('a shell sees the usual status of a killed program', async () => {
    const script = '"$0" -i -S & pid=$!; sleep 1; kill -9 $pid; wait $pid; echo status $?'
    const ended = await launch(workspace, ['-c', script, iocsh], { program: 'bash' })
    expect(ended.stdout).toContain('status 137')
  })

  test.each<[string, readonly string[], string, number]>([
    ['exit', ['-i'], 'exit\n', 0],
    ['the end of input', ['-i'], 'dbl\n', 0],
    [
      'an error with `on error break`',
      ['--no-check', '-i', '-c', 'on error break', '-c', 'nosuch'],
      '',
      2,
    ],
  ])('%s', async (_what, args, input, status) => {
    expect((await launch(workspace, args, { input })).status).toBe(status)
  })

  test.each<NodeJS.Signals>(['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGKILL'])(
    '%s while it plans leaves no process',
    async (signal) => {
      const child = spawn(iocsh, ['-i', '-S', '-c', 'echo x', '-l', 'modules', 'st.cmd'], {
        ...{ cwd: workspace.directory, env: await launchEnvironment(workspace) },
        ...{ stdio: 'ignore', detached: true },
      })
      children.add(child)
      await delay(25)
      // As procServ and people do: the process they know, not what it has started.
      child.kill(signal)
      await once(child, 'exit')
      await expect.poll(() => processesOfGroup(child.pid ?? 0), { timeout: 5000 }).toEqual([])
    },
  )
})

/** Processes of a group that still run: in `stat` the first and third field behind the name. */
function processesOfGroup(group: number): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      const stat = read(() => readFileSync(`/proc/${name}/stat`, 'latin1')) ?? ''
      const [state, , leader] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return leader === String(group) && state !== 'Z'
    })
}

describe.skipIf(!base || !hasProgram('script'))('on a terminal (script of util-linux)', () => {
  test('the prompt is the name of the IOC; exit leaves', async () => {
    env = await launchEnvironment(workspace)
    const command = `"${iocsh}" -i -n LAB:TTY -c 'echo on $(NAME=tty)'`
    const child = spawn('script', ['-q', '-e', '-c', command, '/dev/null'], {
      ...{ cwd: workspace.directory, env: { ...env, TERM: 'dumb' } },
    })
    children.add(child)
    const ended = collect(child)
    let text = ''
    child.stdout.on('data', (data: Buffer) => {
      text += data.toString()
      if (/LAB:TTY > $/.test(text) && !child.stdin.writableEnded) child.stdin.end('pwd\nexit\n')
    })
    const { status, stdout } = await ended
    expect(status).toBe(0)
    expect(plain(stdout)).toContain('on tty\r\n')
    expect(plain(stdout)).toContain(`${workspace.directory}\r\n`)
  })
})
