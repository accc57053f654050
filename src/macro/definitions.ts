import { utf8Length } from './bytes.ts'

/** One item of a definition list. */
export interface Definition {
  readonly name: string
  /** Raw text, quotes and escapes still in it; undefined means: remove the macro. */
  readonly raw: string | undefined
  /** Offsets in the list, blanks around the item left out. */
  readonly start: number
  readonly end: number
}

/**
 * Reads a definition list such as `a=1, b="x,y", c` with the rules of macParseDefns: commas
 * separate, the first `=` ends the name, quotes and backslashes protect, blanks around names and
 * values are dropped. Any text is legal; an unclosed quote takes the rest.
 */
export function parseDefinitions(list: string): Definition[] {
  const definitions: Definition[] = []
  for (let at = 0; at < list.length; ) {
    const item = readItem(list, at)
    at = item.end + 1
    const start = skipBlanks(list, item.start, item.end)
    if (start === item.end) continue
    definitions.push(readDefinition(list, { ...item, start }))
  }
  return definitions
}

/**
 * A definition list that gives each name exactly this value, undefined to remove it. Nothing is
 * returned if the list cannot be written: NUL, halves of surrogate pairs, and what is longer than the 256 bytes to which
 * macLib cuts names and values.
 */
export function formatDefinitions(
  pairs: Iterable<readonly [name: string, value: string | undefined]>,
): string | undefined {
  const items: string[] = []
  for (const [name, value] of pairs) {
    if (!isWritable(name) || (value !== undefined && !isWritable(value))) return undefined
    items.push(
      value === undefined
        ? quote(name, /^[\w:.-]+$/)
        : `${quote(name, /^[\w:.-]*$/)}=${quoteValue(value)}`,
    )
  }
  return items.join(',')
}

interface Item {
  readonly start: number
  /** Of the first `=` that is not protected, or -1. */
  readonly equals: number
  readonly end: number
}

/** From `start` to the next comma that is not protected, or the end. */
function readItem(list: string, start: number): Item {
  let quoted = ''
  let equals = -1
  let at = start
  for (; at < list.length; at++) {
    const character = list.charAt(at)
    if (quoted !== '') quoted = character === quoted ? '' : quoted
    else if (character === '"' || character === "'") quoted = character
    else if (character === ',') break
    else if (character === '=' && equals < 0) equals = at
    if (character === '\\' && at + 1 < list.length) at += 1
  }
  return { start, equals, end: at }
}

function readDefinition(list: string, { start, equals, end }: Item): Definition {
  const nameEnd = trimEnd(list, start, equals < 0 ? end : equals)
  const name = unquote(list.slice(start, nameEnd))
  if (equals < 0) return { name, raw: undefined, start, end: nameEnd }
  const valueStart = skipBlanks(list, equals + 1, end)
  const valueEnd = trimEnd(list, valueStart, end)
  return { name, raw: list.slice(valueStart, valueEnd), start, end: valueEnd }
}

function skipBlanks(text: string, start: number, end: number): number {
  let at = start
  while (at < end && isBlank(text.charAt(at))) at += 1
  return at
}

/** macParseDefns: blanks at the end go, also one behind a backslash. */
function trimEnd(text: string, start: number, end: number): number {
  let at = end
  while (at > start && isBlank(text.charAt(at - 1))) at -= 1
  return at
}

/** C `isspace`: only the ASCII ones. */
function isBlank(character: string): boolean {
  return character !== '' && ' \t\n\v\f\r'.includes(character)
}

/** Removes quotes and resolves escapes, as macParseDefns does with names. */
function unquote(text: string): string {
  let quoted = ''
  let result = ''
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at)
    if (quoted === '' ? character === '"' || character === "'" : character === quoted) {
      quoted = quoted === '' ? character : ''
    } else if (character === '\\' && at + 1 < text.length) {
      at += 1
      result += text.charAt(at)
    } else result += character
  }
  return result
}

function isWritable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed() && utf8Length(text) <= 256
}

function quoteValue(value: string): string {
  return quote(value, /^(?:[^\s"'\\,$]|[^\s"'\\,$][^"'\\,$]*[^\s"'\\,$])?$/)
}

/** In double quotes only `"`, `\` and the `$` of a reference are special. */
function quote(text: string, plain: RegExp): string {
  return plain.test(text) ? text : `"${text.replace(/["\\$]/g, '\\$&')}"`
}
