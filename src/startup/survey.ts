import type { Dialect } from '../database/substitutions/types.ts'
import type { LibraryFiles, OtherLibrary, RunningBase } from '../modules/check/input.ts'
import type { CheckLibraries, LibraryCheck } from '../modules/check/library-check.ts'
import { installedLibraries } from '../modules/installed-libraries.ts'
import type { LockInForce } from '../modules/lock/lock-in-force.ts'
import type { ModuleRequest } from '../modules/module-request.ts'
import type { Resolution } from '../modules/resolution.ts'
import type { Site } from '../modules/site.ts'
import { type Diagnostic, diagnostic, hasErrors } from '../text/diagnostic.ts'
import { shellFeatures } from './base-features.ts'
import {
  type BaseFacts,
  baseVariables,
  exportedVariables,
  type IocFacts,
  shellVariables,
} from './ioc-environment.ts'
import { recordPrefix } from './module-records.ts'
import { partsOf } from './parts.ts'
import type { LaunchRequest } from './request.ts'
import { settle } from './settle.ts'
import type { SourceReader } from './source-reader.ts'
import { delayedCommand } from './walk-state.ts'
import type { Part, WalkInput, WalkOutcome } from './walk-types.ts'

/** The base that starts the IOC. */
export interface LaunchBase extends BaseFacts {
  readonly executable: { readonly path: string }
  readonly dbd: string
  readonly libraryDirectory: string
}

/** What can be asked about an IOC without starting it. */
export interface SurveyInput {
  readonly request: Pick<LaunchRequest, 'actions' | 'init' | 'iocName'>
  readonly base: BaseFacts
  readonly site: Site
  readonly reader: SourceReader
  /** See `WalkInput`. */
  readonly formats: WalkInput['formats']
  /** Of this process; what the IOC gets in addition is added here. */
  readonly environment: ReadonlyMap<string, string>
  readonly cwd: string
  /** Name of the IOC if the command line has none. */
  readonly iocName: string
  /** Who reads substitution files, see `WalkInput`. */
  readonly dialect?: Dialect | undefined
  /** Holds the versions of modules. */
  readonly lock?: LockInForce | undefined
}

/** What an IOC would do, up to its last line. */
export interface Survey {
  readonly facts: IocFacts
  readonly parts: readonly Part[]
  readonly outcome: WalkOutcome
  /** What the script asks for, and what a lock holds of it. */
  readonly requests: readonly ModuleRequest[]
  readonly resolution: Resolution
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Walks all that the arguments name and resolves what it requires; see `settle` and `lockDrift` for
 * the errors.
 */
export function surveyIoc({ request, base, site, reader, ...input }: SurveyInput): Survey {
  const { cwd, dialect, lock } = input
  const iocName = request.iocName?.text ?? input.iocName
  const isFromEnvironment = !request.iocName && input.environment.get('IOCNAME') === iocName
  const prefix = recordPrefix(iocName, isFromEnvironment ? 'IOCNAME' : request.iocName?.at)
  const facts: IocFacts = { iocName, recordPrefix: prefix.value, cwd, base }
  const parts = partsOf(request.actions, { cwd, reader })
  const environment = new Map([
    ...input.environment,
    ...exportedVariables(facts),
    ...baseVariables(facts),
    ...shellVariables(facts),
  ])
  const shell = shellFeatures(base)
  const { outcome, requests, resolution, diagnostics } = settle(
    {
      parts: parts.value,
      environment,
      cwd,
      reader,
      formats: input.formats,
      shell,
      addsInit: request.init,
      ...(dialect && { dialect }),
    },
    site,
    lock,
  )
  // What is loaded instead of a locked version has been told.
  const drift = hasErrors(resolution.diagnostics) ? [] : (lock?.drift(resolution.modules) ?? [])
  return {
    ...{ facts, parts: parts.value, outcome, requests, resolution },
    diagnostics: [...prefix.diagnostics, ...parts.diagnostics, ...diagnostics, ...drift],
  }
}

/** What the check of libraries needs beside the outcome of a walk. */
export interface LibraryQuestions extends Pick<SurveyInput, 'reader' | 'environment' | 'site'> {
  readonly base: LaunchBase
  readonly libraries: LibraryFiles
  /** Looks into them. */
  readonly checkLibraries: CheckLibraries
}

/** Whether the running base can load the libraries of the modules and those of `dlload` lines. */
export function checkModules(
  { base, reader, libraries, environment, site, checkLibraries }: LibraryQuestions,
  outcome: WalkOutcome,
): LibraryCheck {
  const running: RunningBase = {
    arch: base.arch,
    libraryDirectory: base.libraryDirectory,
    libraries: reader.list(base.libraryDirectory),
    executable: base.executable.path,
    dbdDirectory: `${base.directory}/dbd`,
  }
  const otherLibraries = [...broughtByScripts(outcome), ...preloaded(environment, reader)]
  const libraryPath = environment.get('LD_LIBRARY_PATH')?.split(':').filter(Boolean) ?? []
  if (outcome.loaded.every(({ library }) => !library) && otherLibraries.length === 0) {
    return { registrations: new Map(), diagnostics: [] }
  }
  return checkLibraries(
    {
      ...{ base: running, modules: outcome.loaded, libraryPath, otherLibraries },
      installed: () => installedLibraries(site),
    },
    libraries,
  )
}

/** Libraries of `dlload` lines: files that are there, and names that the loader searches for. */
function broughtByScripts({ events }: WalkOutcome): OtherLibrary[] {
  const found: OtherLibrary[] = []
  let behind = 0
  for (const event of events) {
    if (event.kind === 'module') behind += 1
    if (event.kind !== 'load' || event.file.kind !== 'library') continue
    const { name, path = name.includes('/') ? undefined : name, at } = event.file
    if (path !== undefined) found.push({ path, at, behind })
  }
  return found
}

/** man 8 ld.so: names without a slash are searched by the loader. */
function preloaded(
  environment: ReadonlyMap<string, string>,
  reader: Pick<SourceReader, 'kindOf'>,
): OtherLibrary[] {
  return (environment.get('LD_PRELOAD')?.split(/[\s:]+/) ?? [])
    .filter((path) => path.startsWith('/') && reader.kindOf(path) === 'file')
    .map((path) => ({ path, isPreloaded: true }))
}

/** `afterInit` without any `iocInit` to wait for. */
export function waitingFindings(
  outcome: WalkOutcome,
  { init }: Pick<LaunchRequest, 'init'>,
): Diagnostic[] {
  if (init || outcome.isRunning) return []
  return outcome.waiting
    .filter(({ name }) => name === 'afterInit')
    .map((asked) => {
      const message = `nothing runs iocInit, so "${delayedCommand(asked)}" never runs`
      const hint = 'remove -i, or write iocInit into the script'
      return diagnostic('AFTER_INIT_UNUSED', message, { hint })
    })
}
