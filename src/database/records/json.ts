import { ParserStack } from './parser-stack.ts'

/** The end of a JSON value. */
export interface JsonEnd {
  /** Behind the value; if it is not valid, behind the first character that does not fit. */
  readonly end: number
  readonly isValid: boolean
  /** How many symbols the parser of the IOC has on its stack at most. */
  readonly depth: number
}

/**
 * Finds the end of an array or object that begins at `start`, as the IOC reads the value of a field
 * (dbLex.l of base 7): JSON5 with keys and values that are bare words, strings in both kinds of
 * quotes, commas before the closing bracket, comments from `#` to the line end.
 */
export function endOfJson(text: string, start: number): JsonEnd {
  const stack = new ParserStack()
  let expects: Expects = 'value'
  for (let at = start; ; ) {
    const from = skipBlanks(text, at)
    const end = endOfToken(text, from)
    const { depth } = stack
    if (end === from) return { end: Math.min(text.length, from + 1), isValid: false, depth }
    const found = text.slice(from, Math.min(end, from + longestNumber))
    at = end
    if (found === '{' || found === '[') {
      if (expects !== 'value' && expects !== 'item') return { end, isValid: false, depth }
      stack.open(found === '{' ? '}' : ']')
      expects = found === '{' ? 'key' : 'item'
    } else if (found === '}' || found === ']') {
      const mayClose = expects === 'key' || expects === 'item' || expects === 'comma'
      if (!mayClose || stack.closer !== found) return { end, isValid: false, depth }
      stack.close()
      if (stack.closer === undefined) return { end, isValid: true, depth: stack.depth }
      expects = 'comma'
    } else {
      const next = after(expects, kindOf(found), stack.closer)
      if (!next) return { end, isValid: false, depth }
      if (next === 'comma') stack.value()
      else stack.push()
      expects = next
    }
  }
}

/** `key` and `item` may also be the closing bracket. */
type Expects = 'value' | 'item' | 'key' | 'colon' | 'comma'

function after(expects: Expects, kind: TokenKind, closer: string | undefined): Expects | undefined {
  switch (expects) {
    case 'key':
      return kind === 'string' || kind === 'word' ? 'colon' : undefined
    case 'colon':
      return kind === ':' ? 'value' : undefined
    case 'comma':
      if (kind !== ',') return undefined
      return closer === '}' ? 'key' : 'item'
    case 'value':
    case 'item':
      return kind === ':' || kind === ',' ? undefined : 'comma'
  }
}

type TokenKind = 'string' | 'number' | 'word' | ':' | ','

function kindOf(found: string): TokenKind {
  if (found === ':' || found === ',') return found
  if (found.startsWith('"') || found.startsWith("'")) return 'string'
  return number.test(found) ? 'number' : 'word'
}

const number = /^[-+]?(?:\d+(?:\.\d*)?(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?|0[xX][\da-fA-F]+)$/

/** No number is longer; of longer tokens the beginning tells what they are. */
const longestNumber = 400

function skipBlanks(text: string, start: number): number {
  for (let at = start; ; at++) {
    const character = text.charAt(at)
    if (character === '#') {
      const end = text.indexOf('\n', at)
      at = end < 0 ? text.length : end
    } else if (character === '' || !' \t\r\n'.includes(character)) return at
  }
}

/** The end of a bracket, separator, string or word; `start` itself if there is none. */
function endOfToken(text: string, start: number): number {
  const first = text.charAt(start)
  if (first !== '' && '{}[]:,'.includes(first)) return start + 1
  if (first === '"' || first === "'") return endOfString(text, start, first)
  let at = start
  while (/[\w+.-]/.test(text.charAt(at))) at++
  return at
}

/** Strings have no control characters but behind a backslash; one without an end is none. */
function endOfString(text: string, start: number, quote: string): number {
  for (let at = start + 1; at < text.length; at++) {
    const character = text.charAt(at)
    if (character === quote) return at + 1
    if (character === '\\') {
      if (!isEscape(text, at)) return start
      at++
    } else if (character < ' ') return start
  }
  return start
}

/** Behind a backslash may stand anything but 1 to 9, `x` without two digits, `u` without four. */
export function isEscape(text: string, at: number): boolean {
  const next = text.charAt(at + 1)
  if (next !== 'x' && next !== 'u') return !/[1-9]/.test(next)
  const length = next === 'x' ? 2 : 4
  return /^[\da-fA-F]+$/.test(text.slice(at + 2, at + 2 + length).padEnd(length))
}

/**
 * A valid JSON value as the IOC keeps it: without blanks, comments and last commas of objects, with
 * quotes around bare words that are neither keys nor literals.
 */
export function compactJson(text: string): string {
  // Pieces: a string whose end is looked at after each addition is copied each time.
  const pieces: string[] = []
  for (let at = skipBlanks(text, 0); at < text.length; ) {
    const end = endOfToken(text, at)
    if (end === at) return pieces.join('') + text.slice(at)
    const found = text.slice(at, end)
    at = skipBlanks(text, end)
    if (found === '}' && pieces.at(-1) === ',') pieces.pop()
    pieces.push(isBare(found, text.charAt(at)) ? JSON.stringify(found) : found)
  }
  return pieces.join('')
}

function isBare(found: string, next: string): boolean {
  if (kindOf(found) !== 'word' || '{}[]'.includes(found)) return false
  return !(next === ':' ? key : literal).test(found)
}

const key = /^[A-Za-z_]\w*$/
const literal = /^(?:true|false|null|[-+]?(?:Infinity|NaN))$/
