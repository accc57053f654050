import { endOfJson } from '../database/records/json.ts'
import { endOfString } from '../database/tokens.ts'

/** A value of a statement that is to be read. */
interface ValuePlace {
  readonly start: number
  readonly keyword: string
  /** Number of the value in its statement. */
  readonly index: number
}

/** Behind the value that begins here; undefined if none does, or if it has no end. */
export function endOfValue(text: string, place: ValuePlace): number | undefined {
  const { start, keyword, index } = place
  if (text[start] === '"') {
    const isDescription = keyword === 'template' || (keyword === 'port' && index === 2)
    return endOfString(text, start) ?? (isDescription ? match(longString, text, start) : undefined)
  }
  if (!startsVerbatim(text, place)) return match(word, text, start)
  if (text[start] === "'") return match(singleQuoted, text, start)
  const { end, isValid } = endOfJson(text, start)
  return isValid ? end : undefined
}

/** Values of fields and info items may be JSON (dbLex.l of base 7). */
export function startsVerbatim(text: string, { start, keyword, index }: ValuePlace): boolean {
  if (index !== 1 || (keyword !== 'field' && keyword !== 'info')) return false
  const first = text[start]
  if (first === '[') return endOfJson(text, start).isValid
  return first === '{' || (first === "'" && match(singleQuoted, text, start) !== undefined)
}

/** Anything up to a separator, as VisualDCT reads it; references are part of it. */
export const word = /(?:[^\s,(){}"$]+|\$\([^()\s"]*\)|\$\{[^{}\s"]*\}|\$)+/y
const singleQuoted = /'[^'\\\n]*(?:\\[^\n][^'\\\n]*)*'/y
const longString = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"(?=\s*\))/y

/** Behind what a sticky pattern finds here. */
export function match(pattern: RegExp, text: string, start: number): number | undefined {
  pattern.lastIndex = start
  return pattern.test(text) ? pattern.lastIndex : undefined
}
