import { endOfLine, endOfOpenString, endOfString } from './tokens.ts'

/** A text and the first line without indentation behind the place where it was last asked for. */
export interface BraceReader {
  readonly text: string
  nextLine: number
}

/** What is between a pair of braces and where the text goes on. */
export interface Braces {
  readonly start: number
  readonly end: number
  readonly next: number
  readonly isClosed: boolean
}

/**
 * Finds the brace that closes the one in front of `start`. Strings, comments and lines of C code
 * are passed over. Without a closing brace the body ends in front of the next statement that
 * cannot stand in braces, so that one missing brace does not hide the rest.
 *
 * @param limit - the end of what may be read
 */
export function readBraces(reader: BraceReader, start: number, limit: number): Braces {
  const { text } = reader
  const close = endOfFlat(text, start) ?? endOfTidy(reader, start)
  if (close !== undefined && close < limit) {
    return { start, end: close, next: close + 1, isClosed: true }
  }
  return readCarefully(text, start, limit)
}

/** Nothing but words and strings in the braces: nearly all bodies but those of record types. */
function endOfFlat(text: string, start: number): number | undefined {
  flat.lastIndex = start
  return flat.test(text) ? flat.lastIndex - 1 : undefined
}

const flat = /[^"#%{}]*(?:"[^"\\\n]*"[^"#%{}]*)*\}/y

/**
 * As files are written by people and tools: the inner lines are indented, the next line that is not
 * holds the last brace. What follows proves it: behind the brace of a field can be no statement of
 * these.
 */
function endOfTidy(reader: BraceReader, start: number): number | undefined {
  const { text } = reader
  if (reader.nextLine < start) {
    outerLine.lastIndex = start
    reader.nextLine = outerLine.exec(text)?.index ?? text.length
  }
  tidy.lastIndex = reader.nextLine
  return tidy.test(text) ? reader.nextLine + 1 : undefined
}

const outerLine = /\n[^\s#%]/g

const tidy =
  /\n\}\s*(?:$|(?:menu|recordtype|device|driver|link|registrar|function|variable|breaktable)[ \t]*\()/y

function readCarefully(text: string, start: number, limit: number): Braces {
  let depth = 1
  for (let at = start; ; ) {
    stops.lastIndex = at
    const found = stops.exec(text)
    if (!found || found.index >= limit) return { start, end: limit, next: limit, isClosed: false }
    const { index } = found
    switch (found[0]) {
      case '{':
        depth++
        break
      case '}':
        depth--
        if (depth === 0) return { start, end: index, next: index + 1, isClosed: true }
        break
      case '"':
        stops.lastIndex = endOfString(text, index) ?? endOfOpenString(text, index)
        break
      case '#':
      case '%':
        stops.lastIndex = endOfLine(text, index)
        break
      default:
        return { start, end: index, next: index, isClosed: false }
    }
    at = stops.lastIndex
  }
}

/** `menu(...)` in the braces of a field is something else. */
const stops =
  /["#%{}]|\n[ \t]*(?=(?:(?:recordtype|device|driver|registrar|function|variable|breaktable|g?record)[ \t]*\(|menu[ \t]*\([^()\n]*\)[ \t]*\{))/g
