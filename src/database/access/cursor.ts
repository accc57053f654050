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

/** Steps over `(...)` and, if there is one, `{...}` of something that is not known. */
export function skipUnknown(cursor: Cursor): void {
  need(cursor, '(')
  while (!cursor.failure && !take(cursor, ')')) {
    const { kind, text } = peek(cursor)
    if (kind === 'end' || kind === 'unclosed' || (kind === 'mark' && text !== ',')) {
      fail(cursor, '")"')
    }
    cursor.at += 1
  }
  if (take(cursor, '{')) skipBraces(cursor)
}

function skipBraces(cursor: Cursor): void {
  for (let depth = 1; depth > 0 && !cursor.failure; ) {
    const { kind } = peek(cursor)
    if (take(cursor, '{')) depth++
    else if (take(cursor, '}')) depth--
    else if (kind === 'end' || kind === 'unclosed') fail(cursor, '"}"')
    else cursor.at += 1
  }
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
