import type { LibraryFiles } from '../modules/check/input.ts'
import type { CheckLibraries, LibraryCheck } from '../modules/check/library-check.ts'
import type { ResolvedModule } from '../modules/resolution.ts'
import type { ScriptRun } from '../shell/types.ts'
import { type Diagnostic, diagnostic, hasErrors, type Result } from '../text/diagnostic.ts'
import { shellFeatures } from './base-features.ts'
import { isWritable } from './command-line.ts'
import { withErrorMode } from './error-mode.ts'
import type { GeneratedFile } from './generated-file.ts'
import { header } from './header.ts'
import { exportedVariables, type IocFacts, shellVariables } from './ioc-environment.ts'
import { finalCommand, type Launch, launchFile, launchFileText } from './launch-file.ts'
import { moduleRecords } from './module-records.ts'
import type { LaunchRequest } from './request.ts'
import { rewrite } from './rewrite.ts'
import { startupScriptText } from './startup-script.ts'
import {
  checkModules,
  type LaunchBase,
  type Survey,
  type SurveyInput,
  surveyIoc,
  waitingFindings,
} from './survey.ts'
import { initCommand } from './walk-state.ts'
import type { Part, WalkOutcome } from './walk-types.ts'

/** Everything a plan is made from; nothing else is asked. */
export interface PlanInput extends SurveyInput {
  readonly request: LaunchRequest
  readonly base: LaunchBase
  readonly libraries: LibraryFiles
  readonly checkLibraries: CheckLibraries
  /** Absolute path of the run directory, which need not exist yet. */
  readonly directory: string
  readonly productVersion: string
  /** For the header of the startup script. */
  readonly started: string
  readonly commandLine: readonly string[]
  /** Standard input is /dev/null or at its end: there is nobody to talk to. */
  readonly isStdinAtEnd: boolean
  /** Looks at what the IOC will load; default: nobody does. */
  readonly check?: ContentCheck | undefined
  /** Adds to errors what would help, e.g. which module has a file; default: nothing. */
  readonly advise?: ErrorAdvice | undefined
}

/** Given the findings that prevent a start, and the modules that the IOC would load. */
export type ErrorAdvice = (
  found: readonly Diagnostic[],
  loaded: readonly ResolvedModule[],
) => readonly Diagnostic[]

/** Given what an IOC would do and how its modules make themselves known. */
export type ContentCheck = (
  survey: Survey,
  registrations: LibraryCheck['registrations'],
) => readonly Diagnostic[]

/** What is started, as data: the files of the run directory and the final command. */
export interface LaunchPlan {
  readonly directory: string
  readonly iocName: string
  /** In load order. */
  readonly modules: readonly ResolvedModule[]
  /** Facts for whoever asks later what runs. */
  readonly summary: {
    readonly started: string
    readonly cwd: string
    readonly arguments: readonly string[]
    readonly base: { readonly version: string; readonly arch: string; readonly directory: string }
    /** The lock that held the versions, from `cwd`. */
    readonly lock?: string
  }
  /** Without the launch file itself. */
  readonly files: readonly GeneratedFile[]
  readonly launch: Launch
}

/** Path of the startup script in the run directory. */
const startupFile = 'startup.cmd'
const recordsFile = 'modules.db'

/**
 * Plans a start: walks the scripts, resolves and checks the modules, writes down what the IOC will
 * run. With errors there is no plan.
 */
export function planLaunch(input: PlanInput): Result<LaunchPlan | undefined> {
  const survey = surveyIoc(input)
  const { facts, parts, outcome } = survey
  const { request } = input
  const contents = contentFindings(input, survey)
  const found = [
    ...survey.diagnostics,
    ...unwritablePaths(input, outcome),
    ...contents.diagnostics,
    ...waitingFindings(outcome, request),
    ...(request.debug ? outcome.loaded.map((module) => whyLoaded(module, outcome.loaded)) : []),
  ]
  if (hasErrors(found)) {
    return { value: undefined, diagnostics: input.advise?.(found, outcome.loaded) ?? found }
  }
  const written = writtenPlan({ input, facts, parts, outcome }, contents.registrations)
  const all = [...found, ...written.diagnostics]
  return { value: hasErrors(all) ? undefined : written.value, diagnostics: all }
}

/** Modules and all else that is loaded; without its modules an IOC has not what the rest needs. */
function contentFindings(input: PlanInput, survey: Survey): LibraryCheck {
  if (hasErrors(survey.resolution.diagnostics)) return { registrations: new Map(), diagnostics: [] }
  const { registrations, diagnostics } = checkModules(input, survey.outcome)
  return {
    registrations,
    diagnostics: [...diagnostics, ...(input.check?.(survey, registrations) ?? [])],
  }
}

/**
 * Directories that the generated files name. Line ends cannot stand in a line; references would be
 * expanded once more by the commands that load databases.
 */
function unwritablePaths(
  { cwd, directory, base }: PlanInput,
  { loaded }: WalkOutcome,
): Diagnostic[] {
  const paths = [directory, base.directory, ...loaded.map((module) => module.directory)]
  return [
    ...paths.filter((path) => /\$[({]/.test(path)),
    ...[cwd, ...paths].filter((path) => !isWritable(path)),
  ].map((path) =>
    diagnostic('PATH_NOT_WRITABLE', `the path "${path}" cannot be given to the IOC shell`, {
      hint: `${path === directory ? 'set XDG_RUNTIME_DIR to another directory' : 'rename the directory'}: no line ends, no $( or \${`,
    }),
  )
}

interface PlanContext {
  readonly input: PlanInput
  readonly facts: IocFacts
  readonly parts: readonly Part[]
  readonly outcome: WalkOutcome
}

/** `--debug`: where a module comes from and who asked for it. */
function whyLoaded(module: ResolvedModule, loaded: readonly ResolvedModule[]): Diagnostic {
  const { name, version, directory, requestedBy } = module
  const versionOf = (other: string) => loaded.find((one) => one.name === other)?.version.text ?? ''
  return diagnostic('MODULE_CHOSEN', `${name} ${version.text} is loaded from ${directory}`, {
    notes: requestedBy.map((one) =>
      one.kind === 'request'
        ? { message: 'required here', ...(one.request.at && { at: one.request.at }) }
        : { message: `required by ${one.module} ${versionOf(one.module)}`, at: one.dependency.at },
    ),
  })
}

function writtenPlan(
  { input, facts, parts, outcome }: PlanContext,
  registrations: LibraryCheck['registrations'],
): Result<LaunchPlan> {
  const { base, directory, request } = input
  const records = moduleRecordsOf({ facts, outcome }, input)
  const rewriting = rewrite(outcome, {
    ...{ directory, registrations, baseDbd: base.dbd, shell: shellFeatures(base) },
  })
  const adds = request.init && !outcome.isRunning
  const script = startupScriptText({
    header: header(input, facts, outcome.loaded),
    variables: shellVariables(facts),
    moduleRecords: `${directory}/${recordsFile}`,
    parts: rewriting.parts.map((text, index) => ({
      label: labelOf(outcome.runs[index], parts),
      text: withErrorMode(text, index, { outcome, parts }),
    })),
    added: adds ? [initCommand(outcome), ...rewriting.afterInit] : [],
  })
  const files: GeneratedFile[] = [
    { path: startupFile, text: script },
    { path: recordsFile, text: records.value },
    ...rewriting.files,
  ]
  const launch = launchOf(input, facts, outcome)
  const plan: LaunchPlan = {
    directory,
    iocName: facts.iocName,
    modules: outcome.loaded,
    summary: {
      started: input.started,
      cwd: input.cwd,
      arguments: input.commandLine,
      base: { version: base.version.text, arch: base.arch, directory: base.directory },
      ...(input.lock && { lock: input.lock.name }),
    },
    files,
    launch,
  }
  return { value: plan, diagnostics: records.diagnostics }
}

function labelOf(run: ScriptRun | undefined, parts: readonly Part[]): string {
  const part =
    run && parts.find(({ source, elsewhere }) => [source, elsewhere].includes(run.source))
  return part
    ? part.at.source.text.slice(part.at.start, part.at.end)
    : (run?.source.text.trimEnd() ?? '')
}

/**
 * Who says `exit` on the command line or in afterInit wants the IOC to end: it gets its shell, which
 * ends with its input.
 */
function launchOf(input: PlanInput, facts: IocFacts, outcome: WalkOutcome): Launch {
  const { base, request, directory, isStdinAtEnd } = input
  const noShell = request.noShell || (isStdinAtEnd && !outcome.exits)
  const command = [
    base.executable.path,
    ...['-D', base.dbd],
    ...(noShell ? ['-S'] : []),
    `${directory}/${startupFile}`,
  ]
  const { tool, realtime } = request
  return { environment: exportedVariables(facts), command, realtime, tool }
}

/** The database with the versions of the modules of an IOC. */
export function moduleRecordsOf(
  { facts, outcome }: Pick<Survey, 'facts' | 'outcome'>,
  { base, productVersion }: Pick<PlanInput, 'base' | 'productVersion'>,
): Result<string> {
  return moduleRecords({
    prefix: facts.recordPrefix,
    productVersion,
    baseVersion: base.version.text,
    modules: outcome.loaded.map(({ name, version }) => ({ name, version: version.text })),
  })
}

/** All files of a plan, the launch file and the plan itself included. */
export function runFiles(plan: LaunchPlan): GeneratedFile[] {
  return [
    ...plan.files,
    { path: 'plan.json', text: planText(plan) },
    { path: launchFile, text: launchFileText(plan.launch, plan.summary.cwd) },
  ]
}

/** What was started, for programs; the keys are documented in docs/reference/formats.md. */
function planText({ iocName, summary, modules, launch }: LaunchPlan): string {
  const loaded = modules.map(({ name, version, directory, library }) => ({
    ...{ name, version: version.text, directory, ...(library && { library }) },
  }))
  const plan = { format: 1, iocName, ...summary, modules: loaded, command: finalCommand(launch) }
  return `${JSON.stringify(plan, null, 2)}\n`
}
