import { type CommandStep, moduleStep } from '../check/commands/steps.ts'
import { readCommandDefinitions } from '../elf/command-definitions.ts'
import type { Registration } from '../modules/check/input.ts'
import type { BroughtCommand } from '../modules/listing/info.ts'
import type { ResolvedModule } from '../modules/resolution.ts'
import type { LaunchBase } from '../startup/survey.ts'
import type { Diagnostic } from '../text/diagnostic.ts'
import { openFileReader } from './byte-reader.ts'
import { askCommands } from './command-table.ts'

/** Whose commands are asked for, and where. */
export interface CommandSearch {
  readonly module: ResolvedModule
  /** With all that it needs, in load order. */
  readonly modules: readonly ResolvedModule[]
  /** Absent: the library is looked into. */
  readonly base: LaunchBase | undefined
  readonly registrations: ReadonlyMap<string, Registration>
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
}

/** The commands, and why they may not be exact. */
export interface CommandAnswer {
  readonly commands: readonly BroughtCommand[]
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * The commands that a module adds to the IOC shell: an IOC that loads it is asked, as `e3 check`
 * does. Without a base, those that are defined in its library: a few of them may be none.
 */
export async function broughtCommands(search: CommandSearch): Promise<CommandAnswer> {
  const { module, modules, base, registrations, cwd, env } = search
  if (!module.library) return { commands: [], diagnostics: [] }
  if (!base) return { commands: definedIn(module.library), diagnostics: [] }
  const steps = modules.flatMap((one, event): CommandStep[] => {
    const step = moduleStep(one, registrations, base.dbd)
    return step ? [{ ...step, event }] : []
  })
  const { value: table, diagnostics } = await askCommands({ base, steps, cwd, env })
  if (!table.isComplete) return { commands: definedIn(module.library), diagnostics }
  const own = steps.findIndex(({ event }) => modules[event]?.name === module.name) + 1
  const commands = [...table.commands.values()]
    .filter(({ step, name }) => step === own && !/_registerRecordDeviceDriver$/.test(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  return {
    commands: commands.map(({ name, arguments: list }) => ({
      name,
      ...(list && { arguments: list }),
    })),
    diagnostics,
  }
}

function definedIn(library: string): BroughtCommand[] {
  const reader = openFileReader(library)
  if (!reader) return []
  try {
    return readCommandDefinitions(reader)
  } finally {
    reader.close()
  }
}
