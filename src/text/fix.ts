import type { TextEdit } from './diagnostic.ts'
import type { Span } from './span.ts'
import { isTypo, suggest } from './suggest.ts'

/**
 * Replaces a misspelled word by the only candidate that is near to it; nothing if there are several,
 * or if so much of it is wrong that it may be another word.
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
  if (!isTypo(word, candidate)) return []
  const written = at.source.text.slice(at.start, at.end)
  const start = at.start + (/^["']/.test(written) ? 1 : 0)
  const end = start + word.length
  if (at.source.text.slice(start, end) !== word) return []
  const rest = at.source.text.slice(end, at.end)
  if (rest !== '' && rest !== written[0]) return []
  return [{ at: { source: at.source, start, end }, replacement: candidate }]
}

/** The same for a word that is the last part of what is written, such as the name behind a path. */
export function nearTailFix(
  word: string,
  candidates: Iterable<string>,
  { source, start, end }: Span,
): TextEdit[] {
  const last = /["']/.test(source.text.charAt(end - 1)) ? end - 1 : end
  const first = last - word.length
  const isPart = first > start && !/["'/]/.test(source.text.charAt(first - 1))
  if (first < start || isPart) return []
  return nearWordFix(word, candidates, { source, start: first, end: last })
}

/** Where a text stands in a stretch; nothing if it is not there, or more than once. */
export function placeOfText(text: string, { source, start, end }: Span): Span | undefined {
  const first = source.text.slice(start, end).indexOf(text)
  if (first < 0 || source.text.slice(start, end).lastIndexOf(text) !== first) return undefined
  return { source, start: start + first, end: start + first + text.length }
}
