import { join } from 'node:path'
import { mayMakePorts } from '../check/commands/port-evidence.ts'
import { staticCommands } from '../check/commands/static-commands.ts'
import type { CommandStep } from '../check/commands/steps.ts'
import type { CommandTable } from '../check/commands/table.ts'
import type { LaunchBase } from '../startup/survey.ts'
import type { WalkOutcome } from '../startup/walk-types.ts'
import { once } from '../text/once.ts'
import { libraryTexts } from './library-texts.ts'
import { namesIn } from './list-directory.ts'

/** The commands of which base and which script. */
export interface KnownQuestion {
  readonly base: Pick<LaunchBase, 'executable' | 'libraryDirectory'>
  readonly outcome: WalkOutcome
  readonly steps: readonly CommandStep[]
}

/** The commands of an IOC without starting one; see `staticCommands`. */
export function knownCommands({ base, outcome, steps }: KnownQuestion): CommandTable {
  return staticCommands({ outcome, steps, baseFiles: filesOf(base), libraries: libraryTexts })
}

/** See `mayMakePorts`; looked at once, when it is asked. */
export function portEvidence({ base, steps }: Omit<KnownQuestion, 'outcome'>): () => boolean {
  return once(() => mayMakePorts({ steps, baseFiles: filesOf(base), libraries: libraryTexts }))
}

function filesOf({ executable, libraryDirectory }: KnownQuestion['base']): () => string[] {
  return once(() => [executable.path, ...librariesOf(libraryDirectory)])
}

/** The libraries of a base, by the names that programs are linked with. */
export function librariesOf(directory: string): string[] {
  const names = namesIn(directory).filter((name) => name.endsWith('.so'))
  return names.map((name) => join(directory, name))
}
