import type { Code } from '../text/codes.ts'

/** A stretch of a text, `end` not included. */
export interface Extent {
  readonly start: number
  readonly end: number
}

/** Something wrong in a text; the reader of the file makes a diagnostic of it. */
export interface Problem extends Extent {
  readonly code: Code
  readonly message: string
  readonly hint?: string | undefined
}

export type Report = (problem: Problem) => void

/** Words that are no names and values without quotes (dbLex.l). */
export const keywords: ReadonlySet<string> = new Set([
  ...['include', 'path', 'addpath', 'menu', 'choice', 'recordtype', 'field', 'device', 'driver'],
  ...['link', 'breaktable', 'record', 'grecord', 'info', 'alias', 'registrar', 'function'],
  'variable',
])

export function keywordAsValue(word: string): string {
  return `${word} is a keyword: as a value it needs double quotes`
}

/** Behind blanks and comments (dbLex.l: blank, tab, CR and LF). */
export function skipBlanks(text: string, start: number): number {
  return matchEnd(blanks, text, start) ?? start
}

/** Behind the word that begins here; undefined if none does. */
export function endOfWord(text: string, start: number): number | undefined {
  return matchEnd(word, text, start)
}

/** Behind the closing quote of the string that begins here; undefined if its line has none. */
export function endOfString(text: string, start: number): number | undefined {
  return matchEnd(string, text, start)
}

/** The end of the line, without its line end. */
export function endOfLine(text: string, start: number): number {
  const end = text.indexOf('\n', start)
  return end < 0 ? text.length : end
}

/** A string without its quote goes up to the last parenthesis of its line: that is where it was meant. */
export function endOfOpenString(text: string, start: number): number {
  const end = endOfLine(text, start)
  const closing = text.slice(start, end).lastIndexOf(')')
  return closing > 0 ? start + closing : end
}

/** Behind characters that belong to no token. */
export function endOfStrange(text: string, start: number): number {
  return matchEnd(strange, text, start) ?? start + 1
}

/**
 * Characters of a word without quotes are those of the Application Developer's Guide; `$(NAME)` is
 * a macro that nobody expanded.
 */
const word = /(?:[\w+\-:.[\]<>;]+|\$\([^()\s]*\)|\$\{[^{}\s]*\})+/y
const blanks = /[ \t\r\n]*(?:#[^\n]*[ \t\r\n]*)*/y
const string = /"[^"\\\n]*(?:\\[^\n][^"\\\n]*)*"/y
const strange = /[^\s\w+\-:.[\]<>;(){},"#%]+/y

function matchEnd(pattern: RegExp, text: string, start: number): number | undefined {
  pattern.lastIndex = start
  return pattern.test(text) ? pattern.lastIndex : undefined
}
