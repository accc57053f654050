import { type Diagnostic, diagnostic, type Result } from '../text/diagnostic.ts'
import type { Source } from '../text/source.ts'
import { type Span, spanOf } from '../text/span.ts'
import { type Token, tokenize } from './tokens.ts'

/** `keyword(a, b) { ... }`, or `include "file"`: the one form of all database and dbd files. */
export interface Statement {
  readonly keyword: string
  readonly arguments: readonly Argument[]
  readonly at: Span
  readonly body?: Body
}

/** A value in parentheses. */
export interface Argument {
  readonly text: string
  readonly quoted: boolean
  readonly at: Span
}

/** What is in braces: statements, lines of C code, and (in a `breaktable`) bare values. */
export interface Body {
  readonly statements: readonly Statement[]
  readonly values: readonly Token[]
}

/**
 * Reads the statements of a file without looking at what they mean. After a mistake it goes on at
 * the next statement that begins a line.
 */
export function readStatements(source: Source): Result<readonly Statement[]> {
  const { value: tokens, diagnostics } = tokenize(source)
  const cursor: Cursor = { source, tokens, at: 0, diagnostics: [...diagnostics] }
  const statements: Statement[] = []
  while (cursor.at < tokens.length) {
    statements.push(...readBody(cursor, 0).statements)
    if (cursor.at < tokens.length) unexpected(cursor)
  }
  return { value: statements, diagnostics: cursor.diagnostics }
}

interface Cursor {
  readonly source: Source
  readonly tokens: readonly Token[]
  readonly diagnostics: Diagnostic[]
  at: number
}

/** Statements that take one value without parentheses. */
const bare: ReadonlySet<string> = new Set(['include', 'path', 'addpath'])

/** `recordtype { field { prompt } }` is the deepest; what is nested deeper is damaged. */
const maxDepth = 8

/** Everything up to the closing brace, which is left for the caller. */
function readBody(cursor: Cursor, depth: number): Body {
  const statements: Statement[] = []
  const values: Token[] = []
  for (let token = peek(cursor); token && token.kind !== '}'; token = peek(cursor)) {
    if (startsStatement(cursor)) {
      statements.push(readStatement(cursor, depth))
    } else if (token.kind === 'code' || (depth > 0 && isValue(token))) {
      if (token.kind !== ',') values.push(token)
      cursor.at++
    } else {
      unexpected(cursor)
    }
  }
  return { statements, values }
}

function isValue({ kind }: Token): boolean {
  return kind === 'word' || kind === 'string' || kind === ','
}

function startsStatement(cursor: Cursor): boolean {
  const token = peek(cursor)
  const next = peek(cursor, 1)
  if (token?.kind !== 'word') return false
  return next?.kind === '(' || (bare.has(token.text) && next !== undefined && isValue(next))
}

function readStatement(cursor: Cursor, depth: number): Statement {
  const first = peek(cursor)
  const keyword = first?.text ?? ''
  const start = first?.start ?? 0
  cursor.at++
  const values = peek(cursor)?.kind === '(' ? readArguments(cursor) : readBareArgument(cursor)
  const at = spanOf(cursor.source, start, cursor.tokens[cursor.at - 1]?.end)
  if (peek(cursor)?.kind !== '{') return { keyword, arguments: values, at }
  cursor.at++
  return { keyword, arguments: values, at, body: readBraces(cursor, depth + 1, at) }
}

function readBareArgument(cursor: Cursor): Argument[] {
  const token = peek(cursor)
  cursor.at++
  return token ? [argumentOf(cursor, token)] : []
}

function readArguments(cursor: Cursor): Argument[] {
  const found: Argument[] = []
  cursor.at++
  for (let token = peek(cursor); token; token = peek(cursor)) {
    if (beginsLine(cursor) && startsStatement(cursor)) break
    if (token.kind === '{' && !beginsLine(cursor)) {
      found.push(readJson(cursor, token.start))
    } else if (isValue(token)) {
      if (token.kind !== ',') found.push(argumentOf(cursor, token))
      cursor.at++
    } else break
  }
  if (peek(cursor)?.kind === ')') cursor.at++
  else complain(cursor, 'a ")" is missing before this place')
  return found
}

/** A JSON link as the value of a field: kept as it is. */
function readJson(cursor: Cursor, start: number): Argument {
  cursor.at++
  skipBraces(cursor)
  const at = spanOf(cursor.source, start, cursor.tokens[cursor.at - 1]?.end)
  return { text: cursor.source.text.slice(at.start, at.end), quoted: false, at }
}

function argumentOf({ source }: Cursor, { kind, text, start, end }: Token): Argument {
  return { text, quoted: kind === 'string', at: spanOf(source, start, end) }
}

function readBraces(cursor: Cursor, depth: number, at: Span): Body {
  if (depth > maxDepth) {
    complain(cursor, 'braces are nested too deeply here')
    skipBraces(cursor)
    return { statements: [], values: [] }
  }
  const body = readBody(cursor, depth)
  if (peek(cursor)) cursor.at++
  else {
    const message = 'the "{" after this statement has no "}"'
    cursor.diagnostics.push(diagnostic('DBD_SYNTAX', message, { at, hint: 'add the "}"' }))
  }
  return body
}

function skipBraces(cursor: Cursor): void {
  for (let open = 1; cursor.at < cursor.tokens.length && open > 0; cursor.at++) {
    const kind = peek(cursor)?.kind
    if (kind === '{') open++
    if (kind === '}') open--
  }
}

/** Reports the token and goes on at the next statement that is the first word of its line. */
function unexpected(cursor: Cursor): void {
  complain(cursor, `"${peek(cursor)?.text}" is not expected here`)
  do cursor.at++
  while (cursor.at < cursor.tokens.length && !(beginsLine(cursor) && startsStatement(cursor)))
}

function beginsLine({ source, tokens, at }: Cursor): boolean {
  const from = tokens[at - 1]?.end ?? 0
  return source.text.slice(from, tokens[at]?.start).includes('\n')
}

function complain(cursor: Cursor, message: string): void {
  const token = peek(cursor)
  const end = cursor.source.text.length
  const at = spanOf(cursor.source, token?.start ?? end, token?.end ?? end)
  const hint = 'a statement is keyword(value, ...) with or without { ... }'
  cursor.diagnostics.push(diagnostic('DBD_SYNTAX', message, { at, hint }))
}

function peek({ tokens, at }: Cursor, ahead = 0): Token | undefined {
  return tokens[at + ahead]
}
