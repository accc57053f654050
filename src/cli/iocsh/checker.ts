import { checkIoc, checkTogether } from '../../check/check-ioc.ts'
import { commandRules } from '../../check/commands/rules.ts'
import { commandSteps } from '../../check/commands/steps.ts'
import { withProviders } from '../../check/providers.ts'
import { errorRules, iocRules } from '../../check/rules.ts'
import type { IocRule } from '../../check/types.ts'
import { commandProviders } from '../../host/command-providers.ts'
import { definitionProviders } from '../../host/definition-providers.ts'
import { knownCommands } from '../../host/known-commands.ts'
import type { LibraryCheck } from '../../modules/check/library-check.ts'
import type { Site } from '../../modules/site.ts'
import type { SourceReader } from '../../startup/source-reader.ts'
import type { LaunchBase } from '../../startup/survey.ts'
import type { WalkOutcome } from '../../startup/walk-types.ts'
import type { Diagnostic } from '../../text/diagnostic.ts'

/** What the launcher gives to the check of databases and commands. */
export interface CheckerInput {
  readonly outcome: WalkOutcome
  readonly registrations: LibraryCheck['registrations']
  readonly reader: SourceReader
  readonly base: LaunchBase
  readonly site: Site
  /** Only what the IOC would fail on, or lints as well. */
  readonly level: 'errors' | 'all'
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
}

/** What is wrong with the databases and commands of an IOC. */
export type Checker = (input: CheckerInput) => readonly Diagnostic[]

/**
 * Checks before a start: see `checkIoc`. No IOC is asked for its commands, but what `e3 check` was
 * told counts.
 */
export const checkLaunch: Checker = ({ outcome, registrations, reader, base, ...input }) => {
  const steps = commandSteps(outcome.events, registrations)
  const table = knownCommands({ base, steps, cwd: input.cwd, env: input.env })
  const ioc = { name: 'this IOC', outcome, reader, dbd: base.dbd, trustsModules: true }
  const knowledge = { table, steps, whoHas: commandProviders(input.site) }
  const rules = input.level === 'all' ? [...iocRules, alone] : errorRules
  const { diagnostics } = checkIoc(ioc, [...rules, ...commandRules(knowledge, reader)])
  const shown =
    input.level === 'all' ? diagnostics : diagnostics.filter(({ severity }) => severity === 'error')
  return withProviders(shown, definitionProviders(input.site))
}

/** No other IOC is looked at together with this one. */
const alone: IocRule = (ioc) => checkTogether([ioc])
