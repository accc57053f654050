import { type Diagnostic, diagnostic, type Result } from '../text/diagnostic.ts'
import type { Source } from '../text/source.ts'
import { spanOf } from '../text/span.ts'

/**
 * A piece of a database or dbd file. `text` is the word itself, the inside of a quoted string with
 * its backslashes (what they mean depends on the field), or a line of C code without its `%`.
 */
export interface Token {
  readonly kind: 'word' | 'string' | 'code' | '(' | ')' | '{' | '}' | ','
  readonly text: string
  readonly start: number
  readonly end: number
}

/**
 * Splits a file into tokens; comments and blanks are dropped. Characters that belong nowhere are
 * reported and left out; strings cannot go over a line end, one without a quote at its end is
 * reported.
 */
export function tokenize(source: Source): Result<readonly Token[]> {
  const { text } = source
  const tokens: Token[] = []
  const diagnostics: Diagnostic[] = []
  for (let start = skipBlanks(text, 0); start < text.length; ) {
    const token = tokenAt(text, start)
    const end = token?.end ?? endOfWrong(text, start)
    if (token) tokens.push(token)
    else diagnostics.push(wrong(source, start, end))
    if (!token && text[start] === '"') {
      tokens.push({ kind: 'string', text: text.slice(start + 1, end), start, end })
    }
    start = skipBlanks(text, end)
  }
  return { value: tokens, diagnostics }
}

function skipBlanks(text: string, start: number): number {
  for (let at = start; ; ) {
    const end = matchEnd(blank, text, at) ?? matchEnd(comment, text, at)
    if (end === undefined) return at
    at = end
  }
}

function tokenAt(text: string, start: number): Token | undefined {
  const first = text[start] ?? ''
  switch (first) {
    case '(':
    case ')':
    case '{':
    case '}':
    case ',':
      return { kind: first, text: first, start, end: start + 1 }
    case '"': {
      const end = matchEnd(string, text, start)
      return end === undefined
        ? undefined
        : { kind: 'string', text: text.slice(start + 1, end - 1), start, end }
    }
    case '%': {
      const end = matchEnd(line, text, start) ?? start
      return { kind: 'code', text: text.slice(start + 1, end), start, end }
    }
    default: {
      const end = matchEnd(word, text, start)
      return end === undefined
        ? undefined
        : { kind: 'word', text: text.slice(start, end), start, end }
    }
  }
}

const blank = /\s+/y
const comment = /#[^\n]*/y
const string = /"[^"\\\n]*(?:\\[^\n][^"\\\n]*)*"/y
const line = /[^\n]*/y
/**
 * Characters of a word without quotes are those of the Application Developer's Guide; `$(NAME)` is
 * a macro that nobody expanded.
 */
const word = /(?:[\w+\-:.[\]<>;]+|\$\([^()\s]*\)|\$\{[^{}\s]*\})+/y

function matchEnd(pattern: RegExp, text: string, start: number): number | undefined {
  pattern.lastIndex = start
  return pattern.test(text) ? pattern.lastIndex : undefined
}

/** A string without its end goes up to the last parenthesis of the line: that is where it was meant. */
function endOfWrong(text: string, start: number): number {
  if (text[start] === '"') {
    const end = matchEnd(line, text, start) ?? start
    const closing = text.lastIndexOf(')', end - 1)
    return closing > start ? closing : end
  }
  return matchEnd(strange, text, start) ?? start + 1
}

const strange = /[^\s\w+\-:.[\]<>;(){},"#%]+/y

function wrong(source: Source, start: number, end: number): Diagnostic {
  const at = spanOf(source, start, end)
  const text = source.text.slice(start, end)
  return text.startsWith('"')
    ? diagnostic('DBD_SYNTAX', 'this string has no end on its line', {
        at,
        hint: 'close the quote',
      })
    : diagnostic('DBD_SYNTAX', `${JSON.stringify(text)} belongs to no statement`, {
        at,
        hint: 'put values with such characters into double quotes',
      })
}
