import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { languageOf } from '../../build/source-language.ts'
import { programsOf } from '../../build/state-notation.ts'
import type { ResolvedModule } from '../../modules/resolution.ts'
import { findProgram } from '../find-program.ts'
import { buildFailure } from './failure.ts'

/** What sources in state notation need. */
export interface Sequencer {
  /** The translator; empty if there is no such source. */
  readonly snc: readonly string[]
  /** Names of the programs. */
  readonly programs: readonly string[]
}

/** Where the translator is searched. */
export interface SequencerSearch {
  readonly modules: readonly ResolvedModule[]
  /** Of this machine: snc runs here, whatever is built. */
  readonly arch: string
  /** How a module comes among those that are required, for the help line. */
  howTo(module: string): string
}

/**
 * The translator `bin/<arch>/snc` of a required module, such as sequencer.
 *
 * Throws `TOOL_NOT_FOUND`, and system errors.
 */
export function findSequencer(
  folder: string,
  sources: readonly string[],
  { modules, arch, howTo }: SequencerSearch,
): Sequencer {
  const written = sources.filter((file) => languageOf(file) === 'snl')
  const [first] = written
  if (first === undefined) return { snc: [], programs: [] }
  const path = modules.map(({ directory }) => join(directory, 'bin', arch)).join(':')
  const snc = path === '' ? undefined : findProgram('snc', path)
  if (snc === undefined) {
    const message = `${first} is state notation, and no required module has the program snc`
    throw buildFailure('TOOL_NOT_FOUND', message, { hint: howTo('sequencer') })
  }
  const texts = written.map((file) => readFileSync(join(folder, file), 'utf8'))
  return { snc: [snc], programs: texts.flatMap(programsOf) }
}
