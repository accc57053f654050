import type { Place } from '../../database/records/types.ts'
import type { Span } from '../../text/span.ts'

/** Where something of a loaded text is written. Costly: only for what is reported. */
export function placeSpan({ in: text, start, end }: Place): Span {
  return text.spanOf(start, end)
}
