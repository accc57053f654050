/** A token of dbLoadTemplate; the place of a string has its quotes. */
export interface Token {
  readonly kind: Kind
  readonly start: number
  readonly end: number
}

type Kind = 'word' | 'string' | 'file' | 'global' | 'pattern' | 'wrong' | 'end' | Mark
type Mark = '{' | '}' | ',' | '='

/**
 * The tokens of dbLoadTemplate (dbLoadTemplate_lex.l), one after another, at the end of the text
 * always the same `end`. Blanks and comments are dropped everywhere, a string ends on its line,
 * `wrong` is one character that can stand nowhere.
 */
export function tokensOf(text: string): () => Token {
  let at = 0
  // Up to here no string with this quote has an end: looked for once a line, not once a quote.
  const unclosed = new Map<string, number>()
  const endOfString = (start: number): number | undefined => {
    const quote = text.charAt(start)
    if (start < (unclosed.get(quote) ?? 0)) return undefined
    const { end, isClosed } = scanString(text, start)
    if (!isClosed) unclosed.set(quote, end)
    return isClosed ? end : undefined
  }
  return () => {
    const start = skipBlanks(text, at)
    const kind = kindAt(text, start)
    at = kind === 'string' ? (endOfString(start) ?? start) : endOf(text, start, kind)
    if (at === start && kind === 'string') {
      at = start + 1
      return { kind: 'wrong', start, end: at }
    }
    return { kind: kind === 'word' ? wordKind(text, start, at) : kind, start, end: at }
  }
}

function skipBlanks(text: string, start: number): number {
  for (let at = start; ; at++) {
    const code = text.charCodeAt(at)
    if (code === hash) {
      const end = text.indexOf('\n', at)
      if (end < 0) return text.length
      at = end
    } else if (code !== space && code !== newline && code !== tab && code !== carriageReturn) {
      return at
    }
  }
}

const [tab, newline, carriageReturn, space, hash, backslash] = [9, 10, 13, 32, 35, 92]

function kindAt(text: string, at: number): Kind {
  // The most frequent first.
  if (isBare(text.charCodeAt(at))) return 'word'
  const character = text[at]
  switch (character) {
    case undefined:
      return 'end'
    case '{':
    case '}':
    case ',':
    case '=':
      return character
    case '"':
    case "'":
      return 'string'
    default:
      return 'wrong'
  }
}

function endOf(text: string, start: number, kind: Kind): number {
  if (kind === 'end') return start
  if (kind === 'wrong') return start + ((text.codePointAt(start) ?? 0) > 0xffff ? 2 : 1)
  let at = start + 1
  if (kind === 'word') while (isBare(text.charCodeAt(at))) at += 1
  return at
}

/** Where a string ends, or its line does; a backslash protects what follows it but a line end. */
function scanString(text: string, start: number): { end: number; isClosed: boolean } {
  const quote = text.charCodeAt(start)
  let at = start + 1
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === quote) return { end: at + 1, isClosed: true }
    if (code === newline) break
    if (code === backslash && text.charCodeAt(at + 1) !== newline) at += 1
  }
  return { end: at, isClosed: false }
}

/** `NaN`, behind the end, is none. */
function isBare(code: number): boolean {
  return bare[code] === true
}

const bare: readonly boolean[] = Array.from({ length: 128 }, (_, code) =>
  /[\w\-+:./\\[\]<>;]/.test(String.fromCharCode(code)),
)

function wordKind(text: string, start: number, end: number): Kind {
  const length = end - start
  if (length === 4 && text.startsWith('file', start)) return 'file'
  if (length === 6 && text.startsWith('global', start)) return 'global'
  if (length === 7 && text.startsWith('pattern', start)) return 'pattern'
  return 'word'
}
