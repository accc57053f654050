import { type CharacterTest, classes, type Range, testOf } from './character-set.ts'

/** A pattern as a tree. */
export type Node =
  | { readonly kind: 'set'; readonly test: CharacterTest }
  | { readonly kind: 'sequence' | 'choice'; readonly parts: readonly Node[] }
  | { readonly kind: 'group'; readonly of: Node; readonly name: string }
  | { readonly kind: 'start' | 'end' }
  | Repeat

export interface Repeat {
  readonly kind: 'repeat'
  readonly of: Node
  readonly min: number
  readonly max: number
  readonly isLazy: boolean
}

/** What is wrong with a pattern, and where: offsets in its text. */
export interface PatternProblem {
  /** Follows "the pattern ...": lower case. */
  readonly problem: string
  readonly start: number
  readonly end: number
}

/** Nobody writes groups in groups that deep. */
const deepest = 30

/**
 * Reads a regular expression as JavaScript writes it, without what cannot be matched in linear time
 * or means little for names: back references, look-around, `\b`, flags.
 */
export function readSyntax(text: string): Node | PatternProblem {
  const reader: Reader = { text, at: 0, depth: 0, problem: undefined }
  const node = readChoice(reader)
  if (!reader.problem && reader.at < text.length) fail(reader, 'has a ")" without "("', reader.at)
  return reader.problem ?? node
}

interface Reader {
  readonly text: string
  at: number
  depth: number
  problem: PatternProblem | undefined
}

/** The first problem counts; the rest of the text is not read. */
function fail(reader: Reader, problem: string, start: number): Node {
  const end = Math.min(reader.text.length, Math.max(start + 1, reader.at))
  reader.problem ??= { problem, start, end }
  reader.at = reader.text.length
  return nothing
}

const nothing: Node = { kind: 'sequence', parts: [] }

function take(reader: Reader, wanted: string): boolean {
  if (!reader.text.startsWith(wanted, reader.at)) return false
  reader.at += wanted.length
  return true
}

function readChoice(reader: Reader): Node {
  const parts = [readSequence(reader)]
  while (take(reader, '|')) parts.push(readSequence(reader))
  return parts.length === 1 ? (parts[0] ?? nothing) : { kind: 'choice', parts }
}

function readSequence(reader: Reader): Node {
  const parts: Node[] = []
  while (reader.at < reader.text.length && !'|)'.includes(reader.text[reader.at] ?? '')) {
    parts.push(readRepeat(reader, readAtom(reader)))
  }
  return { kind: 'sequence', parts }
}

function readAtom(reader: Reader): Node {
  const start = reader.at
  const character = reader.text[reader.at++] ?? ''
  switch (character) {
    case '(':
      return readGroup(reader, start)
    case '[':
      return readSet(reader, start)
    case '.':
      return { kind: 'set', test: testOf([[10, 10]], true) }
    case '^':
      return { kind: 'start' }
    case '$':
      return { kind: 'end' }
    case '\\':
      return { kind: 'set', test: testOf(readEscape(reader, start)) }
    case '*':
    case '+':
    case '?':
      return fail(reader, `has a "${character}" with nothing to repeat`, start)
    default:
      return { kind: 'set', test: testOf(single(character)) }
  }
}

function readGroup(reader: Reader, start: number): Node {
  if (++reader.depth > deepest) return fail(reader, 'has too many groups in groups', start)
  const name = readGroupName(reader, start)
  const of = readChoice(reader)
  if (!reader.problem && !take(reader, ')')) {
    reader.at = start + 1
    return fail(reader, 'has a "(" without ")"', start)
  }
  reader.depth--
  return name === undefined ? of : { kind: 'group', of, name }
}

/** The name of `(?<name>`; undefined for `(` and `(?:`. */
function readGroupName(reader: Reader, start: number): string | undefined {
  if (!take(reader, '?') || take(reader, ':')) return undefined
  const named = /<([A-Za-z_]\w*)>/y
  named.lastIndex = reader.at
  const name = named.exec(reader.text)?.[1]
  if (name !== undefined) {
    reader.at = named.lastIndex
    return name
  }
  reader.at = Math.min(reader.text.length, reader.at + 1)
  const isLook = /\?<?[=!]/y
  isLook.lastIndex = start + 1
  const what = isLook.test(reader.text) ? 'look-around' : 'an unknown kind of group'
  fail(reader, `has ${what}: only (...), (?:...) and (?<name>...) are understood`, start)
  return undefined
}

function readSet(reader: Reader, start: number): Node {
  const isNegated = take(reader, '^')
  const ranges: Range[] = []
  while (!take(reader, ']')) {
    if (reader.at >= reader.text.length) {
      reader.at = start + 1
      return fail(reader, 'has a "[" without "]"', start)
    }
    ranges.push(...readRange(reader))
  }
  return { kind: 'set', test: testOf(ranges, isNegated) }
}

function readRange(reader: Reader): readonly Range[] {
  const start = reader.at
  const named = matchAt(/\[:\^?\w+:\]/y, reader)
  if (named !== undefined) {
    fail(reader, `has "${named}", which is of other programs: write a range such as A-Z`, start)
    return []
  }
  const first = readMember(reader)
  const isRange = reader.text[reader.at] === '-' && reader.text[reader.at + 1] !== ']'
  if (!isRange) return first
  reader.at++
  const last = readMember(reader)
  const [from, to] = [codeOf(first), codeOf(last)]
  if (from === undefined || to === undefined || from > to) {
    fail(reader, 'has a range whose ends are not two characters in order', start)
    return []
  }
  return [[from, to]]
}

function readMember(reader: Reader): readonly Range[] {
  const start = reader.at
  const character = reader.text[reader.at++] ?? ''
  return character === '\\' ? readEscape(reader, start) : single(character)
}

/** The text here that fits, which is taken. */
function matchAt(wanted: RegExp, reader: Reader): string | undefined {
  wanted.lastIndex = reader.at
  const found = wanted.exec(reader.text)?.[0]
  if (found !== undefined) reader.at += found.length
  return found
}

/** The character of a set with one member. */
function codeOf(ranges: readonly Range[]): number | undefined {
  const [range, ...others] = ranges
  return range && others.length === 0 && range[0] === range[1] ? range[0] : undefined
}

const controls: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f', v: '\v' }

function readEscape(reader: Reader, start: number): readonly Range[] {
  const letter = reader.text[reader.at++] ?? ''
  const known = classes.get(letter)
  if (known) return known
  const code = /x([\da-fA-F]{2})|u([\da-fA-F]{4})/y
  code.lastIndex = start + 1
  const [whole = '', two, four] = code.exec(reader.text) ?? []
  if (whole !== '') {
    reader.at = start + 1 + whole.length
    return single(String.fromCharCode(Number.parseInt(two ?? four ?? '', 16)))
  }
  const control = controls[letter]
  if (control !== undefined) return single(control)
  if (letter !== '' && !/[A-Za-z0-9]/.test(letter)) return single(letter)
  reader.at = Math.min(reader.at, reader.text.length)
  fail(
    reader,
    letter === '' ? 'ends with a backslash' : `has an unknown escape "\\${letter}"`,
    start,
  )
  return []
}

function single(character: string): readonly Range[] {
  const code = character.charCodeAt(0)
  return [[code, code]]
}

/** What follows an atom: `*`, `+`, `?`, `{2}`, `{2,}`, `{2,3}`, and `?` for as few as possible. */
function readRepeat(reader: Reader, of: Node): Node {
  const start = reader.at
  const open = matchAt(/\{,\d*\}/y, reader)
  if (open !== undefined) {
    return fail(reader, `has "${open}" without a lower number: write {0,${open.slice(2)}`, start)
  }
  const quantifier = /(?:([*+?])|\{(\d{1,4})(,?)(\d{0,4})\})(\??)/y
  quantifier.lastIndex = start
  const found = quantifier.exec(reader.text)
  if (!found) return of
  reader.at = quantifier.lastIndex
  const [, sign, least = '', comma, most, lazy] = found
  const min = sign === undefined ? Number(least) : sign === '+' ? 1 : 0
  const max = maximum(sign, { min, comma, most })
  if (max < min) return fail(reader, 'repeats from a higher to a lower number', start)
  if (quantifier.test(reader.text)) return fail(reader, 'repeats a repetition', start)
  return { kind: 'repeat', of, min, max, isLazy: lazy === '?' }
}

function maximum(
  sign: string | undefined,
  { min, comma, most }: { min: number; comma: string | undefined; most: string | undefined },
): number {
  if (sign !== undefined) return sign === '?' ? 1 : Number.POSITIVE_INFINITY
  if (comma !== ',') return most === '' ? min : Number.NaN
  return most === '' ? Number.POSITIVE_INFINITY : Number(most)
}
