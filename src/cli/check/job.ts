import { findSettings } from '../../host/find-settings.ts'
import { createWatchReader, type Recorder } from '../../host/watch-reader.ts'
import type { Looked } from '../../host/watched-places.ts'
import type { Settings } from '../../settings/settings.ts'
import { applySeverities, type Looked as LookedAt } from '../../settings/severities.ts'
import type { Diagnostic } from '../../text/diagnostic.ts'
import type { CliContext } from '../context.ts'
import { lockChoice } from '../lock/find-lock.ts'
import { type CheckReport, checkTargets, type TargetResult } from './check-run.ts'
import { type ChosenSettings, chooseSettings, otherSettings } from './chosen-settings.ts'
import { type Arguments, findInputs, type Inputs } from './inputs.ts'
import { progressLine } from './progress-line.ts'
import { openSession, type Session } from './session.ts'
import { withSettings } from './site-settings.ts'
import type { Overlay } from './standard-input.ts'
import { type CheckTarget, distinctFiles, type NamedFile, targetsOf } from './targets.ts'

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
      const { cwd, uid } = context
      const inputs = await findInputs(options.words, { cwd, stdinName: options.stdinName })
      const chosen = chooseSettings(inputs, { cwd, uid, reader: reader.recorder().reader })
      if (!site || site.path !== chosen.path || !reader.isCurrent(site.recorder)) {
        site = openSite(chosen, { options, context, recorder: reader.recorder() })
        before = undefined
      }
      const { session, settings } = site
      const targets = targetsIn(inputs, { options, context, site })
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
      const found = [
        ...site.diagnostics,
        ...otherSettings(chosen, settings, cwd),
        ...inputs.diagnostics,
        ...report.diagnostics,
      ]
      const { overlay, folders } = inputs
      const recorders = [site, ...report.looked].map(({ recorder }) => recorder)
      return {
        ...{ ...report, session, overlay, isNew },
        asked: () => askedOf(recorders, folders),
        diagnostics: judged(found, report, {
          ...{ settings, cwd },
          isComplete: isComplete(inputs, settings) && lacksNothing(found),
        }),
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
interface OpenedSite extends Pick<ChosenSettings, 'path'> {
  readonly settings: Settings
  readonly session: Session
  readonly recorder: Recorder
  readonly diagnostics: readonly Diagnostic[]
}

function openSite(
  { folder, path }: ChosenSettings,
  {
    options: { words, base },
    context: { cwd, env, uid },
    recorder,
  }: { options: JobOptions; context: CliContext; recorder: Recorder },
): OpenedSite {
  const { value: settings, diagnostics } = findSettings(folder, {
    ...{ cwd, uid, reader: recorder.reader },
  })
  const { trees } = recorder
  const { modulePaths } = words
  const session = openSession({ env, cwd, base, settings, modulePaths, trees })
  return { path, settings, session, recorder, diagnostics }
}

function targetsIn(
  inputs: Inputs,
  {
    options: { words, cd: startsInFolder = false, lock },
    context: { cwd, env },
    site: { settings, recorder },
  }: { options: JobOptions; context: CliContext; site: OpenedSite },
): CheckTarget[] {
  const files = distinctFiles(withSettings(inputs.files, settings, cwd))
  const { requires } = words
  return targetsOf(files, {
    ...{ cwd, env, requires, settings, startsInFolder, lock: lockChoice(lock) },
    reader: recorder.reader,
  })
}

/** With the severities that the site wants. */
function judged(
  found: readonly Diagnostic[],
  { sources }: CheckReport,
  { settings, ...looked }: Pick<LookedAt, 'cwd' | 'isComplete'> & { readonly settings: Settings },
): Diagnostic[] {
  const files = [...sources.values()].map(({ source }) => source.name)
  return applySeverities(found, settings, { ...looked, files })
}

/** The folder of the settings, or one above it, was named, and all in it could be looked at. */
function isComplete({ files, diagnostics }: Inputs, { directory }: Settings): boolean {
  const isWhole = ({ folder }: NamedFile) =>
    folder !== undefined && `${directory}/`.startsWith(folder === '/' ? '/' : `${folder}/`)
  return diagnostics.length === 0 && files.some(isWhole)
}

/** Without base or modules much is not found that the settings may be about. */
function lacksNothing(found: readonly Diagnostic[]): boolean {
  return !found.some(({ code }) => code.startsWith('CHECK_WITHOUT_') || code === 'BASE_UNUSABLE')
}

function isSame(
  now: readonly TargetResult[],
  before: readonly TargetResult[] | undefined,
): boolean {
  if (!before) return false
  return now.length === before.length && now.every((result, index) => result === before[index])
}
