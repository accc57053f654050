import { readStatement } from '../database/statements.ts'
import { type Extent, endOfLine, endOfOpenString, endOfString } from '../database/tokens.ts'
import { type Diagnostic, diagnostic, type Result } from '../text/diagnostic.ts'
import type { Source } from '../text/source.ts'
import { spanOf } from '../text/span.ts'
import type { Statement, SyntaxTree, Value } from './types.ts'
import { endOfValue, match, startsVerbatim, word } from './values.ts'

/** Where the statements stand: in a file, or in braces (also a file that is included there). */
export type Place = 'file' | 'body'

/**
 * Reads a hierarchical database: the statements of the VisualDCT design document (section 4) and
 * those of the IOC, comments included. Never throws: what is wrong is reported, and reading goes on
 * at the next statement that begins a line.
 */
export function parseHierarchy(source: Source, place: Place = 'file'): Result<SyntaxTree> {
  const diagnostics: Diagnostic[] = []
  const cursor: Cursor = { source, text: source.text, at: 0, diagnostics }
  const statements = place === 'body' ? readBody(cursor, undefined) : readStatements(cursor)
  return { value: { source, statements }, diagnostics }
}

interface Cursor {
  readonly source: Source
  readonly text: string
  readonly diagnostics: Diagnostic[]
  at: number
}

/** Statements of a file; those with `true` have braces, `maybe` may have them. */
const ofFiles: Readonly<Record<string, { readonly braces: 'none' | 'maybe' | 'always' }>> = {
  record: { braces: 'maybe' },
  grecord: { braces: 'maybe' },
  expand: { braces: 'always' },
  template: { braces: 'always' },
  alias: { braces: 'none' },
}

const ofBodies: ReadonlySet<string> = new Set(['field', 'info', 'alias', 'macro', 'port'])
const bare: ReadonlySet<string> = new Set(['include', 'path', 'addpath'])
/** Statements of dbd files are passed on as they are. */
const ofDefinitions: ReadonlySet<string> = new Set([
  ...['menu', 'recordtype', 'device', 'driver', 'link', 'registrar', 'function', 'variable'],
  'breaktable',
])

function readStatements(cursor: Cursor): Statement[] {
  const statements: Statement[] = []
  for (let start = skipBlanks(cursor); start < cursor.text.length; start = skipBlanks(cursor)) {
    const statement = readOfFile(cursor, start)
    if (statement) statements.push(statement)
  }
  return statements
}

function readOfFile(cursor: Cursor, start: number): Statement | undefined {
  const { text } = cursor
  if (text[start] === '#') return readComment(cursor)
  const keyword = keywordAt(text, start).toLowerCase()
  if (bare.has(keyword)) return readBare(cursor, keyword)
  if (ofDefinitions.has(keyword)) return readVerbatim(cursor, keyword)
  const form = ofFiles[keyword]
  if (!form || !Object.hasOwn(ofFiles, keyword)) {
    unexpected(cursor, 'a file')
    return undefined
  }
  const head = readHead(cursor, keyword)
  if (!head || form.braces === 'none') return head
  return withBody(cursor, head, form.braces === 'always')
}

function withBody(cursor: Cursor, head: Statement, isNeeded: boolean): Statement {
  const before = cursor.at
  const open = skipBlanksAndComments(cursor)
  if (cursor.text[open] !== '{') {
    cursor.at = before
    if (isNeeded) complain(cursor, head, `"${head.keyword}" needs braces, be they empty`, '{}')
    return isNeeded ? { ...head, body: [] } : head
  }
  cursor.at = open + 1
  return { ...head, body: readBody(cursor, head) }
}

/** Up to the closing brace of `head`, or to the end of an included file. */
function readBody(cursor: Cursor, head: Statement | undefined): Statement[] {
  const { text } = cursor
  const statements: Statement[] = []
  for (;;) {
    const start = skipBlanks(cursor)
    const keyword = keywordAt(text, start).toLowerCase()
    if (start >= text.length || (keyword !== 'alias' && Object.hasOwn(ofFiles, keyword))) {
      if (head) complain(cursor, head, 'the "{" after this statement has no "}"', 'add the "}"')
      if (!head && start < text.length) unexpected(cursor, 'braces')
      if (head || start >= text.length) return statements
    } else if (text[start] === '}') {
      cursor.at = start + 1
      return statements
    } else if (text[start] === '#') statements.push(readComment(cursor))
    else {
      const statement = readOfBody(cursor, keyword)
      if (statement) statements.push(statement)
    }
  }
}

function readOfBody(cursor: Cursor, keyword: string): Statement | undefined {
  if (keyword === 'include') return readBare(cursor, keyword)
  if (ofBodies.has(keyword)) return readHead(cursor, keyword)
  unexpected(cursor, 'braces')
  return undefined
}

function readComment(cursor: Cursor): Statement {
  const { text, at: start } = cursor
  const end = endOfLine(text, start)
  cursor.at = end
  const value: Value = { text: text.slice(start, end).trimEnd(), form: 'word', start, end }
  return { keyword: '#', values: [value], start, end }
}

/** `include "file"` */
function readBare(cursor: Cursor, keyword: string): Statement | undefined {
  const start = cursor.at
  cursor.at = start + keyword.length
  const at = skipBlanks(cursor)
  const value = cursor.text[at] === '"' ? readValue(cursor, keyword) : undefined
  if (!value) {
    const here = { start, end: start + keyword.length }
    complain(cursor, here, `"${keyword}" needs a name in double quotes`, `${keyword} "name"`)
    recover(cursor)
    return undefined
  }
  return { keyword, values: [value], start, end: cursor.at }
}

function readVerbatim(cursor: Cursor, keyword: string): Statement | undefined {
  const { text, at: start } = cursor
  const found = readStatement(text, { start, end: text.length })
  if (!found) {
    unexpected(cursor, 'a file')
    return undefined
  }
  const end = found.body ? Math.min(text.length, found.body.end + 1) : found.end
  cursor.at = end
  const value: Value = { text: text.slice(start, end), form: 'verbatim', start, end }
  return { keyword: 'verbatim', values: [value], start: start, end: start + keyword.length }
}

/** `keyword(value, value)`; undefined if it is damaged, the cursor is at the next one then. */
function readHead(cursor: Cursor, keyword: string): Statement | undefined {
  const start = cursor.at
  cursor.at = start + keyword.length
  const open = skipBlanks(cursor)
  if (cursor.text[open] !== '(') {
    const here = { start, end: start + keyword.length }
    complain(cursor, here, `a "(" is missing behind "${keyword}"`, `${keyword}(...)`)
    recover(cursor)
    return undefined
  }
  cursor.at = open + 1
  const values = keyword === 'template' ? readDescription(cursor) : readValues(cursor, keyword)
  return values && { keyword, values, start, end: cursor.at }
}

function readValues(cursor: Cursor, keyword: string): Value[] | undefined {
  const { text } = cursor
  const values: Value[] = []
  for (;;) {
    let at = skipBlanksAndComments(cursor)
    if (text[at] === ')' && values.length === 0) break
    const value = readValue(cursor, keyword, values.length)
    if (!value) return undefined
    values.push(value)
    at = skipBlanksAndComments(cursor)
    if (text[at] === ')') break
    if (text[at] !== ',') {
      complain(cursor, { start: at, end: at + 1 }, 'a "," or ")" is missing before this place')
      recover(cursor)
      return undefined
    }
    cursor.at = at + 1
  }
  cursor.at += 1
  return values
}

/** The text of `template(...)` is for people: it may have no quotes, and several lines. */
function readDescription(cursor: Cursor): Value[] | undefined {
  const { text } = cursor
  const start = skipBlanksAndComments(cursor)
  if (text[start] === '"') return readValues(cursor, 'template')
  const end = text.indexOf(')', start)
  if (end < 0 || end > endOfLine(text, start)) return readValues(cursor, 'template')
  cursor.at = end + 1
  const description = text.slice(start, end).trim()
  return description === '' ? [] : [{ text: description, form: 'word', start, end }]
}

function readValue(cursor: Cursor, keyword: string, index = 0): Value | undefined {
  const { text, at: start } = cursor
  const end = endOfValue(text, { start, keyword, index })
  if (end !== undefined) {
    cursor.at = end
    const isString = text[start] === '"'
    const isWord = !isString && !startsVerbatim(text, { start, keyword, index })
    return {
      ...{ start, end, form: isString ? 'string' : isWord ? 'word' : 'verbatim' },
      text: isString ? text.slice(start + 1, end - 1) : text.slice(start, end),
    }
  }
  if (text[start] === '"') {
    const stop = endOfOpenString(text, start)
    complain(cursor, { start, end: stop }, 'this string has no end on its line', 'close the quote')
    cursor.at = stop
  } else {
    const what = start < text.length ? 'before this place' : 'at the end of the file'
    complain(cursor, { start, end: start + 1 }, `a value of "${keyword}" is missing ${what}`)
  }
  recover(cursor)
  return undefined
}

function keywordAt(text: string, start: number): string {
  const end = match(name, text, start)
  return end === undefined ? '' : text.slice(start, end)
}

const name = /[A-Za-z_]\w{0,20}/y
const blanks = /\s*/y
const blanksAndComments = /\s*(?:#[^\n]*\s*)*/y

function skipBlanks(cursor: Cursor): number {
  cursor.at = match(blanks, cursor.text, cursor.at) ?? cursor.at
  return cursor.at
}

function skipBlanksAndComments(cursor: Cursor): number {
  cursor.at = match(blanksAndComments, cursor.text, cursor.at) ?? cursor.at
  return cursor.at
}

function unexpected(cursor: Cursor, place: string): void {
  const { text, at: start } = cursor
  const end = endOfString(text, start) ?? match(word, text, start) ?? start + 1
  const shown = text.slice(start, Math.min(end, start + 60))
  const message = `${shown.startsWith('"') ? shown : `"${shown}"`} is not expected in ${place}`
  complain(cursor, { start, end }, message, 'a statement is keyword(value, ...) { ... }')
  cursor.at = end
  recover(cursor)
}

/** Goes on at the next statement or closing brace that is the first of its line. */
function recover(cursor: Cursor): void {
  next.lastIndex = cursor.at
  const found = next.exec(cursor.text)
  cursor.at = found ? found.index + 1 : cursor.text.length
}

const next =
  /\n(?=[ \t]*(?:(?:g?record|field|info|alias|expand|macro|template|port|menu|recordtype|device|driver|link|registrar|function|variable|breaktable)[ \t]*\(|(?:include|path|addpath)[ \t]+"|\}))/gi

function complain(
  { source, diagnostics }: Cursor,
  { start, end }: Extent,
  message: string,
  hint?: string,
): void {
  diagnostics.push(
    diagnostic('HIERARCHY_SYNTAX', message, { at: spanOf(source, start, end), hint }),
  )
}
