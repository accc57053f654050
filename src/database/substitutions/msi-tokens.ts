/** A token of msi's substitution reader; the place of a string has its quotes. */
export interface Token {
  readonly kind: 'word' | 'string' | 'unclosed' | 'separator' | 'end' | '{' | '}'
  readonly start: number
  readonly end: number
}

/**
 * The tokens of msi, one after another, at the end of the text always the same `end`. A line end, a
 * comma or a comment separates, a blank does not. `#` begins a comment only in the first column or
 * directly behind a token. A string ends at the first quote without a backslash before it.
 */
export function tokensOf(text: string): () => Token {
  let at = 0
  return () => {
    const token = tokenAt(text, at)
    at = token.end
    return token
  }
}

function tokenAt(text: string, before: number): Token {
  if (isLineEnd(text, before) || text[before] === '#') return lineEnd(text, before)
  const start = skipBlanks(text, before)
  const first = text[start]
  switch (first) {
    case undefined:
    case '\n':
      return lineEnd(text, start)
    case '{':
    case '}':
      return { kind: first, start, end: start + 1 }
    case ',':
      return { kind: 'separator', start, end: skipSeparators(text, start) }
    case '"':
      return stringAt(text, start)
    default:
      return { kind: 'word', start, end: endOfWord(text, start) }
  }
}

function isLineEnd(text: string, at: number): boolean {
  return at >= text.length || text[at] === '\n'
}

/** The rest of a line with its end; behind the last line there is nothing more. */
function lineEnd(text: string, start: number): Token {
  const newline = text.indexOf('\n', start)
  const end = newline < 0 ? text.length : newline + 1
  return { kind: end < text.length ? 'separator' : 'end', start: Math.min(start, end), end }
}

/** C `isspace` without the line end. */
function skipBlanks(text: string, start: number): number {
  let at = start
  while (isBlank(text.charCodeAt(at))) at += 1
  return at
}

/** Space, TAB, VT, FF, CR. */
function isBlank(code: number): boolean {
  return code === 32 || code === 9 || (code >= 11 && code <= 13)
}

function skipSeparators(text: string, start: number): number {
  let at = start
  while (text[at] === ',' || isBlank(text.charCodeAt(at))) at += 1
  return at
}

function stringAt(text: string, start: number): Token {
  for (let at = start + 1; !isLineEnd(text, at); at++) {
    if (text[at] === '"' && text[at - 1] !== '\\') return { kind: 'string', start, end: at + 1 }
  }
  const newline = text.indexOf('\n', start)
  return { kind: 'unclosed', start, end: newline < 0 ? text.length : newline }
}

function endOfWord(text: string, start: number): number {
  let at = start
  while (at < text.length && !endsWord(text.charCodeAt(at))) at += 1
  return at
}

/** A blank, a line end, or one of `" , { }`. */
function endsWord(code: number): boolean {
  return isBlank(code) || [10, 34, 44, 123, 125].includes(code)
}
