import { renameSync } from 'node:fs'
import { join } from 'node:path'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import { type ProcessUser, processesUsing } from '../processes-using.ts'
import { createStaging, removeStaging } from '../staging.ts'
import { type EmbeddedBase, embeddedRoot, listEmbedded } from './embedded.ts'
import { cannotWrite } from './failure.ts'

/** What `e3 base remove` is asked for. */
export interface RemoveRequest {
  /** Version of an embedded base, as `e3 base list` prints it. */
  readonly version: string
  /** Also while processes use it. */
  readonly force?: boolean
  readonly env: Readonly<Record<string, string | undefined>>
}

/** The base that was removed, or why it was not. */
export interface Removal {
  readonly base?: EmbeddedBase
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Removes an embedded base: it is renamed out of its place in one step, then deleted.
 * Errors: `BASE_NOT_FOUND`, `BASE_IN_USE`, `BASE_WRITE_FAILED`.
 */
export function removeBase({ version, force = false, env }: RemoveRequest): Removal {
  const installed = listEmbedded(env)
  const base = installed.find((candidate) => candidate.version === version)
  if (!base) return { diagnostics: [notInstalled(version, installed)] }
  const users = force ? [] : processesUsing(base.directory)
  if (users.length > 0) return { diagnostics: [inUse(base, users)] }
  try {
    const staging = createStaging(embeddedRoot(env))
    renameSync(base.directory, join(staging, 'removed'))
    removeStaging(staging)
    return { base, diagnostics: [] }
  } catch (error) {
    return { diagnostics: [cannotWrite(embeddedRoot(env), error).diagnostic] }
  }
}

function notInstalled(version: string, installed: readonly EmbeddedBase[]): Diagnostic {
  const names = installed.map((base) => base.version)
  return diagnostic('BASE_NOT_FOUND', `the embedded base ${version} is not installed`, {
    notes: [{ message: `installed: ${names.join(', ') || 'none'}` }],
    hint: 'e3 base list',
  })
}

function inUse({ version, directory }: EmbeddedBase, users: readonly ProcessUser[]): Diagnostic {
  const shown = users.slice(0, 5).map(({ pid, command }) => `${command} (pid ${pid})`)
  const more = users.length > shown.length ? ` and ${users.length - shown.length} more` : ''
  return diagnostic('BASE_IN_USE', `the base ${version} is used by ${shown.join(', ')}${more}`, {
    notes: [{ message: `it is in ${directory}` }],
    hint: `stop the IOCs first, or: e3 base remove ${version} --force`,
  })
}
