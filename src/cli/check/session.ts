import type { ModuleFacts } from '../../check/providers.ts'
import { machineArchitecture } from '../../host/base/architecture.ts'
import { type BaseInstallation, locateBase } from '../../host/base/locate.ts'
import { commandProviders } from '../../host/command-providers.ts'
import { definitionProviders } from '../../host/definition-providers.ts'
import { createLibraryFiles } from '../../host/library-files.ts'
import { siteOf } from '../../host/site.ts'
import { createTreeReader } from '../../host/tree-reader.ts'
import type { LibraryFiles } from '../../modules/check/input.ts'
import type { LibraryCheck } from '../../modules/check/library-check.ts'
import { checkLibraries } from '../../modules/check/library-check.ts'
import type { LockInForce } from '../../modules/lock/lock-in-force.ts'
import type { Site } from '../../modules/site.ts'
import type { ModuleTreeReader } from '../../modules/tree-reader.ts'
import type { Settings } from '../../settings/settings.ts'
import { fileFormats } from '../../startup/file-formats.ts'
import type { BaseFacts } from '../../startup/ioc-environment.ts'
import type { Argument } from '../../startup/request.ts'
import { isReadable, type SourceReader } from '../../startup/source-reader.ts'
import { checkModules, type Survey, surveyIoc, waitingFindings } from '../../startup/survey.ts'
import { type Diagnostic, diagnostic, hasErrors, type Result } from '../../text/diagnostic.ts'
import { quoteShellWord } from '../../text/shell-words.ts'
import { findLock } from '../lock/find-lock.ts'
import { openLock } from '../lock/open-lock.ts'
import { type CheckTarget, dialectOf } from './targets.ts'

/** What is the same for all IOCs that are looked at together. */
export interface Session {
  /** Absolute; where names of files start. */
  readonly cwd: string
  /** Absent where there is none. */
  readonly base: BaseInstallation | undefined
  readonly site: Site
  /** With module trees of one IOC, see `FurtherArguments`. */
  siteWith(modulePaths: readonly Argument[]): Result<Site>
  /** What is wrong with the base of one IOC, or that another one is looked at. */
  otherBase(named: Argument): readonly Diagnostic[]
  readonly environment: ReadonlyMap<string, string>
  /** Names of installed modules that have a command. */
  whoHas(command: string): readonly string[]
  /** Which installed modules bring a record type or device support. */
  readonly modules: ModuleFacts
  /** About the base and the module path. */
  readonly diagnostics: readonly Diagnostic[]
  /** A base was named but cannot be used. */
  readonly isUnusable: boolean
}

/** What a session is made from. */
export interface SessionOptions {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  /** The value of `--base`. */
  readonly base: string | undefined
  /** What an e3 wrapper names; see `BaseRequest`. */
  readonly release?: string | undefined
  readonly modulePaths: readonly Argument[]
  readonly settings: Settings
  /** Default: asks this machine, each question once. */
  readonly trees?: ModuleTreeReader
}

/** Finds the base and the module trees. Without a base a check goes on, and says so once. */
export function openSession({ env, cwd, settings, ...options }: SessionOptions): Session {
  const { base: option, release } = options
  const located = locateBase({ option, setting: settings.base?.text, env, release, cwd })
  const base = located.value
  const isMissing = located.diagnostics.some(({ code }) => code === 'BASE_NOT_FOUND')
  const siteFrom = (reader: ModuleTreeReader, more: readonly Argument[] = []): Result<Site> =>
    siteOf({
      ...{ env, cwd, reader },
      // The last one is searched first.
      modulePaths: [...settings.modulePath.toReversed(), ...more, ...options.modulePaths],
      architecture: base?.arch ?? machineArchitecture(),
      ...(base && { baseRelease: base.version.text }),
    })
  const reader = options.trees ?? createTreeReader()
  const site = siteFrom(reader)
  // Advice reads whole trees: nobody who takes notes of what is asked needs to know that.
  const advisers = options.trees ? siteFrom(createTreeReader()).value : site.value
  return {
    ...{ cwd, base, site: site.value, environment: definedVariables(env) },
    siteWith: (more) => siteFrom(reader, more),
    otherBase(named) {
      const other = locateBase({ option: named.text, env, cwd: settings.directory })
      if (other.value && other.value.directory === base?.directory) return []
      return other.value
        ? [notThisBase(named)]
        : other.diagnostics.map((item) => ({ ...item, at: named.at }))
    },
    whoHas: commandProviders(advisers),
    modules: definitionProviders(advisers),
    diagnostics: [...(isMissing ? [withoutBase] : located.diagnostics), ...site.diagnostics],
    isUnusable: !base && !isMissing,
  }
}

const withoutBase: Diagnostic = diagnostic(
  'CHECK_WITHOUT_BASE',
  'there is no EPICS base: record types, fields and their values are not checked',
  { hint: 'e3 base install' },
)

/** One check has one base. */
function notThisBase({ text, at }: Argument): Diagnostic {
  const message = `the base ${text} of this IOC is not looked at: all IOCs are checked with one base`
  const hint = `check the IOC alone: e3 check --base ${quoteShellWord(text)}`
  return diagnostic('OPTION_VALUE', message, { at, hint, severity: 'warning' })
}

/** What an IOC would do, with all that is known to be wrong before its databases are looked at. */
export function surveyTarget(
  target: CheckTarget,
  session: Session,
  reader: SourceReader,
): SurveyedTarget {
  const { base } = session
  const further = furtherFindings(target, session)
  const site = further.value
  const init = target.further?.init ?? true
  const environment = new Map([...session.environment, ...target.environment])
  const lock = lockOf(target, session, reader)
  const { cwd, survey } = bestSurvey(target.folders, (folder) =>
    surveyIoc({
      request: { actions: target.actions, init },
      ...{ base: base ?? unknownBase, site, reader, environment },
      formats: () => fileFormats,
      ...{ cwd: folder, iocName: target.iocName, dialect: dialectOf(target) },
      lock: lock.value,
    }),
  )
  const { outcome, requests, resolution } = survey
  const isResolved = !hasErrors(resolution.diagnostics)
  const libraries = libraryFiles(reader)
  const modules =
    base && isResolved
      ? checkModules({ base, reader, environment, libraries, site, checkLibraries }, outcome)
      : { registrations: new Map(), diagnostics: [] }
  const found = [
    ...further.diagnostics,
    ...lock.diagnostics,
    ...survey.diagnostics,
    ...modules.diagnostics,
    ...waitingFindings(outcome, { init }),
  ]
  return {
    ...{ cwd, site, outcome, requests, resolution, registrations: modules.registrations },
    isLoadable: isResolved && !hasErrors(modules.diagnostics),
    diagnostics: base ? found : found.filter(isKnowable),
  }
}

/** Readers that take notes learn of each library, too. */
function libraryFiles(reader: SourceReader): LibraryFiles {
  const files = createLibraryFiles((path) => {
    const text = reader.read(path)
    return isReadable(text) ? text.source.text : undefined
  })
  const exists = (path: string): boolean => {
    const kind = reader.kindOf(path)
    return kind !== undefined && kind !== 'directory'
  }
  return {
    ...{ ...files, exists },
    open: (path) => (exists(path) ? files.open(path) : undefined),
  }
}

/** A target as it would start. */
export interface SurveyedTarget
  extends Pick<Survey, 'outcome' | 'requests' | 'resolution' | 'diagnostics'> {
  readonly cwd: string
  /** With the module trees of its arguments. */
  readonly site: Site
  readonly registrations: LibraryCheck['registrations']
  /** The libraries of all modules can be loaded. */
  readonly isLoadable: boolean
}

/** What `arguments` of the settings are worth, and the site with their module trees. */
function furtherFindings({ further }: CheckTarget, session: Session): Result<Site> {
  if (!further) return { value: session.site, diagnostics: [] }
  const { base, modulePaths, diagnostics } = further
  const site = modulePaths.length > 0 ? session.siteWith(modulePaths) : undefined
  return {
    value: site?.value ?? session.site,
    diagnostics: [
      ...diagnostics,
      ...(base ? session.otherBase(base) : []),
      ...(site?.diagnostics ?? []),
    ],
  }
}

function lockOf(
  { lock: choice, name: script }: CheckTarget,
  { cwd, base }: Session,
  reader: SourceReader,
): Result<LockInForce | undefined> {
  if (!choice) return { value: undefined, diagnostics: [] }
  if (choice.kind === 'given') return { value: choice.lock, diagnostics: [] }
  const { found, diagnostics } = findLock({ choice, script, cwd, reader })
  return found ? openLock(found, base) : { value: undefined, diagnostics }
}

/** That of the folder in which the fewest files are missing, the first one if there are several. */
function bestSurvey(folders: readonly string[], survey: (cwd: string) => Survey) {
  const [first = '/', ...others] = folders
  let best = { cwd: first, survey: survey(first) }
  for (const cwd of others) {
    const missing = missingFiles(best.survey)
    if (missing === 0) break
    const other = survey(cwd)
    if (missingFiles(other) < missing) best = { cwd, survey: other }
  }
  return best
}

function missingFiles({ diagnostics }: Survey): number {
  return diagnostics.filter(({ code }) => /^(FILE|DIRECTORY)_NOT_FOUND$/.test(code)).length
}

/** Stands for a base where there is none: paths in it cannot be judged. */
const unknownBase: BaseFacts = {
  directory: '/no-epics-base',
  arch: machineArchitecture(),
  version: { text: '7.0.10', parts: [7, 0, 10, 0], snapshot: '', site: '' },
}

function isKnowable({ message, notes }: Diagnostic): boolean {
  return ![message, ...notes.map((note) => note.message)].some((text) =>
    text.includes(unknownBase.directory),
  )
}

function definedVariables(env: SessionOptions['env']): Map<string, string> {
  return new Map(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}
