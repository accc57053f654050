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

/** Runs a program to its end, without a shell and with an empty stdin; never throws. */
export async function run(
  command: readonly [string, ...string[]],
  { env, timeout = 0 }: RunOptions,
): Promise<Ended> {
  const [file, ...args] = command
  const { execa } = await import('execa')
  const { exitCode, stdout, stderr } = await execa(file, args, {
    env: { ...env },
    extendEnv: false,
    stdin: 'ignore',
    reject: false,
    timeout,
  })
  return { exitCode, stdout, stderr }
}
