import { type ChildProcess, spawn } from 'node:child_process'

/** A program that was started for a test; all it prints is kept. */
export interface Running {
  readonly child: ChildProcess
  /** Standard output and standard error up to now, as they came. */
  readonly text: () => string
  /** Waits for something in the text; fails after 20 seconds or when the program ends. */
  readonly until: (pattern: RegExp) => Promise<void>
  /** Waits for the end: exit status, or null for a signal. */
  readonly ended: Promise<number | null>
}

export interface StartOptions {
  readonly env: NodeJS.ProcessEnv
  /** Typed at once, with the end of input behind it. */
  readonly input?: string
}

/** Starts a program. The test ends it: see `stopAll`. */
export function start(program: string, args: readonly string[], options: StartOptions): Running {
  const { env, input = '' } = options
  const child = spawn(program, args, { env })
  running.add(child)
  let text = ''
  const keep = (data: Buffer): void => {
    text += data.toString()
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  child.stdin.on('error', () => {}) // it ended without reading: its status says enough
  child.stdin.end(input)
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (status) => resolve(status))
  }).finally(() => running.delete(child))
  const isOver = (): boolean => child.exitCode !== null || child.signalCode !== null
  return {
    child,
    text: () => text,
    until: (pattern) => waitFor(pattern, () => text, isOver),
    ended,
  }
}

const running = new Set<ChildProcess>()

/** For `afterEach`: kills what a failed test has left. */
export function stopAll(): void {
  for (const child of running) child.kill('SIGKILL')
}

/** Waits until a text that grows matches; fails after 20 seconds or when nothing more can come. */
export async function waitFor(
  pattern: RegExp,
  text: () => string,
  isOver: () => boolean = () => false,
): Promise<void> {
  const limit = Date.now() + 20_000
  while (!pattern.test(text())) {
    if (isOver() || Date.now() > limit) throw new Error(`${pattern} is not in:\n${text()}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
