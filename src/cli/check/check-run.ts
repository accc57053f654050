import { checkIoc, checkTogether } from '../../check/check-ioc.ts'
import { lineEndFindings } from '../../check/line-ends.ts'
import type { CheckedIoc } from '../../check/types.ts'
import type { Recorder, WatchReader } from '../../host/watch-reader.ts'
import type { Diagnostic } from '../../text/diagnostic.ts'
import type { Span } from '../../text/span.ts'
import { type Session, surveyTarget } from './session.ts'
import { type IocSource, sourcesOf } from './sources.ts'
import { type Overlay, withOverlay } from './standard-input.ts'
import type { Counts } from './summary.ts'
import type { CheckTarget } from './targets.ts'
import { templateFindings } from './templates.ts'

/** One target with what was found in it. */
export interface TargetResult {
  readonly target: CheckTarget
  readonly ioc: CheckedIoc
  readonly diagnostics: readonly Diagnostic[]
  /** By absolute path. */
  readonly sources: ReadonlyMap<string, IocSource>
  readonly recorder: Recorder
}

/** Everything that was looked at. */
export interface CheckReport {
  readonly results: readonly TargetResult[]
  readonly diagnostics: readonly Diagnostic[]
  readonly counts: Counts
  readonly sources: ReadonlyMap<string, IocSource>
}

/** What a check needs beside its targets. */
export interface CheckSettings extends LoadSettings {
  readonly reader: WatchReader
}

/** What is needed to load the databases of a target. */
export interface LoadSettings {
  readonly session: Session
  /** Where names of files start. */
  readonly cwd: string
  readonly overlay: Overlay
  /** What is being read. */
  progress(text: string): void
}

/** Checks each target, and all of them together. */
export function checkTargets(
  targets: readonly CheckTarget[],
  settings: CheckSettings,
  before: readonly TargetResult[] = [],
): CheckReport {
  const known = new Map(before.map((result) => [keyOf(result.target), result]))
  const all = targets.map((target) => {
    const last = known.get(keyOf(target))
    return last && settings.reader.isCurrent(last.recorder) ? last : checkTarget(target, settings)
  })
  const results = withoutParts(all)
  const sources = new Map(results.flatMap((result) => [...result.sources]))
  const diagnostics = [
    ...settings.session.diagnostics,
    ...results.flatMap((result) => result.diagnostics),
    ...checkTogether(results.map(({ ioc }) => ioc)),
    ...lineEnds(sources, results),
  ]
  return { results, diagnostics, sources, counts: countsOf(results, sources.size) }
}

function keyOf({ path, name, iocName, actions }: CheckTarget): string {
  const words = actions.flatMap((action) =>
    action.kind === 'file' ? action.macros.map((macro) => [macro.name, macro.value]) : [],
  )
  return JSON.stringify([path, name, iocName, words])
}

function checkTarget(target: CheckTarget, settings: CheckSettings): TargetResult {
  const { session, cwd, progress } = settings
  const recorder = settings.reader.recorder()
  const files = withOverlay(recorder.reader, settings.overlay)
  const reader = {
    ...files,
    read(path: string) {
      progress(`checking ${target.name}: ${path}`)
      return files.read(path)
    },
  }
  const { outcome, diagnostics: walked } = surveyTarget(target, session, reader)
  const dbd = session.base?.dbd
  const { ioc, diagnostics: loaded } = checkIoc({ name: target.name, outcome, reader, dbd })
  const all = [...walked, ...loaded]
  const found = target.kind === 'script' ? all : all.map(withoutCommandLine)
  return {
    ...{ target, ioc, recorder },
    sources: sourcesOf(outcome, ioc, { reader, cwd }),
    diagnostics: target.isTemplate ? templateFindings(found, ioc, target) : found,
  }
}

/** That a file stands on the command line is no news. */
function withoutCommandLine(item: Diagnostic): Diagnostic {
  return item.at?.from ? { ...item, at: shortened(item.at) } : item
}

function shortened({ from, ...place }: Span): Span {
  if (!from || from.at.source.name === '<command line>') return place
  return { ...place, from: { ...from, at: shortened(from.at) } }
}

/** A file found in a folder that another one loads is a part of that one. */
function withoutParts(results: readonly TargetResult[]): TargetResult[] {
  const parts = new Set<string>()
  for (const { target, sources } of results) {
    for (const path of sources.keys()) if (path !== target.path) parts.add(path)
  }
  return results.filter(({ target }) => !target.isFound || !parts.has(target.path))
}

/** Only files that can be changed here: those of modules belong to others. */
function lineEnds(
  sources: ReadonlyMap<string, IocSource>,
  results: readonly TargetResult[],
): Diagnostic[] {
  const foreign = new Set(
    results.flatMap(({ ioc }) => (ioc.outcome?.loaded ?? []).map((module) => module.directory)),
  )
  const isForeign = (path: string): boolean =>
    [...foreign].some((directory) => path.startsWith(`${directory}/`))
  return [...sources].flatMap(([path, { source, isScript }]) =>
    isForeign(path) ? [] : lineEndFindings(source, isScript ? 'script' : 'other'),
  )
}

function countsOf(results: readonly TargetResult[], files: number): Counts {
  const iocs = results.filter(({ target }) => target.kind === 'script').length
  const records = results.reduce((sum, { ioc }) => sum + ioc.database.records.size, 0)
  return { iocs, files, records }
}
