import type { Source } from '../../text/source.ts'
import { compareDialects } from './compare-dialects.ts'
import { readLoadTemplate } from './load-template-reader.ts'
import { readMsi } from './msi-reader.ts'
import type { Dialect, Substitutions } from './types.ts'

/**
 * Reads a substitution file as one of the two programs does, or as either of them: with `both` the
 * rows are those of the one that can read it (of dbLoadTemplate, if both can), and it is said where
 * the other reads something else or nothing. Any text is read, what is wrong is in the diagnostics.
 */
export function readSubstitutions(
  source: Source,
  { dialect }: { readonly dialect: Dialect },
): Substitutions {
  switch (dialect) {
    case 'msi':
      return readMsi(source)
    case 'dbLoadTemplate':
      return readLoadTemplate(source)
    case 'both':
      return compareDialects(readLoadTemplate(source), readMsi(source))
  }
}
