import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { repository, testBase } from './machine.ts'

/** How a command ended. */
export interface Ended {
  readonly stdout: string
  readonly stderr: string
  readonly status: number | null
  readonly signal: NodeJS.Signals | null
}

export interface RunOptions {
  readonly cwd: string
  readonly env?: Readonly<Record<string, string | undefined>>
}

/** What checks are told is kept here, so that nothing that came before this test file counts. */
const cache = mkdtempSync(join(tmpdir(), 'e3-cache-'))
afterAll(() => rmSync(cache, { recursive: true, force: true }))

/** Runs the built `e3` to its end, with the base of the tests. */
export function runE3(args: readonly string[], options: RunOptions): Promise<Ended> {
  return startE3(args, options).ended
}

/** Starts the built `e3`, for tests that do something to the process. */
export function startE3(
  args: readonly string[],
  { cwd, env }: RunOptions,
): { readonly process: ChildProcess; readonly ended: Promise<Ended> } {
  const child = spawn(join(repository, 'bin/e3'), args, {
    cwd,
    env: { ...process.env, EPICS_BASE: testBase(), XDG_CACHE_HOME: cache, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []]
  child.stdout.on('data', (data: Buffer) => stdout.push(data))
  child.stderr.on('data', (data: Buffer) => stderr.push(data))
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (status, signal) =>
      resolve({
        ...{ status, signal },
        stdout: Buffer.concat(stdout).toString(),
        stderr: Buffer.concat(stderr).toString(),
      }),
    )
  })
  return { process: child, ended }
}
