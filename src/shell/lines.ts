import type { Source } from '../text/source.ts'
import type { ScriptLine } from './types.ts'

export type RawLine = Pick<ScriptLine, 'number' | 'raw' | 'start' | 'end' | 'terminated' | 'joints'>

export interface Reading {
  /** See `ShellOptions`. */
  readonly reading: 'exact' | 'repaired'
  readonly continuation: boolean
}

/**
 * The lines of a script. Only LF ends a line. `exact`: the last line is left out if it has no line
 * end (epicsReadline.c throws it away) and a byte order mark stays.
 */
export function* readLines({ text }: Source, options: Reading): Generator<RawLine> {
  const repaired = options.reading === 'repaired'
  let start = repaired && text.startsWith('\ufeff') ? 1 : 0
  for (let number = 1; start < text.length; ) {
    const { parts, next, terminated } = readParts(text, start, options.continuation)
    if (!terminated && !repaired) return
    // A C string ends at NUL, whatever follows on the line.
    const raw = parts.join('').replace(/\0.*$/s, '')
    const joints = ends(parts.slice(0, -1))
    const end = Math.min(start + raw.length + 2 * joints.length, text.length)
    yield { number, raw, start, end, terminated, ...(joints.length > 0 && { joints }) }
    start = next
    number += parts.length
  }
}

interface Parts {
  readonly parts: readonly string[]
  readonly next: number
  readonly terminated: boolean
}

/** A line, or with continuation all lines up to the first that does not end in a backslash. */
function readParts(text: string, start: number, continuation: boolean): Parts {
  const parts: string[] = []
  for (let from = start; ; ) {
    const newline = text.indexOf('\n', from)
    if (newline < 0) {
      parts.push(text.slice(from))
      return { parts, next: text.length, terminated: false }
    }
    const line = text.slice(from, newline)
    const joined = continuation && line.endsWith('\\')
    parts.push(joined ? line.slice(0, -1) : line)
    from = newline + 1
    if (!joined) return { parts, next: from, terminated: true }
  }
}

function ends(parts: readonly string[]): number[] {
  let length = 0
  return parts.map((part) => {
    length += part.length
    return length
  })
}
