import type { Source } from '../text/source.ts'
import type { ScriptLine } from './types.ts'

export type RawLine = Pick<ScriptLine, 'number' | 'raw' | 'start' | 'end' | 'terminated'>

/**
 * The lines of a script. Only LF ends a line. `exact`: the last line is left out if it has no line
 * end (epicsReadline.c throws it away) and a byte order mark stays.
 */
export function* readLines({ text }: Source, reading: 'exact' | 'repaired'): Generator<RawLine> {
  const repaired = reading === 'repaired'
  let start = repaired && text.startsWith('\ufeff') ? 1 : 0
  for (let number = 1; start < text.length; number++) {
    const newline = text.indexOf('\n', start)
    const terminated = newline >= 0
    if (!terminated && !repaired) return
    const next = terminated ? newline : text.length
    // A C string ends at NUL, whatever follows on the line.
    const raw = text.slice(start, next).replace(/\0.*$/s, '')
    yield { number, raw, start, end: start + raw.length, terminated }
    start = next + 1
  }
}
