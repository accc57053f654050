import type { AccessToken } from './tokens.ts'

/** A place among the tokens of an access security file. After a failure nothing more is read. */
export interface Cursor {
  /** The last one is of kind `end`. */
  readonly tokens: readonly AccessToken[]
  at: number
  failure: Failure | undefined
}

/** A token that cannot stand where it does. */
export interface Failure {
  readonly token: AccessToken
  readonly wanted: string
}

export function peek({ tokens, at }: Cursor): AccessToken {
  return tokens[Math.min(at, tokens.length - 1)] ?? endToken
}

const endToken: AccessToken = { kind: 'end', text: '', start: 0, end: 0 }

/** Steps over a mark that may stand here. */
export function take(cursor: Cursor, mark: string): boolean {
  const token = peek(cursor)
  if (cursor.failure || token.kind !== 'mark' || token.text !== mark) return false
  cursor.at += 1
  return true
}

/** Steps over a mark that must stand here. */
export function need(cursor: Cursor, mark: string): boolean {
  if (take(cursor, mark)) return true
  fail(cursor, `"${mark}"`)
  return false
}

/** The token of one of these kinds that must stand here. */
export function needToken(
  cursor: Cursor,
  kinds: readonly AccessToken['kind'][],
  wanted: string,
): AccessToken | undefined {
  const token = peek(cursor)
  if (cursor.failure) return undefined
  if (!kinds.includes(token.kind)) {
    fail(cursor, wanted)
    return undefined
  }
  cursor.at += 1
  return token
}

export function fail(cursor: Cursor, wanted: string): void {
  cursor.failure ??= { token: peek(cursor), wanted }
}

/** A name of a group, a user, a host or a PV; words of the language need quotes. */
export function needName(cursor: Cursor, wanted: string): AccessToken | undefined {
  return needToken(cursor, ['word', 'string'], wanted)
}

/** `{name, name}` or `(name, name)`: at least one. */
export function needNames(cursor: Cursor, brackets: '()' | '{}', wanted: string): AccessToken[] {
  const names: AccessToken[] = []
  const [open = '', close = ''] = brackets
  need(cursor, open)
  do {
    const name = needName(cursor, wanted)
    if (name) names.push(name)
  } while (take(cursor, ','))
  if (!cursor.failure && !take(cursor, close)) fail(cursor, `"${close}" or ","`)
  return names
}

/**
 * Steps over what is not known, `(...)` and, if there are some, its braces: base takes words, strings
 * and numbers between commas there, or in the braces such blocks again.
 */
export function skipUnknown(cursor: Cursor): void {
  skipHead(cursor)
  let isFirst = true
  for (let depth = take(cursor, '{') ? 1 : 0; depth > 0 && !cursor.failure; ) {
    if (isFirst ? skipList(cursor) : take(cursor, '}')) {
      depth--
      isFirst = false
      continue
    }
    needToken(cursor, names, isFirst ? 'a name' : '"}" or a name')
    skipHead(cursor)
    isFirst = take(cursor, '{')
    if (isFirst) depth++
  }
}

const names = ['keyword', 'word', 'string'] as const
const elements = [...names, 'integer', 'float'] as const

function skipHead(cursor: Cursor): void {
  if (!need(cursor, '(') || take(cursor, ')')) return
  do needToken(cursor, elements, 'a name or a number')
  while (take(cursor, ','))
  if (!cursor.failure && !take(cursor, ')')) fail(cursor, '")" or ","')
}

/** Behind the braces that hold a list; false, and no step, if they hold blocks. */
function skipList(cursor: Cursor): boolean {
  const { at, tokens } = cursor
  const { kind, text } = tokens[at + 1] ?? endToken
  if (kind === 'mark' && text === '(') return false
  do needToken(cursor, elements, 'a name or a number')
  while (take(cursor, ','))
  if (!cursor.failure && !take(cursor, '}')) fail(cursor, '"}" or ","')
  return true
}

/**
 * Goes on behind a failure: to the next `ASG`, or to what else begins a definition at the very
 * beginning of a line. The rest of a broken definition is no message worth.
 */
export function recover(cursor: Cursor, text: string): void {
  cursor.failure = undefined
  for (cursor.at += 1; ; cursor.at += 1) {
    const { kind, text: word, start } = peek(cursor)
    if (kind === 'end') return
    const isFirst = start === 0 || text[start - 1] === '\n'
    if (kind === 'keyword' && (word === 'ASG' || (isFirst && /^[UH]AG$/.test(word)))) return
  }
}
