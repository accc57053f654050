import type { CommandCall } from '../../shell/types.ts'
import type { LoadedFile, WalkOutcome } from '../../startup/walk-types.ts'
import type { CommandStep } from './steps.ts'
import type { CommandTable } from './table.ts'

/** What is known about the commands of an IOC. */
export interface CommandKnowledge {
  readonly table: CommandTable
  /** Those the table was asked about. */
  readonly steps: readonly CommandStep[]
  /** Names of installed modules that have a command, the newest version of each. */
  readonly whoHas?: (command: string) => readonly string[]
  /** See `mayMakePorts`; absent if nobody knows. Costly. */
  readonly mayMakePorts?: () => boolean
}

/** A command in the order of the script. */
export interface OrderedCall {
  readonly call: CommandCall
  /** Place in the events of the walk. */
  readonly event: number
  /** `iocInit` has run, or is running. */
  readonly isAfterInit: boolean
  /** Working directory at this moment. */
  readonly cwd: string
}

/** All commands that a startup script runs; none if only databases are checked. */
export function* commandCalls(outcome: WalkOutcome | undefined): Generator<OrderedCall> {
  let isAfterInit = false
  for (const [event, item] of (outcome?.events ?? []).entries()) {
    if (item.kind === 'command') yield { call: item.call, event, isAfterInit, cwd: item.cwd }
    isAfterInit ||= item.kind === 'init'
  }
}

/**
 * A module, library, dbd file or script is missing, which is reported: what it would bring is not
 * known.
 */
export function isIncomplete(outcome: WalkOutcome): boolean {
  return (
    outcome.lacksScript ||
    lacksModule(outcome) ||
    outcome.events.some((event) => event.kind === 'load' && isMissingCode(event.file))
  )
}

/** A module is required that the IOC does not get, nor what that one would require. */
export function lacksModule({ requests, loaded }: WalkOutcome): boolean {
  const names = new Set(loaded.map(({ name }) => name))
  return requests.some(({ module }) => !names.has(module))
}

/**
 * Files that are not where they were looked for may be elsewhere: modules are missing, or a folder
 * to which the script changes.
 */
export function isUnsure(outcome: WalkOutcome): boolean {
  return (
    isIncomplete(outcome) || outcome.diagnostics.some(({ code }) => code === 'DIRECTORY_NOT_FOUND')
  )
}

function isMissingCode({ kind, name, path }: LoadedFile): boolean {
  return path === undefined && (kind === 'library' || (kind === 'dbd' && name.endsWith('.dbd')))
}
