/** A piece of a protocol file. */
export interface ProtocolToken {
  readonly kind: 'word' | 'string' | 'variable' | 'mark' | 'unclosed'
  /** Words in lower case: nothing outside of quotes is case sensitive. */
  readonly text: string
  readonly start: number
  readonly end: number
}

/**
 * Blanks and comments; a string, which ends on its line; `$1`, `$name`, `${name}`; a mark; a word.
 * StreamDevice, protocol.html 1 and 4, and `StreamProtocolParser::readToken`.
 */
const pattern =
  /[\s\0]+|#[^\n]*|("(?:[^"\\\n]|\\[^\n])*"|'(?:[^'\\\n]|\\[^\n])*')|(\$(?:\{[^{}\n]*\}|\d|[^\s,;{}=()$'"#+\-*/]*))|(["'])|([,;{}=()])|([^\s\0,;{}=()$'"#]+)/y

/** Takes a protocol file apart; a quote that is not closed on its line is a token of its own. */
export function* protocolTokens(text: string): Generator<ProtocolToken> {
  pattern.lastIndex = 0
  let start = 0
  while (start < text.length) {
    pattern.lastIndex = start
    const match = pattern.exec(text)
    if (!match) return
    const end = start + match[0].length
    const kind = kindOf(match)
    const token = kind === 'word' ? match[0].toLowerCase() : match[0]
    if (kind) yield { kind, text: token, start, end }
    start = end
  }
}

function kindOf(match: RegExpExecArray): ProtocolToken['kind'] | undefined {
  const [, string, variable, quote, mark, word] = match
  if (word !== undefined) return 'word'
  if (string !== undefined) return 'string'
  if (mark !== undefined) return 'mark'
  if (variable !== undefined) return 'variable'
  return quote === undefined ? undefined : 'unclosed'
}

/** Variables that words refer to, arguments (`$1`) left out: `$x`, `${x}`, in strings `\$x`. */
export function references(
  words: readonly ProtocolToken[],
): { readonly variable: string; readonly token: ProtocolToken }[] {
  return words.flatMap((token) => {
    const pattern = token.kind === 'variable' ? outside : inString
    if (token.kind !== 'variable' && token.kind !== 'string') return []
    return Array.from(token.text.matchAll(pattern), ([, braced, plain]) => braced ?? plain)
      .filter((name) => name !== undefined)
      .map((name) => ({ variable: name.toLowerCase(), token }))
  })
}

// Names that nobody would write are left alone.
const outside = /^\$(?:\{([a-z]\w*)\}|([a-z]\w*))$/gi
const inString = /\\(?:\$(?:\{([a-z]\w*)\}|([a-z]\w*)(?=[\s,;{}=()$'"+\-*/]))|[\s\S])/gi
