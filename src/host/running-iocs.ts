import { join } from 'node:path'
import { namesIn } from './list-directory.ts'
import { isRunning, parseIdentity } from './process-identity.ts'
import { readPlainFile } from './read-plain-file.ts'

/** An IOC that runs on this host, by its run directory. */
export interface RunningIoc {
  readonly iocName: string
  readonly pid: number
  readonly modules: readonly { readonly name: string; readonly directory: string }[]
}

/**
 * IOCs whose run directories this user may read: the own ones, for root those of all users that
 * are in `/tmp` or `/run/user`.
 */
export function runningIocs(env: Readonly<Record<string, string | undefined>>): RunningIoc[] {
  const parents = new Set([
    ...[env['XDG_RUNTIME_DIR'] ?? '', '/tmp'].filter((path) => path.startsWith('/')),
    ...namesIn('/run/user').map((user) => join('/run/user', user)),
  ])
  return [...parents].flatMap((parent) =>
    namesIn(parent)
      .filter((name) => /^iocsh-\d+$/.test(name))
      .flatMap((name) => namesIn(join(parent, name)).map((run) => join(parent, name, run)))
      .flatMap((directory) => readRun(directory) ?? []),
  )
}

function readRun(directory: string): RunningIoc | undefined {
  try {
    const identity = parseIdentity(readPlainFile(join(directory, 'process')))
    if (!identity || !isRunning(identity)) return undefined
    const plan: unknown = JSON.parse(readPlainFile(join(directory, 'plan.json')))
    if (typeof plan !== 'object' || plan === null) return undefined
    const { iocName, modules } = plan as Record<string, unknown>
    const loaded = Array.isArray(modules) ? modules.filter(isModule) : []
    return { iocName: String(iocName), pid: identity.pid, modules: loaded }
  } catch {
    // Not written yet, gone in the meantime, or another user's.
    return undefined
  }
}

function isModule(value: unknown): value is RunningIoc['modules'][number] {
  if (typeof value !== 'object' || value === null) return false
  const { name, directory } = value as Record<string, unknown>
  return typeof name === 'string' && typeof directory === 'string'
}
