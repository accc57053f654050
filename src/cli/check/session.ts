import { machineArchitecture } from '../../host/base/architecture.ts'
import { type BaseInstallation, locateBase } from '../../host/base/locate.ts'
import { createLibraryFiles } from '../../host/library-files.ts'
import { siteOf } from '../../host/site.ts'
import { createTreeReader } from '../../host/tree-reader.ts'
import type { Site } from '../../modules/site.ts'
import type { BaseFacts } from '../../startup/ioc-environment.ts'
import type { Argument } from '../../startup/request.ts'
import { isReadable, type SourceReader } from '../../startup/source-reader.ts'
import { checkModules, type Survey, surveyIoc, waitingFindings } from '../../startup/survey.ts'
import { type Diagnostic, diagnostic, hasErrors } from '../../text/diagnostic.ts'
import type { CheckTarget } from './targets.ts'

/** What is the same for all IOCs that are looked at together. */
export interface Session {
  /** Absent where there is none. */
  readonly base: BaseInstallation | undefined
  readonly site: Site
  readonly environment: ReadonlyMap<string, string>
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
  readonly modulePaths: readonly Argument[]
}

/** Finds the base and the module trees. Without a base a check goes on, and says so once. */
export function openSession({ env, cwd, base: option, modulePaths }: SessionOptions): Session {
  const located = locateBase({ option, env, cwd })
  const base = located.value
  const isMissing = located.diagnostics.some(({ code }) => code === 'BASE_NOT_FOUND')
  const site = siteOf({
    ...{ env, cwd, modulePaths, reader: createTreeReader() },
    architecture: base?.arch ?? machineArchitecture(),
    ...(base && { baseRelease: base.version.text }),
  })
  return {
    ...{ base, site: site.value, environment: definedVariables(env) },
    diagnostics: [...(isMissing ? [withoutBase] : located.diagnostics), ...site.diagnostics],
    isUnusable: !base && !isMissing,
  }
}

const withoutBase: Diagnostic = diagnostic(
  'CHECK_WITHOUT_BASE',
  'there is no EPICS base: record types, fields and their values are not checked',
  { hint: 'e3 base install' },
)

/** What an IOC would do, with all that is known to be wrong before its databases are looked at. */
export function surveyTarget(
  target: CheckTarget,
  session: Session,
  reader: SourceReader,
): Survey & { readonly reader: SourceReader } {
  const { base, site } = session
  const environment = new Map([...session.environment, ...target.environment])
  const survey = surveyIoc({
    request: { actions: target.actions, init: true },
    ...{ base: base ?? unknownBase, site, reader, environment },
    ...{ cwd: target.cwd, iocName: target.iocName },
  })
  const { outcome, resolution } = survey
  const isResolved = !hasErrors(resolution.diagnostics)
  const libraries = createLibraryFiles((path) => {
    const text = reader.read(path)
    return isReadable(text) ? text.source.text : undefined
  })
  const found = [
    ...survey.diagnostics,
    ...(base && isResolved
      ? checkModules({ base, reader, environment, libraries }, outcome).diagnostics
      : []),
    ...waitingFindings(outcome, { init: true }),
  ]
  return { ...survey, reader, diagnostics: base ? found : found.filter(isKnowable) }
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
