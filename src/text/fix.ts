import type { TextEdit } from './diagnostic.ts'
import type { Span } from './span.ts'
import { suggest } from './suggest.ts'

/**
 * Replaces a misspelled word by the only candidate that is near to it; nothing if there are several.
 *
 * @param at - where the word is written, with or without its quotes. If something else stands there,
 *   such as the macro that the word came from, there is nothing to replace.
 */
export function nearWordFix(
  word: string,
  candidates: Iterable<string>,
  at: Span | undefined,
): TextEdit[] {
  const [candidate, ...others] = suggest(word, candidates)
  if (!at || word === '' || candidate === undefined || others.length > 0) return []
  const written = at.source.text.slice(at.start, at.end)
  const start = at.start + (/^["']/.test(written) ? 1 : 0)
  const end = start + word.length
  if (at.source.text.slice(start, end) !== word) return []
  const rest = at.source.text.slice(end, at.end)
  if (rest !== '' && rest !== written[0]) return []
  return [{ at: { source: at.source, start, end }, replacement: candidate }]
}
