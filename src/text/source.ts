/** A text with the name users know it by. Positions are offsets in UTF-16 units; lines on demand. */
export interface Source {
  /** Path as the user wrote it, or a label in angle brackets such as `<command line>`. */
  readonly name: string
  readonly text: string
  /** How the bytes of the file were read; a copy must be written back the same way. */
  readonly encoding?: 'utf8' | 'latin1'
  /** The file begins with a byte order mark, which is not in the text. */
  readonly hasByteOrderMark?: boolean
}

/** A place for people: both numbers start at 1. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** Line and column of an offset; offsets beyond the end give the end of the text. */
export function positionAt(source: Source, offset: number): Position {
  const starts = lineStarts(source)
  const at = Math.max(0, Math.min(offset, source.text.length))
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] ?? 0) <= at) low = middle
    else high = middle - 1
  }
  return { line: low + 1, column: at - (starts[low] ?? 0) + 1 }
}

/** Text of a line (from 1) without its line end. Lines that do not exist are empty. */
export function lineText(source: Source, line: number): string {
  const starts = lineStarts(source)
  const start = starts[line - 1]
  if (start === undefined) return ''
  return source.text.slice(start, starts[line] ?? source.text.length).replace(/\r?\n$/, '')
}

const cache = new WeakMap<Source, readonly number[]>()

function lineStarts(source: Source): readonly number[] {
  const known = cache.get(source)
  if (known) return known
  const starts = [0]
  for (let at = source.text.indexOf('\n'); at >= 0; at = source.text.indexOf('\n', at + 1)) {
    starts.push(at + 1)
  }
  cache.set(source, starts)
  return starts
}
