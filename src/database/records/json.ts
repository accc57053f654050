/** The end of a JSON value. */
export interface JsonEnd {
  /** Behind the value; if it is not valid, behind the first character that does not fit. */
  readonly end: number
  readonly isValid: boolean
}

/**
 * Finds the end of an array or object that begins at `start`, as the IOC reads the value of a field
 * (dbLex.l of base 7): JSON5 with keys and values that are bare words, strings in both kinds of
 * quotes, commas before the closing bracket, comments from `#` to the line end.
 */
export function endOfJson(text: string, start: number): JsonEnd {
  const closers: string[] = []
  let expects: Expects = 'value'
  for (let at = start; ; ) {
    token.lastIndex = at
    const match = token.exec(text)
    const [whole = '', found = ''] = match ?? []
    const kind = kindOf(found)
    if (kind === 'nothing')
      return { end: Math.min(text.length, at + whole.length + 1), isValid: false }
    at += whole.length
    if (found === '{' || found === '[') {
      if (expects !== 'value' && expects !== 'item') return { end: at, isValid: false }
      closers.push(found === '{' ? '}' : ']')
      expects = found === '{' ? 'key' : 'item'
    } else if (found === '}' || found === ']') {
      const mayClose = expects === 'key' || expects === 'item' || expects === 'comma'
      if (!mayClose || closers.pop() !== found) return { end: at, isValid: false }
      if (closers.length === 0) return { end: at, isValid: true }
      expects = 'comma'
    } else {
      const next: Expects | undefined = after(expects, kind, closers.at(-1))
      if (!next) return { end: at, isValid: false }
      expects = next
    }
  }
}

/** `key` and `item` may also be the closing bracket. */
type Expects = 'value' | 'item' | 'key' | 'colon' | 'comma'

/** Blanks and comments, then a bracket, a separator, a string or a word; or nothing. */
const token =
  /(?:[ \t\r\n]|#[^\n]*)*([{}[\]:,]|"(?:[^"\\\n\x00-\x1f]|\\[\s\S])*"|'(?:[^'\\\n\x00-\x1f]|\\[\s\S])*'|[\w+.-]+)?/y

function kindOf(found: string): 'nothing' | 'string' | 'number' | 'word' | ':' | ',' | 'bracket' {
  if (found === '') return 'nothing'
  if (found === ':' || found === ',') return found
  if ('{}[]'.includes(found)) return 'bracket'
  if (found.startsWith('"') || found.startsWith("'")) return 'string'
  return number.test(found) ? 'number' : 'word'
}

const number = /^[-+]?(?:\d+(?:\.\d*)?(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?|0[xX][\da-fA-F]+)$/

function after(
  expects: Expects,
  kind: ReturnType<typeof kindOf>,
  closer: string | undefined,
): Expects | undefined {
  switch (expects) {
    case 'key':
      return kind === 'string' || kind === 'word' ? 'colon' : undefined
    case 'colon':
      return kind === ':' ? 'value' : undefined
    case 'comma':
      if (kind !== ',') return undefined
      return closer === '}' ? 'key' : 'item'
    case 'value':
    case 'item':
      return kind === 'string' || kind === 'word' || kind === 'number' ? 'comma' : undefined
  }
}
