import { checkIoc, checkTogether } from '../../check/check-ioc.ts'
import type { CommandKnowledge } from '../../check/commands/calls.ts'
import { commandRules, fileRules } from '../../check/commands/rules.ts'
import { commandSteps } from '../../check/commands/steps.ts'
import { staticCommandTable } from '../../check/commands/table.ts'
import { lineEndFindings } from '../../check/line-ends.ts'
import { withProviders } from '../../check/providers.ts'
import { iocRules } from '../../check/rules.ts'
import { type KnownNames, unknownNames } from '../../check/site/unknown-names.ts'
import { siteRulesOf } from '../../check/site-rules.ts'
import type { CheckedIoc } from '../../check/types.ts'
import { askCommands } from '../../host/command-table.ts'
import { portEvidence } from '../../host/known-commands.ts'
import type { Recorder, WatchReader } from '../../host/watch-reader.ts'
import type { Site } from '../../modules/site.ts'
import type { Settings } from '../../settings/settings.ts'
import { isReadable, type SourceReader } from '../../startup/source-reader.ts'
import type { Code } from '../../text/codes.ts'
import type { Diagnostic, Result } from '../../text/diagnostic.ts'
import type { Span } from '../../text/span.ts'
import { isOffer } from '../../text/suggest.ts'
import { knowableFindings, summedUp, withoutTree } from './not-known.ts'
import { otherText } from './other-text.ts'
import { withoutParts } from './parts.ts'
import type { ProgressLine } from './progress-line.ts'
import { type Session, type SurveyedTarget, surveyTarget } from './session.ts'
import { shownReader } from './shown-reader.ts'
import { type IocSource, sourcesOf } from './sources.ts'
import { type Overlay, withOverlay } from './standard-input.ts'
import type { Counts } from './summary.ts'
import { type CheckTarget, dialectOf, isIoc, isLone, isNamedFile } from './targets.ts'
import { requestFindings, templateFindings } from './templates.ts'

/** One target with what was found in it. */
export interface TargetResult {
  readonly target: CheckTarget
  readonly ioc: CheckedIoc
  readonly diagnostics: readonly Diagnostic[]
  /** By absolute path. */
  readonly sources: ReadonlyMap<string, IocSource>
  readonly recorder: Recorder
  readonly site: Site
  /** Commands of the IOC, as far as they were asked for. */
  readonly commands: Iterable<string>
}

/** Everything that was looked at. */
export interface CheckReport {
  /** Parts of others, too. */
  readonly looked: readonly TargetResult[]
  readonly results: readonly TargetResult[]
  readonly diagnostics: readonly Diagnostic[]
  readonly counts: Counts
  readonly sources: ReadonlyMap<string, IocSource>
}

/** What a check needs beside its targets. */
export interface CheckSettings {
  readonly session: Session
  readonly settings: Settings
  readonly reader: WatchReader
  readonly overlay: Overlay
  /** Where names of files start. */
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Shows what is being done. */
  readonly progress: ProgressLine['show']
}

/** Checks each target, and all of them together. What was found before and still holds is kept. */
export async function checkTargets(
  targets: readonly CheckTarget[],
  settings: CheckSettings,
  before: readonly TargetResult[] = [],
): Promise<CheckReport> {
  const known = new Map(before.map((result) => [keyOf(result.target), result]))
  const looked: TargetResult[] = []
  for (const target of targets) {
    const last = known.get(keyOf(target))
    const isCurrent = last && settings.reader.isCurrent(last.recorder)
    looked.push(isCurrent ? last : await checkTarget(target, settings))
  }
  const results = withoutParts(looked)
  const sources = new Map(results.flatMap((result) => [...result.sources]))
  const diagnostics = [
    ...settings.session.diagnostics,
    ...withoutTree(results.map(({ ioc, site }) => ({ outcome: ioc.outcome, site }))),
    ...findingsOf(results, settings.session),
    ...checkTogether(results.filter(({ target }) => isIoc(target)).map(({ ioc }) => ioc)),
    ...lineEnds(sources),
    ...unknownNames(settings.settings.rules, knownNames(looked, settings.session)),
  ]
  return { looked, results, diagnostics, sources, counts: countsOf(results, sources.size) }
}

function findingsOf(results: readonly TargetResult[], { modules }: Session): Diagnostic[] {
  const of = (some: readonly TargetResult[]) => some.flatMap(({ diagnostics }) => diagnostics)
  const lone = of(results.filter(({ target }) => isLone(target)))
  return [...of(results.filter(({ target }) => !isLone(target))), ...summedUp(lone, modules)]
}

function knownNames(looked: readonly TargetResult[], session: Session): KnownNames {
  const { modules, whoHas } = session
  return {
    definitions: looked.flatMap(({ ioc }) => ioc.definitions ?? []),
    commands: looked.map(({ commands }) => commands),
    isInstalledType: (name) => modules.providersOf({ kind: 'record type', name }).length > 0,
    isInstalledCommand: (name) => whoHas(name).length > 0,
  }
}

function keyOf({ path, name, iocName, actions }: CheckTarget): string {
  const words = actions.flatMap((action) =>
    action.kind === 'file' ? action.macros.map((macro) => [macro.name, macro.value]) : [],
  )
  return JSON.stringify([path, name, iocName, words])
}

async function checkTarget(target: CheckTarget, settings: CheckSettings): Promise<TargetResult> {
  const { session, cwd, overlay, progress } = settings
  const recorder = settings.reader.recorder()
  const files = withOverlay(recorder.reader, overlay)
  const named = new Set<string>()
  const shown = shownReader(files, `checking ${target.name}`, progress)
  const reader = {
    ...shown,
    read(path: string) {
      if (isNamedFile(path)) named.add(path)
      return shown.read(path)
    },
  }
  const surveyed = surveyTarget(target, session, reader)
  const { outcome } = surveyed
  const knowledge = await askTarget(target, surveyed, settings)
  const dbd = session.base?.dbd
  const commands = [...(knowledge.value?.table.commands.keys() ?? [])]
  const rules = [
    ...iocRules,
    ...(knowledge.value ? commandRules(knowledge.value, reader) : fileRules(reader)),
    ...siteRulesOf(settings.settings, cwd),
  ]
  const { ioc, diagnostics: checked } = checkIoc(
    { name: target.label, outcome, reader, dbd, dialect: dialectOf(target) },
    rules,
  )
  const known = knowableFindings([...surveyed.diagnostics, ...knowledge.diagnostics, ...checked], {
    ...{ outcome, site: surveyed.site },
  })
  const all = isLone(target) ? known : withProviders(known, session.modules, outcome?.loaded ?? [])
  // Databases that are looked at alone need not fit together: they are no IOCs of one network.
  const found = isIoc(target)
    ? all
    : [...all, ...checkTogether([ioc]).filter(({ code }) => !ofWholeIocs.has(code))].map((one) =>
        withoutCommandLine(one),
      )
  return {
    ...{ target, ioc, recorder, commands, site: surveyed.site },
    sources: sourcesOf(outcome, ioc, { reader: files, cwd, named }),
    diagnostics: target.isTemplate ? loneFindings(found, ioc, { target, reader }) : found,
  }
}

/** Of a file that no script loads the rest of the IOC is not known. */
const ofWholeIocs: ReadonlySet<Code> = new Set(['LINK_ELSEWHERE', 'NEVER_PROCESSED'])

/** The findings on a file that nobody gave macros for. */
function loneFindings(
  found: readonly Diagnostic[],
  ioc: CheckedIoc,
  { target, reader }: { readonly target: CheckTarget; readonly reader: SourceReader },
): Diagnostic[] {
  const text = reader.read(target.path)
  if (target.kind === 'request') {
    return isReadable(text) ? requestFindings(found, text.source, target) : found.map(ofMissing)
  }
  const other = isReadable(text) ? otherText(text.source) : undefined
  return other ? [other] : templateFindings(found, ioc, target)
}

/** A request file that is not there does not keep an IOC from its start, but is what was asked for. */
function ofMissing({ hint, ...item }: Diagnostic): Diagnostic {
  return {
    ...item,
    ...(hint !== undefined && isOffer(hint) && { hint }),
    ...(/^FILE_/.test(item.code) && { severity: 'error' }),
  }
}

/** The commands of the IOC; nothing for databases, which run none. */
async function askTarget(
  target: CheckTarget,
  { outcome, registrations, isLoadable, cwd }: SurveyedTarget,
  { session, env, progress }: CheckSettings,
): Promise<Result<CommandKnowledge | undefined>> {
  if (!isIoc(target)) return { value: undefined, diagnostics: [] }
  const { base, whoHas } = session
  progress(`checking ${target.name}: its commands`)
  const steps = commandSteps(outcome.events, registrations, base?.dbd)
  const { value: table, diagnostics } =
    base && isLoadable
      ? await askCommands({ base, steps, cwd, env })
      : { value: staticCommandTable(), diagnostics: [] }
  const evidence = base && { mayMakePorts: portEvidence({ base, steps }) }
  return { value: { table, steps, whoHas, ...evidence }, diagnostics }
}

/** That a file stands on the command line is no news. */
function withoutCommandLine(item: Diagnostic): Diagnostic {
  return item.at?.from ? { ...item, at: shortened(item.at) } : item
}

function shortened({ from, ...place }: Span): Span {
  if (!from || from.at.source.name === '<command line>') return place
  return { ...place, from: { ...from, at: shortened(from.at) } }
}

/** Only of files that can be changed here. */
function lineEnds(sources: ReadonlyMap<string, IocSource>): Diagnostic[] {
  return [...sources.values()].flatMap(({ source, isScript, isForeign }) =>
    isForeign ? [] : lineEndFindings(source, isScript ? 'script' : 'other'),
  )
}

function countsOf(results: readonly TargetResult[], files: number): Counts {
  const iocs = results.filter(({ target }) => isIoc(target)).length
  const records = results.reduce((sum, { ioc }) => sum + ioc.database.records.size, 0)
  return { iocs, files, records }
}
