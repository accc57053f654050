/** A piece of an access security file; offsets in the text. */
export interface AccessToken {
  readonly kind:
    | 'keyword'
    | 'word'
    | 'string'
    | 'integer'
    | 'float'
    | 'mark'
    | 'strange'
    | 'unclosed'
    | 'end'
  /** Of a string without its quotes. */
  readonly text: string
  readonly start: number
  readonly end: number
}

/**
 * Takes an access security file apart, as far as a real IOC of base 7.0.10 shows how it does: words
 * without quotes have letters, digits and `_-+:.[]<>;`, strings end on their line, `#` begins a
 * comment. What can be a number is one and no name.
 */
export function accessTokens(text: string): AccessToken[] {
  const tokens: AccessToken[] = []
  let start = 0
  while (start < text.length) {
    pattern.lastIndex = start
    const match = pattern.exec(text)
    const end = match ? pattern.lastIndex : start + 1
    const kind = match ? kindOf(match) : 'strange'
    if (kind) {
      const isString = kind === 'string'
      const inner = isString ? text.slice(start + 1, end - 1) : text.slice(start, end)
      tokens.push({ kind, text: inner, start, end })
    }
    start = end
  }
  tokens.push({ kind: 'end', text: '', start: text.length, end: text.length })
  return tokens
}

const pattern =
  /[ \t\r\n]+|#[^\n]*|("[^"\\\n]*(?:\\[^\n][^"\\\n]*)*")|("[^\n]*)|([(){},])|([\w+\-:.[\]<>;]+)/y

function kindOf([, string, unclosed, mark, word]: RegExpExecArray):
  | AccessToken['kind']
  | undefined {
  if (word !== undefined) return kindOfWord(word)
  if (string !== undefined) return 'string'
  if (mark !== undefined) return 'mark'
  return unclosed === undefined ? undefined : 'unclosed'
}

function kindOfWord(word: string): AccessToken['kind'] {
  if (/^[-+]?\d+$/.test(word)) return 'integer'
  if (/^[-+]?(?:\d+\.\d*|\.\d+|\d+(?=[eE]))(?:[eE][-+]?\d+)?$/.test(word)) return 'float'
  return /^(?:UAG|HAG|ASG|RULE|CALC|INP[A-U])$/.test(word) ? 'keyword' : 'word'
}
