import { execa } from 'execa'
import type { ProcessEnd, PvOutcome, Readiness, StopMeans } from '../smoke/smoke-run.ts'
import { plainLine } from '../smoke/transcript.ts'
import { collectOutput } from './ioc-output.ts'
import { findIocPorts, type IocPorts, portEnvironment } from './ioc-ports.ts'
import { untilReady } from './ioc-ready.ts'
import { stopIoc } from './ioc-stop.ts'
import { guardProcessGroup, killGroup, leadsGroup } from './process-group.ts'
import { readIocPvs } from './read-ioc-pvs.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** What to start. */
export interface IocStart {
  /** The program that is or becomes the IOC, with its arguments. */
  readonly command: readonly [string, ...string[]]
  readonly cwd: string
  readonly env: Environment
  /** Sees each line that is printed; may change it, or drop it (undefined). */
  readonly onLine?: (line: string) => string | undefined
}

/** An IOC that was started, on ports of its own on the loopback interface. */
export interface IocProcess {
  readonly pid: number
  readonly ports: IocPorts
  /** For clients that shall find this IOC, and only this one. */
  readonly clientEnvironment: Environment
  /** Settles when the process has ended and all its output is here. */
  readonly ended: Promise<ProcessEnd>
  /** Raw output so far, of stdout and stderr. */
  output(): string
  /** Types a line at the shell of the IOC. */
  command(line: string): void
  /** Waits until the IOC has done its scripts and serves its records; `timeout` in milliseconds. */
  ready(timeout: number): Promise<Readiness>
  /** Reads PVs over Channel Access, and finds groups over PV Access. */
  read(names: readonly string[]): Promise<PvOutcome[]>
  /** Sends a signal to the process alone. */
  kill(signal: NodeJS.Signals): void
  /** Ends it: `exit` at its shell (unless `force`), then SIGTERM, then SIGKILL, 5 s each. */
  stop(how?: { readonly force: boolean }): Promise<StopMeans>
}

/** Starts an IOC; it and everything that it starts end with this process, whatever happens. */
export async function startIoc({ command, cwd, env, onLine }: IocStart): Promise<IocProcess> {
  const ports = await findIocPorts()
  const clientEnvironment = { ...env, ...portEnvironment(ports) }
  const child = spawnIoc(command, { cwd, env: clientEnvironment })
  const { pid } = child
  if (pid === undefined) throw new Error((await child).shortMessage)
  const unguard = guardProcessGroup(pid)
  const marker = `e3-at-prompt-${pid}`
  const question = `echo ${marker}`
  const state = { pid, ports, shellAnswers: false, hasEnded: false }
  const output = collectOutput([child.stdout, child.stderr], (line) => {
    const plain = plainLine(line)
    if (!plain.includes(marker)) return onLine ? onLine(line) : line
    // A program in a script may read the question, and print it as it is.
    if (plain !== question) state.shellAnswers = true
    return undefined
  })
  const ended = endOf(child, pid).then((end) => {
    state.hasEnded = true
    unguard()
    return end
  })
  const type = (line: string) => void child.stdin.write(`${line}\n`)
  return {
    ...{ pid, ports, clientEnvironment, ended, command: type, output: output.text },
    ready: (timeout) => untilReady({ state, output, timeout, ask: () => type(question) }),
    read: (names) => readIocPvs(names, ports),
    kill: (signal) => void child.kill(signal),
    stop: (how) => stopIoc({ state, ended, input: child.stdin, force: how?.force ?? false }),
  }
}

type Child = ReturnType<typeof spawnIoc>

function spawnIoc(
  [file, ...args]: IocStart['command'],
  { cwd, env }: Pick<IocStart, 'cwd' | 'env'>,
) {
  const child = execa(file, args, {
    ...{ cwd, env: { ...env }, extendEnv: false, buffer: false, reject: false },
    stdin: 'pipe',
    // A process group of its own, so that also what the IOC starts can be ended.
    ...leadsGroup,
  })
  // A process that is gone takes no more input; its end is reported elsewhere.
  child.stdin.on('error', () => undefined)
  return child
}

/**
 * Programs that the IOC has started end with it. One in a session of its own goes on, and may hold the
 * output: that is waited for briefly, and then left to it.
 */
async function endOf(child: Child, pid: number): Promise<ProcessEnd> {
  const end = await new Promise<ProcessEnd>((resolve) => {
    child.once('exit', (exitCode, signal) =>
      resolve({ ...(exitCode !== null && { exitCode }), ...(signal !== null && { signal }) }),
    )
  })
  killGroup(pid, 'SIGKILL')
  await Promise.race([child, new Promise((resolve) => setTimeout(resolve, 1000).unref())])
  // What is open keeps this process alive.
  for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy()
  return end
}
