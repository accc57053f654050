import type { Source } from '../../text/source.ts'
import { compareDialects } from './compare-dialects.ts'
import { readLoadTemplate } from './load-template-reader.ts'
import { defaultMaxVariables } from './load-template-state.ts'
import { readMsi } from './msi-reader.ts'
import type { Dialect, Substitutions } from './types.ts'

/**
 * Reads a substitution file as one of the two programs does, or as either of them: with `both` the
 * rows are those of the one that can read it (of dbLoadTemplate, if both can), and it is said where
 * the other reads something else or nothing. Any text is read, what is wrong is in the diagnostics.
 *
 * A source is read once: the walk of a script comes by it in each of its rounds, and the check of
 * databases once more.
 */
export function readSubstitutions(
  source: Source,
  { dialect, maxVariables = defaultMaxVariables }: SubstitutionOptions,
): Substitutions {
  const ofSource = known.get(source) ?? new Map<string, Substitutions>()
  known.set(source, ofSource)
  const key = `${dialect} ${maxVariables}`
  const before = ofSource.get(key)
  if (before) return before
  const result = read(source, dialect, maxVariables)
  ofSource.set(key, result)
  return result
}

/** Who reads a file. */
export interface SubstitutionOptions {
  readonly dialect: Dialect
  /** `dbTemplateMaxVars`: names of a pattern that dbLoadTemplate takes; default 100. */
  readonly maxVariables?: number | undefined
}

const known = new WeakMap<Source, Map<string, Substitutions>>()

function read(source: Source, dialect: Dialect, maxVariables: number): Substitutions {
  switch (dialect) {
    case 'msi':
      return readMsi(source)
    case 'dbLoadTemplate':
      return readLoadTemplate(source, maxVariables)
    case 'both':
      return compareDialects(readLoadTemplate(source, maxVariables), readMsi(source))
  }
}
