import { type BraceReader, readBraces } from './braces.ts'
import {
  type Extent,
  endOfLine,
  endOfOpenString,
  endOfStrange,
  endOfString,
  endOfWord,
  keywordAsValue,
  keywords,
  type Problem,
  type Report,
  skipBlanks,
} from './tokens.ts'

/** `keyword(a, b) { ... }`, or `include "file"`; its extent ends in front of the braces. */
export interface Statement extends Extent {
  readonly keyword: string
  /** Words, and the insides of strings with their backslashes; see `valueExtent`. */
  readonly values: readonly string[]
  /** What is between the braces: read it with `readStatements` when it is needed. */
  readonly body?: Extent
  /** Something in front of its body, or behind it, was reported. */
  readonly isDamaged?: boolean
}

/** What stands in a file or in a pair of braces. */
export interface Statements {
  readonly statements: readonly Statement[]
  /** Lines of C code, their `%` included. */
  readonly code: readonly Extent[]
}

/**
 * Reads statements without looking at what they mean or into their braces. After a mistake it goes
 * on at the next statement that begins a line.
 */
export function readStatements(text: string, { start, end }: Extent, report: Report): Statements {
  const cursor = cursorOf(text, { start, end }, report)
  for (;;) {
    cursor.at = skipBlanks(text, cursor.at)
    if (cursor.at >= end) return cursor
    if (!readPlain(cursor)) readOther(cursor)
  }
}

/** The statement that begins here, as `readStatements` reads it; undefined if none does or it is damaged. */
export function readStatement(text: string, { start, end }: Extent): Statement | undefined {
  let isGood = true
  const report = (): void => {
    isGood = false
  }
  const cursor = cursorOf(text, { start, end }, report)
  return readPlain(cursor) && isGood ? cursor.statements[0] : undefined
}

/** Where a value of a statement stands, quotes included. */
export function valueExtent(text: string, statement: Statement, index: number): Extent {
  const { start, end, keyword } = statement
  const extents: Extent[] = []
  for (let at = start + keyword.length; at < end && extents.length <= index; ) {
    at = skipBlanks(text, at)
    const next = endOfValue(text, at)
    if (next !== undefined) extents.push({ start: at, end: next })
    at = next ?? at + 1
  }
  return extents[index] ?? { start, end }
}

interface Cursor extends Statements, BraceReader {
  readonly end: number
  readonly report: Report
  readonly statements: Statement[]
  readonly code: Extent[]
  at: number
  /** How many problems were reported. */
  problems: number
}

function cursorOf(text: string, { start, end }: Extent, report: Report): Cursor {
  const place = { text, end, at: start, nextLine: -1 }
  const cursor: Cursor = {
    ...{ ...place, statements: [], code: [], problems: 0 },
    report(problem) {
      cursor.problems++
      report(problem)
    },
  }
  return cursor
}

/** Nearly all statements: a keyword and up to four values on one line. */
function readPlain(cursor: Cursor): boolean {
  plain.lastIndex = cursor.at
  const match = plain.exec(cursor.text)
  if (!match) return false
  const [all, keyword = ''] = match
  const values: string[] = []
  for (let group = 2; group < match.length; group += 2) {
    const word = match[group + 1]
    const value = match[group] ?? word
    if (value === undefined) break
    if (word !== undefined && keywords.has(word)) return false
    values.push(value)
  }
  const start = cursor.at
  cursor.at += all.length
  finish(cursor, { keyword, values, start, end: cursor.at })
  return true
}

const value = String.raw`[ \t]*(?:"([^"\\\n]*)"|([\w+\-:.[\]<>;]+))[ \t]*`
const plain = new RegExp(
  String.raw`([A-Za-z_]\w*)[ \t]*\(${value}(?:,${value}(?:,${value}(?:,${value})?)?)?\)`,
  'y',
)

/** Takes the braces of a statement, if it has some. */
function finish(cursor: Cursor, statement: Statement): void {
  const { text, statements } = cursor
  const open = skipBlanks(text, cursor.at)
  if (text[open] !== '{' || open >= cursor.end) {
    statements.push(statement)
    return
  }
  const { start, end, next, isClosed } = readBraces(cursor, open + 1, cursor.end)
  if (!isClosed) {
    const message = 'the "{" after this statement has no "}"'
    cursor.report({ ...syntax(statement), message, hint: 'add the "}"' })
  }
  cursor.at = next
  const isDamaged = statement.isDamaged || !isClosed
  statements.push({ ...statement, body: { start, end }, ...(isDamaged && { isDamaged }) })
}

function readOther(cursor: Cursor): void {
  const { text, at } = cursor
  if (text[at] === '%') {
    cursor.at = endOfLine(text, at)
    cursor.code.push({ start: at, end: cursor.at })
    return
  }
  const end = endOfWord(text, at)
  if (end !== undefined) readWord(cursor, end)
  else if (isOfStatement(text[at])) unexpected(cursor)
  else skipStrange(cursor)
}

/** Statements that take one value without parentheses. */
const bare: ReadonlySet<string> = new Set(['include', 'path', 'addpath'])

function readWord(cursor: Cursor, end: number): void {
  const { text, at: start } = cursor
  const keyword = text.slice(start, end)
  const next = skipBlanks(text, end)
  if (text[next] === '(') {
    cursor.at = next + 1
    const { problems } = cursor
    const values = readValues(cursor)
    const isDamaged = cursor.problems > problems
    finish(cursor, { keyword, values, start, end: cursor.at, ...(isDamaged && { isDamaged }) })
    return
  }
  const valueEnd = bare.has(keyword) ? endOfValue(text, next) : undefined
  if (valueEnd === undefined) {
    unexpected(cursor)
    return
  }
  const value = inside(text, next, valueEnd)
  cursor.at = next
  complainOfKeyword(cursor, value)
  cursor.at = valueEnd
  cursor.statements.push({ keyword, values: [value], start, end: valueEnd })
}

/** Reads up to the closing parenthesis; what is missing is reported. */
function readValues(cursor: Cursor): string[] {
  const { text, end } = cursor
  const values: string[] = []
  for (let isWanted = true; ; ) {
    cursor.at = skipBlanks(text, cursor.at)
    const { at } = cursor
    const char = at < end ? text[at] : undefined
    if (char === ')' && (!isWanted || values.length === 0)) {
      cursor.at++
      return values
    }
    if (char === undefined || '({}'.includes(char) || beginsStatement(cursor)) {
      complain(cursor, 'a ")" is missing before this place')
      return values
    }
    if (char === ',' || char === ')') {
      if (isWanted) {
        complain(cursor, 'a value is missing before this place')
        values.push('')
      }
      if (char === ',') cursor.at++
      isWanted = char === ','
      continue
    }
    if (!isWanted && (char === '"' || endOfWord(text, at) !== undefined)) {
      complain(cursor, 'a "," is missing before this place')
    }
    const value = readValue(cursor)
    if (value === undefined) continue
    values.push(value)
    isWanted = false
  }
}

/** A word or a string; anything else is reported and passed over. */
function readValue(cursor: Cursor): string | undefined {
  const { text, at } = cursor
  const end = endOfValue(text, at)
  if (end !== undefined) {
    const value = inside(text, at, end)
    complainOfKeyword(cursor, value)
    cursor.at = end
    return value
  }
  if (text[at] !== '"') {
    skipStrange(cursor)
    return undefined
  }
  openString(cursor)
  return text.slice(at + 1, cursor.at)
}

function endOfValue(text: string, at: number): number | undefined {
  return text[at] === '"' ? endOfString(text, at) : endOfWord(text, at)
}

function inside(text: string, start: number, end: number): string {
  return text[start] === '"' ? text.slice(start + 1, end - 1) : text.slice(start, end)
}

function openString(cursor: Cursor): void {
  const { text, at: start } = cursor
  const end = endOfOpenString(text, start)
  const message = 'this string has no end on its line'
  cursor.report({ ...syntax({ start, end }), message, hint: 'close the quote' })
  cursor.at = end
}

function skipStrange(cursor: Cursor): void {
  const { text, at: start } = cursor
  const end = text[start] === '%' ? start + 1 : endOfStrange(text, start)
  cursor.at = end
  const message = `${JSON.stringify(text.slice(start, end))} belongs to no statement`
  const hint = 'put values with such characters into double quotes'
  cursor.report({ ...syntax({ start, end }), message, hint })
}

function isOfStatement(char: string | undefined): boolean {
  return char !== undefined && '(){},"'.includes(char)
}

/** Whether the first word of a line is the keyword of a statement. */
function beginsStatement({ text, at }: Cursor): boolean {
  keywordAhead.lastIndex = at
  return keywordAhead.test(text) && /(?:^|\n)[ \t]*$/.test(text.slice(Math.max(0, at - 80), at))
}

const keywordAhead = /[A-Za-z_]\w*[ \t]*\(/y

/** Reports what is here and goes on at the next statement that is the first of its line. */
function unexpected(cursor: Cursor): void {
  const { text, at, end } = cursor
  if (text[at] === '"' && endOfString(text, at) === undefined) openString(cursor)
  else {
    const word = text.slice(at, endOfValue(text, at) ?? at + 1)
    complain(cursor, `${word.startsWith('"') ? word : `"${word}"`} is not expected here`)
  }
  nextStatement.lastIndex = at
  const found = nextStatement.exec(text)
  cursor.at = found ? Math.min(end, found.index + 1) : end
}

const nextStatement = /\n(?=[ \t]*(?:[A-Za-z_]\w*[ \t]*\(|(?:include|path|addpath)[ \t]+["\w]))/g

/** The value that begins here cannot be a keyword without quotes. */
function complainOfKeyword(cursor: Cursor, value: string): void {
  if (keywords.has(value) && cursor.text[cursor.at] !== '"') complain(cursor, keywordAsValue(value))
}

function complain(cursor: Cursor, message: string): void {
  const { text, at: start } = cursor
  const end = Math.max(start, Math.min(cursor.end, endOfValue(text, start) ?? start + 1))
  const hint = 'a statement is keyword(value, ...) with or without { ... }'
  cursor.report({ ...syntax({ start, end }), message, hint })
}

function syntax({ start, end }: Extent): Omit<Problem, 'message'> {
  return { code: 'DBD_SYNTAX', start, end }
}
