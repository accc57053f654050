import { killGroup, leadsGroup, suspendTogether } from '../process-group.ts'

/** How a program ended. */
export interface Ended {
  /** Undefined if the program could not be started or was ended by a signal. */
  readonly exitCode: number | undefined
  readonly stdout: string
  readonly stderr: string
}

interface RunOptions {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Milliseconds; none by default. */
  readonly timeout?: number
}

const running = new Set<{ readonly ended: Promise<unknown>; stop(): unknown }>()
let isStopping = false

/** Stops the programs that run; nobody is told how they ended, since this process is to end, too. */
export async function stopPrograms(): Promise<void> {
  isStopping = true
  for (const { stop } of running) stop()
  await Promise.allSettled([...running].map(({ ended }) => ended))
}

/** Runs a program to its end, without a shell and with an empty stdin; never throws. */
export async function run(
  command: readonly [string, ...string[]],
  { env, timeout = 0 }: RunOptions,
): Promise<Ended> {
  const [file, ...args] = command
  const { execa } = await import('execa')
  const child = execa(file, args, {
    env: { ...env },
    extendEnv: false,
    stdin: 'ignore',
    reject: false,
    // Compilers start others. execa would end this process before anything else is cleaned up.
    ...leadsGroup,
    timeout,
  })
  const entry = { ended: child, stop: () => killGroup(child.pid, 'SIGTERM') }
  running.add(entry)
  const { exitCode, stdout, stderr } = await child.finally(suspendTogether(child.pid))
  running.delete(entry)
  if (isStopping) await new Promise(() => {})
  return { exitCode, stdout, stderr }
}
