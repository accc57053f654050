import { userInfo } from 'node:os'
import { resolve } from 'node:path'
import { mayMisfit } from '../../check/commands/base-numbers.ts'
import { onlyNamesSymbols } from '../../database/dbd/plain.ts'
import { type BaseInstallation, locateBase } from '../../host/base/locate.ts'
import type { adviseOnFiles } from '../../host/definition-providers.ts'
import { missingProgram } from '../../host/find-program.ts'
import { createLibraryFiles } from '../../host/library-files.ts'
import { localTime } from '../../host/local-time.ts'
import type { StartFacts } from '../../host/remembered-plans.ts'
import {
  createRunDirectory,
  type RunOwner,
  runDirectoryPath,
  writeRunFiles,
} from '../../host/run-directory.ts'
import { siteOf } from '../../host/site.ts'
import { createSourceReader } from '../../host/source-reader.ts'
import { createTreeReader } from '../../host/tree-reader.ts'
import type { CheckLibraries } from '../../modules/check/library-check.ts'
import type { LockInForce } from '../../modules/lock/lock-in-force.ts'
import type { ResolvedModule } from '../../modules/resolution.ts'
import type { Site } from '../../modules/site.ts'
import { fileKind } from '../../startup/file-types.ts'
import type { GeneratedFile } from '../../startup/generated-file.ts'
import { launchFile } from '../../startup/launch-file.ts'
import { defaultIocName } from '../../startup/module-records.ts'
import {
  type ContentCheck,
  type ErrorAdvice,
  type LaunchPlan,
  moduleRecordsOf,
  planLaunch,
  runFiles,
} from '../../startup/plan.ts'
import type { Action, FileAction, LaunchRequest } from '../../startup/request.ts'
import { isReadable, type SourceReader } from '../../startup/source-reader.ts'
import type { FileFormats, WalkEvent } from '../../startup/walk-types.ts'
import { type Diagnostic, hasErrors, type Result } from '../../text/diagnostic.ts'
import { type CommandResult, exitCodes } from '../context.ts'
import { findLock } from '../lock/find-lock.ts'
import type { openLock } from '../lock/open-lock.ts'
import { productVersion } from '../version.ts'
import { expandArguments } from './argument-source.ts'
import { type CheckLevel, type CommandLine, parseArguments } from './arguments.ts'
import { checkDepth, settingsFolder } from './check-depth.ts'
import type { Checker } from './checker.ts'
import { dryRunText } from './dry-run.ts'
import { helpText } from './help.ts'
import type { SettingsPlace } from './site-severities.ts'

/** What the launcher gets from its process. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  /** The process that becomes the IOC. */
  readonly pid: number
  readonly uid: number
  /** Nothing can be read from standard input. */
  readonly isStdinAtEnd: boolean
  /** Called when all is read that decides about the start. */
  planned(): void
  /** Loads the check of databases, which an IOC without any does not need. */
  readonly checker: () => Checker
  /** Reads the settings of a site. */
  raisesSeverities(place: SettingsPlace): boolean
  readonly checkLibraries: CheckLibraries
  /** Loads what looks in the module trees for files that are not found. */
  readonly fileProviders: () => typeof adviseOnFiles
  /** Loads the reader of locks. */
  readonly locks: () => typeof openLock
  /** Loads the readers of substitution files and hierarchies. */
  readonly formats: () => FileFormats
}

/** The answer of the launcher: something to print, or what the shell continues with. */
export interface LauncherResult extends CommandResult {
  readonly commandLine: CommandLine
  readonly start?: ReadyStart
}

/** A run directory that is written, and what its files were made from. */
export interface ReadyStart {
  readonly launchFile: string
  readonly files: readonly GeneratedFile[]
  readonly facts: StartFacts
}

/** `iocsh`: reads the arguments, plans the start, writes the run directory. */
export function iocsh(words: readonly string[], surroundings: Surroundings): LauncherResult {
  const reader = createSourceReader(surroundings.cwd)
  const expanded = expandArguments(words, (path) => {
    const outcome = reader.read(resolve(surroundings.cwd, path))
    return isReadable(outcome) ? outcome.source : outcome
  })
  const parsed = parseArguments(expanded.value)
  const commandLine = parsed.value
  const diagnostics = [...expanded.diagnostics, ...parsed.diagnostics]
  if (hasErrors(diagnostics)) return { commandLine, diagnostics, exitCode: exitCodes.usage }
  switch (commandLine.mode) {
    case 'help':
      return { commandLine, diagnostics, output: helpText() }
    case 'version':
      return { commandLine, diagnostics, output: `iocsh (e3-iocsh) ${productVersion}` }
    default:
      return { commandLine, ...start({ words, commandLine, surroundings, reader }) }
  }
}

interface StartInput {
  readonly words: readonly string[]
  readonly commandLine: CommandLine
  readonly surroundings: Surroundings
  readonly reader: SourceReader
}

function start(input: StartInput): Omit<LauncherResult, 'commandLine'> {
  const { commandLine } = input
  const { request, mode } = commandLine
  const { env, cwd, uid, pid } = input.surroundings
  const located = locateBase({ option: request.base?.text, env, cwd })
  const base = located.value
  const missing = programsOf(request).flatMap((name) => missingProgram(name, env['PATH']) ?? [])
  if (!base || missing.length > 0) {
    return { diagnostics: [...located.diagnostics, ...missing], exitCode: exitCodes.environment }
  }
  const iocName =
    request.iocName?.text ?? (env['IOCNAME'] || defaultIocName(userName(env, uid), pid))
  const owner = { iocName, pid, uid, runtimeDirectory: env['XDG_RUNTIME_DIR'] }
  const planIn = (directory: string) => plan(input, { base, iocName, directory }, 'none')
  const place = { base, iocName, directory: runDirectoryPath(owner) }
  const planned = plan(input, place, commandLine.check)
  const diagnostics = [...located.diagnostics, ...planned.diagnostics]
  if (!planned.value)
    return { diagnostics, ...(isOfPlace(diagnostics) && { exitCode: exitCodes.environment }) }
  if (mode === 'dry-run') return { diagnostics, output: dryRunText(planned.value) }
  input.surroundings.planned()
  const written = writePlan(planned.value, owner, planIn)
  return { ...written, diagnostics: [...diagnostics, ...written.diagnostics] }
}

/** Nothing is wrong with what was written, only with where it is. */
function isOfPlace(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.every(
    ({ severity, code }) => severity !== 'error' || code === 'PATH_NOT_WRITABLE',
  )
}

/** Programs that the IOC will run under. */
function programsOf({ tool, realtime }: LaunchRequest): string[] {
  return [...(realtime ? ['chrt'] : []), ...(tool ? [tool.kind] : [])]
}

/** The place that was planned for may be taken; then the plan is made again for another one. */
function writePlan(
  planned: LaunchPlan,
  owner: RunOwner,
  planIn: (directory: string) => Result<LaunchPlan | undefined>,
): Omit<LauncherResult, 'commandLine'> {
  const created = createRunDirectory(owner)
  if ('error' in created) return unusable(created.error)
  const directory = created.value
  const fitting = (directory === planned.directory ? undefined : planIn(directory).value) ?? planned
  const files = runFiles(fitting)
  const failure = writeRunFiles(directory, files)
  if (failure) return unusable(failure)
  const { iocName, summary } = fitting
  const facts = { directory, iocName, pid: owner.pid, started: summary.started }
  return { diagnostics: [], start: { launchFile: `${directory}/${launchFile}`, files, facts } }
}

function unusable(diagnostic: Diagnostic): Omit<LauncherResult, 'commandLine'> {
  return { diagnostics: [diagnostic], exitCode: exitCodes.environment }
}

interface PlanPlace {
  readonly base: BaseInstallation
  readonly iocName: string
  readonly directory: string
}

function plan(
  input: StartInput,
  { base, iocName, directory }: PlanPlace,
  level: CheckLevel,
): Result<LaunchPlan | undefined> {
  const { words, surroundings, reader } = input
  const { request } = input.commandLine
  const lock = lockOf(input, base)
  if (hasErrors(lock.diagnostics)) return { value: undefined, diagnostics: lock.diagnostics }
  const { env, cwd, isStdinAtEnd, checkLibraries, formats, fileProviders } = surroundings
  const site = siteOf({
    ...{ env, cwd, modulePaths: request.modulePaths, reader: createTreeReader() },
    architecture: base.arch,
    baseRelease: base.version.text,
  })
  const check = contentCheck(input, { base, site: site.value }, level)
  const advise: ErrorAdvice = (found, loaded) =>
    found.some((item) => item.absent !== undefined)
      ? fileProviders()(found, site.value, loaded)
      : found
  const planned = planLaunch({
    ...{ request, base, site: site.value, reader, cwd, iocName, directory, productVersion },
    ...{ check, advise },
    formats,
    checkLibraries,
    lock: lock.value,
    libraries: createLibraryFiles((path) => textOf(reader, path)),
    environment: definedVariables(env),
    started: localTime(new Date()),
    commandLine: words,
    isStdinAtEnd,
  })
  const diagnostics = [...lock.diagnostics, ...site.diagnostics, ...planned.diagnostics]
  return { value: hasErrors(diagnostics) ? undefined : planned.value, diagnostics }
}

function contentCheck(
  { surroundings, reader, commandLine }: StartInput,
  place: { readonly base: BaseInstallation; readonly site: Site },
  level: CheckLevel,
): ContentCheck {
  const { env, cwd, uid, checker, raisesSeverities } = surroundings
  // A name with the pid begins no record that somebody wrote, and what is checked is remembered.
  const hasFixedName = commandLine.request.iocName !== undefined || Boolean(env['IOCNAME'])
  return (survey, registrations) => {
    const { outcome } = survey
    const { events } = outcome
    if (level === 'none' || !events.some((event) => isChecked(event, reader))) return []
    const folder = settingsFolder(outcome, cwd)
    const depth = checkDepth(level, { folder, cwd, uid, reader }, raisesSeverities)
    const records = moduleRecordsOf(survey, { base: place.base, productVersion }).value
    return checker()({
      ...{ ...place, outcome, registrations, reader, depth, cwd, uid },
      moduleRecords: hasFixedName ? records : '',
    })
  }
}

/** The lock of the first startup script, or the one that is named. */
function lockOf(
  { commandLine: { request, lock: choice }, surroundings, reader }: StartInput,
  base: BaseInstallation,
): Result<LockInForce | undefined> {
  const script = request.actions.find(isScript)?.path
  const { found, diagnostics } = findLock({ choice, script, cwd: surroundings.cwd, reader })
  return found ? surroundings.locks()(found, base) : { value: undefined, diagnostics }
}

function isScript(action: Action): action is FileAction {
  return action.kind === 'file' && !action.isDatabase && fileKind(action.path) === 'script'
}

/**
 * Databases, definitions of modules, access security files, commands of modules, and those of base
 * that can be wrong in a way that is found here.
 */
function isChecked(event: WalkEvent, reader: SourceReader): boolean {
  if (event.kind === 'module') return definesMore(event.module, reader)
  if (event.kind !== 'command') return event.kind === 'load'
  const { name } = event.call
  return !event.isKnown || name === 'asSetFilename' || name === 'var' || mayMisfit(event.call)
}

/** Whether its dbd file holds what the check of libraries has not judged. */
function definesMore({ dbd, library }: ResolvedModule, reader: SourceReader): boolean {
  // require.c: without a library the dbd file is not loaded.
  if (!dbd || !library) return false
  const read = reader.read(dbd)
  if (!isReadable(read)) return true
  const { hasByteOrderMark = false, text } = read.source
  return hasByteOrderMark || !onlyNamesSymbols(text)
}

function textOf(reader: SourceReader, path: string): string | undefined {
  const outcome = reader.read(path)
  return isReadable(outcome) ? outcome.source.text : undefined
}

function definedVariables(env: Surroundings['env']): Map<string, string> {
  return new Map(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}

/**
 * The environment first: to ask the system may mean to ask the network. In a container the user may
 * have no name at all.
 */
function userName(env: Surroundings['env'], uid: number): string {
  const known = env['LOGNAME'] || env['USER']
  if (known) return known
  try {
    return userInfo().username
  } catch {
    return `${uid}`
  }
}
