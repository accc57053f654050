/** A piece of a template; offsets in the text. */
export type Piece =
  /** Text without references, of any number of lines. */
  | { readonly kind: 'plain'; readonly text: string }
  | { readonly kind: 'line'; readonly text: string; readonly start: number }
  | Command

/** A line that is an instruction; `argument` is what stands between the quotes, as it is. */
export interface Command {
  readonly kind: 'include' | 'substitute'
  readonly argument: string
  readonly start: number
  readonly end: number
}

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
  return (
    commandOf(line, start) ??
    (/\$[({]/.test(line) ? { kind: 'line', text: line, start } : undefined)
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
