import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { privateNetwork } from './epics-network.ts'
import { repository, testBase } from './machine.ts'

/** The program under test. */
export const iocsh: string = join(repository, 'bin/iocsh')

/** A temporary folder with the files of a test; `remove` it behind the test. */
export interface Workspace {
  readonly directory: string
  /** `XDG_RUNTIME_DIR` of the starts of this test. */
  readonly runtime: string
  readonly path: (name: string) => string
  readonly write: (files: Readonly<Record<string, string | Buffer>>) => void
  /** Names of the run directories that exist now. */
  readonly runDirectories: () => string[]
  readonly remove: () => void
}

export function newWorkspace(files: Readonly<Record<string, string | Buffer>> = {}): Workspace {
  const folder = mkdtempSync(join(tmpdir(), 'e3-launch-'))
  const directory = join(folder, 'work')
  const runtime = join(folder, 'run')
  const path = (name: string): string => join(directory, name)
  const write: Workspace['write'] = (texts) => {
    for (const [name, text] of Object.entries(texts)) {
      mkdirSync(dirname(path(name)), { recursive: true })
      writeFileSync(path(name), text)
    }
  }
  mkdirSync(runtime, { mode: 0o700 })
  mkdirSync(directory)
  write(files)
  const runDirectories = () =>
    list(join(runtime, `iocsh-${process.getuid?.() ?? 0}`)).filter(
      (name) => !['plans', 'answers'].includes(name),
    )
  const remove = (): void => rmSync(folder, { recursive: true, force: true })
  return { directory, runtime, path, write, runDirectories, remove }
}

function list(directory: string): string[] {
  try {
    return readdirSync(directory)
  } catch {
    return []
  }
}

export interface LaunchOptions {
  /** Typed at the IOC shell; the end of input stands behind it. */
  readonly input?: string
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Default: the workspace. */
  readonly cwd?: string
  /** Default: `bin/iocsh`. */
  readonly program?: string
}

/** What a start printed, and how it ended. */
export interface Ended {
  readonly stdout: string
  readonly stderr: string
  readonly status: number | null
  readonly signal: NodeJS.Signals | null
}

/** Starts `iocsh` in a workspace and waits for its end, at most 30 seconds. */
export async function launch(
  workspace: Workspace,
  args: readonly string[],
  options: LaunchOptions = {},
): Promise<Ended> {
  const child = spawn(options.program ?? iocsh, args, {
    cwd: options.cwd ?? workspace.directory,
    env: { ...(await launchEnvironment(workspace)), ...options.env },
    detached: true,
  })
  child.stdin.on('error', () => {}) // it ended without reading
  child.stdin.end(options.input ?? '')
  // With all it has started: a shell in between would leave an IOC behind.
  const timer = setTimeout(() => child.pid && process.kill(-child.pid, 'SIGKILL'), 30_000)
  return collect(child).finally(() => clearTimeout(timer))
}

/** Variables of a start that nobody else on the machine sees. */
export async function launchEnvironment(workspace: Workspace): Promise<NodeJS.ProcessEnv> {
  return {
    ...process.env,
    ...(await privateNetwork()),
    ...{ EPICS_BASE: testBase(), XDG_RUNTIME_DIR: workspace.runtime },
    // Nothing that an earlier check was told counts.
    XDG_CACHE_HOME: join(workspace.runtime, 'cache'),
    ...{ EPICS_DRIVER_PATH: '', E3_SITEMODS_PATH: '', IOCNAME: 'LAB:TEST' },
  }
}

/** Everything that a program prints, until it has ended. */
export function collect(child: ChildProcess): Promise<Ended> {
  const text = { stdout: '', stderr: '' }
  child.stdout?.on('data', (data: Buffer) => {
    text.stdout += data.toString()
  })
  child.stderr?.on('data', (data: Buffer) => {
    text.stderr += data.toString()
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (status, signal) => resolve({ ...text, status, signal }))
  })
}

/** Console text as a terminal shows it, without colours; stdout only. */
export function consoleLines({ stdout }: Pick<Ended, 'stdout'>): string[] {
  return plain(stdout).split('\n')
}

/** A text without the colours that base prints, also where there is no terminal. */
export function plain(text: string): string {
  return text.replace(/\u001b\[[0-9;]*m/g, '')
}
