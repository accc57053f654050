import { createWatchReader, type Recorder } from '../../host/watch-reader.ts'
import type { Looked } from '../../host/watched-places.ts'
import type { Settings } from '../../settings/settings.ts'
import { applySeverities } from '../../settings/severities.ts'
import type { Diagnostic } from '../../text/diagnostic.ts'
import type { CliContext } from '../context.ts'
import { lockChoice } from '../lock/find-lock.ts'
import { type CheckReport, checkTargets, type TargetResult } from './check-run.ts'
import { type Arguments, findInputs } from './inputs.ts'
import { progressLine } from './progress-line.ts'
import { openSession, type Session } from './session.ts'
import { settingsOf, withSettings } from './site-settings.ts'
import type { Overlay } from './standard-input.ts'
import { distinctFiles, targetsOf } from './targets.ts'

/** What is to be looked at, and how. */
export interface JobOptions {
  readonly words: Arguments
  readonly base?: string | undefined
  readonly stdinName?: string | undefined
  /** Each startup script starts in its own folder. */
  readonly cd?: boolean | undefined
  /** False: locks do not count. */
  readonly lock?: boolean | undefined
  readonly quiet: boolean
}

/** The result of one look at everything. */
export interface JobResult extends CheckReport {
  readonly session: Session
  readonly overlay: Overlay
  /** Everything that was asked for. */
  asked(): Looked
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
  const reader = createWatchReader(context.cwd)
  let site: OpenedSite | undefined
  let before: readonly TargetResult[] | undefined
  return {
    async run() {
      const started = performance.now()
      const line = progressLine(context.stderr, options.quiet)
      reader.newRound()
      if (!site || !reader.isCurrent(site.recorder)) {
        site = openSite(options, context, reader.recorder())
        before = undefined
      }
      const { session, settings } = site
      const { targets, ...inputs } = await findTargets(options, context, settings)
      const { cwd } = context
      const report = await checkTargets(
        targets,
        {
          ...{ session, settings, reader, cwd, env: context.env },
          overlay: inputs.overlay,
          progress: line.show,
        },
        before,
      )
      line.clear()
      const isNew = !isSame(report.looked, before)
      before = report.looked
      const found = [...site.diagnostics, ...inputs.diagnostics, ...report.diagnostics]
      const { overlay, folders } = inputs
      const recorders = [site, ...report.looked].map(({ recorder }) => recorder)
      return {
        ...{ ...report, session, overlay, isNew },
        asked: () => askedOf(recorders, folders),
        diagnostics: judged(found, report, { settings, cwd }),
        seconds: (performance.now() - started) / 1000,
      }
    },
  }
}

function askedOf(recorders: readonly Recorder[], folders: readonly string[]): Looked {
  return {
    paths: recorders.flatMap(({ asked }) => [...asked.keys()]),
    folders: [...folders, ...recorders.flatMap(({ listed }) => [...listed])],
  }
}

/** The settings and what depends on nothing else. */
interface OpenedSite {
  readonly settings: Settings
  readonly session: Session
  readonly recorder: Recorder
  readonly diagnostics: readonly Diagnostic[]
}

function openSite(
  { words, base }: JobOptions,
  { cwd, env, uid }: CliContext,
  recorder: Recorder,
): OpenedSite {
  const { value: settings, diagnostics } = settingsOf({ words, cwd, uid, reader: recorder.reader })
  const { modulePaths } = words
  const { trees } = recorder
  const session = openSession({ env, cwd, base, settings, modulePaths, trees })
  return { settings, session, recorder, diagnostics }
}

async function findTargets(
  { words, stdinName, cd: startsInFolder = false, ...options }: JobOptions,
  { cwd, env }: CliContext,
  settings: Settings,
) {
  const inputs = await findInputs(words, { cwd, stdinName })
  const files = distinctFiles(withSettings(inputs.files, settings, cwd))
  const { requires } = words
  const lock = lockChoice(options.lock)
  return {
    ...inputs,
    targets: targetsOf(files, { cwd, env, requires, settings, startsInFolder, lock }),
  }
}

/** With the severities that the site wants. */
function judged(
  found: readonly Diagnostic[],
  { sources }: CheckReport,
  { settings, cwd }: { readonly settings: Settings; readonly cwd: string },
): Diagnostic[] {
  const files = [...sources.values()].map(({ source }) => source.name)
  return applySeverities(found, settings, { cwd, files })
}

function isSame(
  now: readonly TargetResult[],
  before: readonly TargetResult[] | undefined,
): boolean {
  if (!before) return false
  return now.length === before.length && now.every((result, index) => result === before[index])
}
