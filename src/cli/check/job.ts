import { createWatchReader } from '../../host/watch-reader.ts'
import type { Diagnostic } from '../../text/diagnostic.ts'
import type { CliContext } from '../context.ts'
import { type CheckReport, checkTargets, type TargetResult } from './check-run.ts'
import { type Arguments, findInputs } from './inputs.ts'
import { progressLine } from './progress-line.ts'
import { openSession, type Session } from './session.ts'
import type { Overlay } from './standard-input.ts'
import { distinctFiles, targetsOf } from './targets.ts'

/** What is to be looked at, and how. */
export interface JobOptions {
  readonly words: Arguments
  readonly base?: string | undefined
  readonly stdinName?: string | undefined
  /** Each startup script starts in its own folder. */
  readonly cd?: boolean | undefined
  readonly quiet: boolean
}

/** The result of one look at everything. */
export interface JobResult extends CheckReport {
  readonly session: Session
  readonly overlay: Overlay
  /** Existing folders in which files were looked for. */
  readonly folders: readonly string[]
  /** Of this look. */
  readonly seconds: number
  /** Something was read again, or there is something else to read. */
  readonly isNew: boolean
}

/** Looks at the same files as often as it is asked to; what has not changed is not read again. */
export interface CheckJob {
  run(): Promise<JobResult>
}

/** Prepares to look at what the words name. */
export function openJob(options: JobOptions, context: CliContext): CheckJob {
  const { cwd, env } = context
  const { words, base, stdinName, cd: startsInFolder = false } = options
  const { requires, modulePaths } = words
  const reader = createWatchReader(cwd)
  const session = openSession({ env, cwd, base, modulePaths })
  let before: readonly TargetResult[] | undefined
  return {
    async run() {
      const started = performance.now()
      const line = progressLine(context.stderr, options.quiet)
      const inputs = await findInputs(words, { cwd, stdinName })
      const targets = targetsOf(distinctFiles(inputs.files), { cwd, env, requires, startsInFolder })
      reader.newRound()
      const settings = { session, reader, cwd, overlay: inputs.overlay, progress: line.show }
      const report = checkTargets(targets, settings, before)
      line.clear()
      const isNew = !isSame(report.results, before)
      before = report.results
      const diagnostics: Diagnostic[] = [...inputs.diagnostics, ...report.diagnostics]
      const seconds = (performance.now() - started) / 1000
      const { overlay, folders } = inputs
      return { ...report, session, overlay, folders, diagnostics, seconds, isNew }
    },
  }
}

function isSame(
  now: readonly TargetResult[],
  before: readonly TargetResult[] | undefined,
): boolean {
  if (!before) return false
  return now.length === before.length && now.every((result, index) => result === before[index])
}
