import type { Source } from '../../text/source.ts'
import { compareDialects } from './compare-dialects.ts'
import { readLoadTemplate } from './load-template-reader.ts'
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
  { dialect }: { readonly dialect: Dialect },
): Substitutions {
  const before = known[dialect].get(source)
  if (before) return before
  const result = read(source, dialect)
  known[dialect].set(source, result)
  return result
}

const known: Readonly<Record<Dialect, WeakMap<Source, Substitutions>>> = {
  msi: new WeakMap(),
  dbLoadTemplate: new WeakMap(),
  both: new WeakMap(),
}

function read(source: Source, dialect: Dialect): Substitutions {
  switch (dialect) {
    case 'msi':
      return readMsi(source)
    case 'dbLoadTemplate':
      return readLoadTemplate(source)
    case 'both':
      return compareDialects(readLoadTemplate(source), readMsi(source))
  }
}
