/** A piece of a template; offsets in the text. */
export type Piece =
  /** Text without references, of any number of lines. */
  { readonly kind: 'plain'; readonly text: string } | Line | Command

/** A line with references, or a full piece of one that is too long. */
export interface Line {
  readonly kind: 'line'
  readonly text: string
  readonly start: number
  /** Text and references in turn, if all of them are simple; else macLib has to read the line. */
  readonly parts: readonly (string | SimpleReference)[] | undefined
}

/** `$(NAME)` or `$(NAME=text)`, nothing else inside. */
export interface SimpleReference {
  readonly name: string
  readonly fallback: string | undefined
}

/** A line that is an instruction; `argument` is what stands between the quotes, as it is. */
export interface Command {
  readonly kind: 'include' | 'substitute'
  readonly argument: string
  readonly start: number
  readonly end: number
}

/** msi: room for an expanded line, its NUL included; what is longer is cut. */
export const capacity = 4095

/** msi reads a line into 4096 bytes, the NUL included: longer ones are taken in pieces. */
const longestLine = 4095

/**
 * Splits a template, one character a byte, into what msi treats differently. Lines without a
 * reference are put together: most of a template is copied.
 */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = []
  let plain = 0
  for (let start = 0; start < text.length; ) {
    const end = lineEnd(text, start)
    const piece = pieceOf(text, start, end)
    if (piece) {
      if (start > plain) pieces.push({ kind: 'plain', text: text.slice(plain, start) })
      pieces.push(piece)
      plain = end
    }
    start = end
  }
  if (text.length > plain) pieces.push({ kind: 'plain', text: text.slice(plain) })
  return pieces
}

function lineEnd(text: string, start: number): number {
  const newline = text.indexOf('\n', start)
  return Math.min(newline < 0 ? text.length : newline + 1, start + longestLine)
}

function pieceOf(text: string, start: number, end: number): Piece | undefined {
  const line = text.slice(start, end)
  // A piece without references may be cut, too.
  const isLine = line.length >= capacity || /\$[({]/.test(line)
  return (
    commandOf(line, start) ??
    (isLine ? { kind: 'line', text: line, start, parts: partsOf(line) } : undefined)
  )
}

/**
 * `include "file"` or `substitute "list"` alone on the line: blanks of any kind before, only spaces
 * behind. A quote with a backslash before it does not end the argument.
 */
function commandOf(line: string, start: number): Piece | undefined {
  if (!mayBeCommand.test(line)) return undefined
  const match = command.exec(line)
  if (!match) return undefined
  const [, before = '', keyword, argument = ''] = match
  const at = start + before.length
  return {
    kind: keyword === 'include' ? 'include' : 'substitute',
    ...{ argument, start: at, end: at + argument.length },
  }
}

const mayBeCommand = /^[ \t\r\v\f]*(?:include|substitute)[ \t\r\v\f]*"/
const command =
  /^([ \t\r\v\f]*(include|substitute)[ \t\r\v\f]*")((?:[^"\n]|(?<=\\)")*)(?<!\\)" *\n?$/

/** Quotes of the one kind and backslashes may protect references: such lines are not simple. */
function partsOf(line: string): Line['parts'] {
  if (/['\\]/.test(line)) return undefined
  const parts: (string | SimpleReference)[] = []
  let at = 0
  for (
    let start = line.indexOf('$');
    start >= 0;
    start = line.indexOf('$', Math.max(at, start + 1))
  ) {
    if (!'({'.includes(line[start + 1] ?? ' ')) continue
    simple.lastIndex = start
    const match = simple.exec(line)
    if (!match) return undefined
    if (start > at) parts.push(line.slice(at, start))
    parts.push({ name: match[1] ?? match[3] ?? '', fallback: match[2] ?? match[4] })
    at = simple.lastIndex
  }
  if (at < line.length) parts.push(line.slice(at))
  return parts
}

const simple = /\$(?:\(([\w:.-]+)(?:=([^$"(){},=]*))?\)|\{([\w:.-]+)(?:=([^$"(){},=]*))?\})/y
