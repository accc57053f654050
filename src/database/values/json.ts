/** A JSON value with its place; offsets count from the start of the text that was read. */
export type JsonValue =
  | (JsonPlace & { readonly kind: 'object'; readonly members: readonly JsonMember[] })
  | (JsonPlace & { readonly kind: 'array'; readonly items: readonly JsonValue[] })
  | (JsonPlace & { readonly kind: 'string'; readonly value: string })
  /** Numbers, `true`, `false`, `null` and bare words: as written. */
  | (JsonPlace & { readonly kind: 'word'; readonly value: string })

export interface JsonPlace {
  readonly start: number
  readonly end: number
}

/** One `name: value` of an object; its own place is that of the name, quotes included. */
export interface JsonMember extends JsonPlace {
  readonly name: string
  readonly value: JsonValue
}

export interface JsonProblem {
  /** What is wrong, e.g. `a "," or "}" is missing`. */
  readonly message: string
  readonly at: number
}

export interface JsonReading {
  /** As far as it could be read; nothing if the text is empty. */
  readonly value: JsonValue | undefined
  /** The first mistake. */
  readonly problem?: JsonProblem
}

/**
 * Reads JSON as base 7 does: with the liberties of JSON5 (single quotes, bare keys, trailing commas,
 * comments) and, as the database parser allows, any bare word as a key, e.g. `+channel`. Never
 * throws; after a mistake what was read before it is there.
 */
export function readJson(text: string): JsonReading {
  const cursor: Cursor = { text, at: 0, problem: undefined }
  skipBlanks(cursor)
  if (cursor.at >= text.length) {
    return { value: undefined, problem: { message: 'there is no JSON value', at: text.length } }
  }
  const value = readValue(cursor, 0)
  skipBlanks(cursor)
  if (cursor.at < text.length) fail(cursor, 'there is text behind the JSON value')
  return { value, ...(cursor.problem && { problem: cursor.problem }) }
}

/** The value of a member of an object; of several with one name the last, as in all readers. */
export function memberOf(value: JsonValue | undefined, name: string): JsonValue | undefined {
  if (value?.kind !== 'object') return undefined
  return value.members.findLast((member) => member.name === name)?.value
}

interface Cursor {
  readonly text: string
  at: number
  problem: JsonProblem | undefined
}

/** Far more than any link or group needs; the parser of base gives up at a similar depth. */
const maxDepth = 100

function readValue(cursor: Cursor, depth: number): JsonValue | undefined {
  const { text, at } = cursor
  if (depth > maxDepth) return fail(cursor, 'the value is nested too deeply')
  switch (text[at]) {
    case '{':
      return readObject(cursor, depth)
    case '[':
      return readArray(cursor, depth)
    case '"':
    case "'":
      return { kind: 'string', value: readString(cursor), start: at, end: cursor.at }
    default:
      return readWord(cursor)
  }
}

function readObject(cursor: Cursor, depth: number): JsonValue {
  const start = cursor.at++
  const members: JsonMember[] = []
  for (let more = !closes(cursor, '}'); more; more = goesOn(cursor, '}')) {
    const member = readMember(cursor, depth)
    if (member) members.push(member)
    if (!member || cursor.problem) break
  }
  return { kind: 'object', members, start, end: cursor.at }
}

function readMember(cursor: Cursor, depth: number): JsonMember | undefined {
  const start = cursor.at
  const name = readKey(cursor)
  if (name === undefined) return undefined
  const end = cursor.at
  skipBlanks(cursor)
  if (cursor.text[cursor.at] !== ':') return fail(cursor, `a ":" is missing after "${name}"`)
  cursor.at++
  skipBlanks(cursor)
  const value = readValue(cursor, depth + 1)
  return value && { name, value, start, end }
}

function readArray(cursor: Cursor, depth: number): JsonValue {
  const start = cursor.at++
  const items: JsonValue[] = []
  for (let more = !closes(cursor, ']'); more; more = goesOn(cursor, ']')) {
    const item = readValue(cursor, depth + 1)
    if (item) items.push(item)
    if (!item || cursor.problem) break
  }
  return { kind: 'array', items, start, end: cursor.at }
}

/** Whether the closing character comes now; it is taken. */
function closes(cursor: Cursor, bracket: '}' | ']'): boolean {
  skipBlanks(cursor)
  if (cursor.text[cursor.at] !== bracket) return false
  cursor.at++
  return true
}

/** Whether another member or item follows a comma. */
function goesOn(cursor: Cursor, bracket: '}' | ']'): boolean {
  if (closes(cursor, bracket)) return false
  if (cursor.text[cursor.at] !== ',') {
    fail(cursor, `a "," or "${bracket}" is missing`)
    return false
  }
  cursor.at++
  return !closes(cursor, bracket)
}

function readKey(cursor: Cursor): string | undefined {
  const first = cursor.text[cursor.at]
  if (first === '"' || first === "'") return readString(cursor)
  const word = takeWord(cursor)
  return word === '' ? fail(cursor, 'a name in quotes is missing') : word
}

function readWord(cursor: Cursor): JsonValue | undefined {
  const start = cursor.at
  const value = takeWord(cursor)
  if (value === '') return fail(cursor, 'a value is missing')
  return { kind: 'word', value, start, end: cursor.at }
}

const word = /[^\s,:{}[\]"'/]+/y

function takeWord(cursor: Cursor): string {
  word.lastIndex = cursor.at
  const found = word.exec(cursor.text)?.[0] ?? ''
  cursor.at += found.length
  return found
}

/** From the opening quote behind the closing one. */
function readString(cursor: Cursor): string {
  const { text, at: start } = cursor
  const quote = text[start]
  let escapes = false
  let at = start + 1
  while (at < text.length && text[at] !== quote) {
    if (text[at] === '\\') {
      escapes = true
      at++
    }
    at++
  }
  const inner = text.slice(start + 1, at)
  if (at >= text.length) fail(cursor, 'a string has no closing quote')
  cursor.at = Math.min(at + 1, text.length)
  return escapes ? unescapeJson(inner) : inner
}

const controls: Readonly<Record<string, string>> = {
  ...{ b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '0': '\0', '\n': '' },
}

function unescapeJson(text: string): string {
  return text.replace(
    /\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([\s\S]))/g,
    (_all, four, two, one) => {
      const hex: string | undefined = four ?? two
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16))
      return controls[one] ?? one
    },
  )
}

const blanks = /(?:\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/)+/y

function skipBlanks(cursor: Cursor): void {
  blanks.lastIndex = cursor.at
  if (blanks.test(cursor.text)) cursor.at = blanks.lastIndex
}

/** Notes the first mistake only: what follows it is a consequence. */
function fail(cursor: Cursor, message: string): undefined {
  cursor.problem ??= { message, at: Math.min(cursor.at, cursor.text.length) }
  return undefined
}
