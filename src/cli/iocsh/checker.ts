import { checkIoc, checkTogether } from '../../check/check-ioc.ts'
import { commandErrorRules, commandRules } from '../../check/commands/rules.ts'
import { commandSteps } from '../../check/commands/steps.ts'
import { withProviders } from '../../check/providers.ts'
import { modulePvs } from '../../check/records/module-pvs.ts'
import { errorRules, iocRules } from '../../check/rules.ts'
import type { IocRule } from '../../check/types.ts'
import type { commandProviders } from '../../host/command-providers.ts'
import type { definitionProviders } from '../../host/definition-providers.ts'
import { knownCommands } from '../../host/known-commands.ts'
import type { LibraryCheck } from '../../modules/check/library-check.ts'
import type { Site } from '../../modules/site.ts'
import type { SourceReader } from '../../startup/source-reader.ts'
import type { LaunchBase } from '../../startup/survey.ts'
import type { WalkOutcome } from '../../startup/walk-types.ts'
import type { Diagnostic } from '../../text/diagnostic.ts'
import { once } from '../../text/once.ts'
import { foldersUp, resolvePath } from '../../text/paths.ts'
import type { SettingsPlace } from './site-severities.ts'

/** What the launcher gives to the check of databases and commands. */
export interface CheckerInput {
  readonly outcome: WalkOutcome
  readonly registrations: LibraryCheck['registrations']
  readonly reader: SourceReader
  readonly base: LaunchBase
  readonly site: Site
  /** Only what the IOC would fail on, or lints as well. */
  readonly level: 'errors' | 'all'
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
  const { outcome, reader, level, cwd, uid, site } = input
  const plain = findings(input, { providers, onRecords }).filter((item) => isShown(item, level))
  const found =
    plain.length > 0
      ? withProviders(plain, providers().definitionProviders(site), outcome.loaded)
      : plain
  const folder = outcome.environment.get('E3_CMD_TOP') ?? cwd
  if (found.length === 0 || !hasSettings(folder, reader)) return found
  return judge(found, { folder, cwd, uid, reader }).filter((item) => isShown(item, level))
}

function findings(
  { outcome, registrations, reader, base, ...input }: CheckerInput,
  { providers, onRecords }: Pick<CheckSurroundings, 'providers' | 'onRecords'>,
) {
  const steps = commandSteps(outcome.events, registrations, base.dbd)
  const table = knownCommands({ base, outcome, steps })
  const ioc = { name: 'this IOC', outcome, reader, dbd: base.dbd, trustsModules: true, onRecords }
  const has = once(() => providers().commandProviders(input.site))
  const knowledge = { table, steps, whoHas: (command: string) => has()(command) }
  const rules =
    input.level === 'all'
      ? [...iocRules, alone, ...commandRules(knowledge, reader)]
      : [...errorRules, ...commandErrorRules(knowledge, reader)]
  return checkIoc(ioc, [...rules, modulePvs(input.moduleRecords)]).diagnostics
}

function isShown({ severity }: Diagnostic, level: CheckerInput['level']): boolean {
  return level === 'all' || severity === 'error'
}

/** Whether there is an `e3.yaml` in a folder or above it. */
function hasSettings(folder: string, reader: SourceReader): boolean {
  for (const one of foldersUp(folder)) {
    if (reader.kindOf(resolvePath(one, 'e3.yaml')) === 'file') return true
  }
  return false
}

/** No other IOC is looked at together with this one. */
const alone: IocRule = (ioc) => checkTogether([ioc])
