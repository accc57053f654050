import type { Source } from '../../text/source.ts'
import type { Origin } from '../../text/span.ts'
import type { LoadedText } from '../records/types.ts'

/** A file that is read as it is written: no macros were given, or it holds none. */
export function plainText(source: Source, from?: Origin): LoadedText {
  return {
    source,
    text: source.text,
    ...(from && { from }),
    spanOf: (start, end) => ({ source, start, end, ...(from && { from }) }),
    macros: { used: none, undefined: none, defaulted: none },
    macrosOf: () => [],
  }
}

const none: ReadonlySet<string> = new Set()
