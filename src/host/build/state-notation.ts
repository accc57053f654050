import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { languageOf } from '../../build/source-language.ts'
import type { ResolvedModule } from '../../modules/resolution.ts'
import { buildFailure } from './failure.ts'

/**
 * The translator of state notation: `bin/<arch>/snc` of a module that is required.
 *
 * @returns nothing if no source needs it
 *
 * Throws `PREREQUISITE_MISSING`.
 */
export function findTranslator(
  sources: readonly string[],
  modules: readonly ResolvedModule[],
  arch: string,
): string[] {
  const source = sources.find((file) => languageOf(file) === 'snl')
  if (source === undefined) return []
  const found = modules
    .map(({ directory }) => join(directory, 'bin', arch, 'snc'))
    .find((path) => existsSync(path))
  if (found !== undefined) return [found]
  throw buildFailure('PREREQUISITE_MISSING', `${source} needs snc, which no required module has`, {
    hint: 'require the sequencer: requires: sequencer, or in a makefile REQUIRED += sequencer',
  })
}

/** Names of the programs in sources of state notation: `program sncExample`. */
export function programsIn(folder: string, sources: readonly string[]): string[] {
  return sources
    .filter((file) => languageOf(file) === 'snl')
    .flatMap((file) => {
      const text = readFileSync(join(folder, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
      return /^[ \t]*program[ \t\r\n]+(\w+)/m.exec(text)?.[1] ?? []
    })
}
