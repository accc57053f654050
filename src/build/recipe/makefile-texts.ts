import type { Source } from '../../text/source.ts'
import { type Span, spanOf } from '../../text/span.ts'

/** The makefiles that were read for a module, for places: its own one first. */
export type MakefileTexts = readonly [Source, ...Source[]]

/**
 * The first line that sets a variable, or a form of it for an architecture; the beginning of the
 * module's makefile if none does.
 */
export function placeOfVariable(texts: MakefileTexts, name: string): Span {
  const quoted = name.replace(/[^\w]/g, '\\$&')
  const line = new RegExp(
    `^[ \\t]*(?:export[ \\t]+|override[ \\t]+)*(${quoted}(?:_[\\w.-]+)?)[ \\t]*(?::{1,3}|\\+|\\?)?=`,
    'm',
  )
  for (const source of texts) {
    const found = line.exec(source.text)
    if (!found) continue
    const word = found[1] ?? ''
    const start = found.index + found[0].indexOf(word)
    return spanOf(source, start, start + word.length)
  }
  return spanOf(texts[0], 0, 0)
}
