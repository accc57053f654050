import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach } from 'vitest'
import { machineArchitecture } from '../../src/host/base/architecture.ts'
import { privateNetwork } from './epics-network.ts'
import { embeddedTestBase } from './machine.ts'

/** An IOC that runs until a test ends it. */
export interface RunningIoc {
  readonly child: ChildProcess
  readonly log: () => string
  /** Exit status, -1 for a signal. */
  readonly ended: Promise<number>
}

/** What tests of the softIocPVA of the embedded base work with. */
export interface SoftIocBench {
  /** Undefined: there is no base, the tests are to be skipped. */
  readonly base: string | undefined
  readonly executable: string
  readonly env: NodeJS.ProcessEnv
  /** Folder of the test that runs. */
  readonly work: () => string
  /** Writes a file into it and returns the path. */
  script(name: string, ...lines: string[]): string
  /** Runs the IOC to its end with this text on stdin. */
  run(
    args: readonly string[],
    input?: string,
  ): { readonly status: number | null; readonly stdout: string; readonly stderr: string }
  /** Starts the IOC with stdout and stderr in one file, until `ready` is in it. */
  start(args: readonly string[], ready?: string): Promise<RunningIoc>
  /** Has a process ended with the tests, whatever happens. */
  keep<Child extends ChildProcess>(child: Child): Child
}

/** Prepares the tests of a file, and removes what they leave. */
export async function softIocBench(): Promise<SoftIocBench> {
  const root = mkdtempSync(join(tmpdir(), 'soft ioc-'))
  const base = await embeddedTestBase()
  const executable = join(base ?? '', 'bin', machineArchitecture(), 'softIocPVA')
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

  const keep = <Child extends ChildProcess>(child: Child): Child => {
    children.push(child)
    return child
  }
  return {
    ...{ base, executable, env, keep },
    work: () => work,
    script(name, ...lines) {
      const path = join(work, name)
      writeFileSync(path, `${lines.join('\n')}\n`)
      return path
    },
    run(args, input = '') {
      const { status, stdout, stderr } = spawnSync(executable, args, {
        ...{ env, input, cwd: work, timeout: 20_000, encoding: 'utf8' },
      })
      return { status, stdout, stderr }
    },
    async start(args, ready = 'ready') {
      const path = join(work, 'log')
      const file = openSync(path, 'w')
      const child = keep(spawn(executable, args, { env, cwd: work, stdio: ['pipe', file, file] }))
      const ended = new Promise<number>((resolve) =>
        child.once('exit', (code, signal) => resolve(signal ? -1 : (code ?? -1))),
      )
      const log = (): string => readFileSync(path, 'utf8')
      await waitFor(() => log().includes(ready))
      return { child, log, ended }
    },
  }
}

/** Waits ten seconds at most. */
export async function waitFor(isTrue: () => boolean): Promise<void> {
  for (let tries = 0; !isTrue(); tries++) {
    if (tries > 400) throw new Error('waited in vain')
    await sleep(25)
  }
}

export const sleep = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, ms))
