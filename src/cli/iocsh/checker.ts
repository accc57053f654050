import { checkIoc, checkTogether } from '../../check/check-ioc.ts'
import { commandRules } from '../../check/commands/rules.ts'
import { commandSteps } from '../../check/commands/steps.ts'
import { withProviders } from '../../check/providers.ts'
import { modulePvs } from '../../check/records/module-pvs.ts'
import { errorRules, iocRules } from '../../check/rules.ts'
import type { IocRule } from '../../check/types.ts'
import type { commandProviders } from '../../host/command-providers.ts'
import type { definitionProviders } from '../../host/definition-providers.ts'
import { knownCommands, portEvidence } from '../../host/known-commands.ts'
import type { LibraryCheck } from '../../modules/check/library-check.ts'
import type { Site } from '../../modules/site.ts'
import type { SourceReader } from '../../startup/source-reader.ts'
import type { LaunchBase } from '../../startup/survey.ts'
import type { WalkOutcome } from '../../startup/walk-types.ts'
import type { Diagnostic } from '../../text/diagnostic.ts'
import { once } from '../../text/once.ts'
import { type CheckDepth, settingsAbove, settingsFolder } from './check-depth.ts'
import type { SettingsPlace } from './site-severities.ts'

/** What the launcher gives to the check of databases and commands. */
export interface CheckerInput {
  readonly outcome: WalkOutcome
  readonly registrations: LibraryCheck['registrations']
  readonly reader: SourceReader
  readonly base: LaunchBase
  readonly site: Site
  readonly depth: CheckDepth
  readonly cwd: string
  /** The database with the versions of modules; empty if no record can clash with it. */
  readonly moduleRecords: string
  /** User id of this process. */
  readonly uid: number
}

/** What is wrong with the databases and commands of an IOC. */
export type Checker = (input: CheckerInput) => readonly Diagnostic[]

/** What most starts do not need: it is loaded when it is called. */
export interface RarelyNeeded {
  /** Gives findings the severities that a site wants. */
  judge(found: readonly Diagnostic[], place: SettingsPlace): readonly Diagnostic[]
  /** Who has what is missing. */
  providers(): Providers
}

/** What the check gets from its process. */
export interface CheckSurroundings extends RarelyNeeded {
  /** See `IocInput`. */
  onRecords(characters: number): void
}

/** Finds installed modules. */
export interface Providers {
  readonly commandProviders: typeof commandProviders
  readonly definitionProviders: typeof definitionProviders
}

/** Checks before a start: see `checkIoc`. No IOC is asked for its commands, see `knownCommands`. */
export function checkContents(
  input: CheckerInput,
  { judge, providers, onRecords }: CheckSurroundings,
): readonly Diagnostic[] {
  const { outcome, reader, depth, cwd, uid, site } = input
  const all = findings(input, { providers, onRecords })
  const plain = depth === 'errors' ? all.filter(isError) : all
  const found =
    plain.length > 0
      ? withProviders(plain, providers().definitionProviders(site), outcome.loaded)
      : plain
  const folder = settingsFolder(outcome, cwd)
  const isJudged = found.length > 0 && settingsAbove(folder, reader).length > 0
  const judged = isJudged ? judge(found, { folder, cwd, uid, reader }) : found
  return depth === 'all' ? judged : judged.filter(isError)
}

function findings(
  { outcome, registrations, reader, base, ...input }: CheckerInput,
  { providers, onRecords }: Pick<CheckSurroundings, 'providers' | 'onRecords'>,
) {
  const steps = commandSteps(outcome.events, registrations, base.dbd)
  const table = knownCommands({ base, outcome, steps })
  const ioc = { name: 'this IOC', outcome, reader, dbd: base.dbd, trustsModules: true, onRecords }
  const has = once(() => providers().commandProviders(input.site))
  const knowledge = {
    ...{ table, steps, mayMakePorts: portEvidence({ base, steps }) },
    whoHas: (command: string) => has()(command),
  }
  const rules =
    input.depth === 'errors'
      ? [...errorRules, ...commandRules(knowledge, reader)]
      : [...iocRules, alone, ...commandRules(knowledge, reader)]
  return checkIoc(ioc, [...rules, modulePvs(input.moduleRecords)]).diagnostics
}

function isError({ severity }: Diagnostic): boolean {
  return severity === 'error'
}

/** No other IOC is looked at together with this one. */
const alone: IocRule = (ioc) => checkTogether([ioc])
