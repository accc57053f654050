import { placeIn, placeOfWord } from '../shell/place.ts'
import type { ScriptLine, Word } from '../shell/types.ts'
import { positionAt, type Source } from '../text/source.ts'
import type { Origin, Span } from '../text/span.ts'
import type { Part } from './walk-types.ts'

/** Places of script lines; what the command line became is shown as the user wrote it. */
export interface Places {
  /** A word of a line, or the whole line, with the chain of lines that loaded the script. */
  of(line: ScriptLine, word?: Word): Span
  /**
   * A place found by other means, with what the user wrote instead of the lines made of it. That a
   * script stands on the command line is no news: the chain ends before that.
   */
  shown(span: Span): Span
  /** Lines of this source were written elsewhere: the command of an afterInit line. */
  rename(source: Source, at: Span): void
  /** `st.cmd:3`, or `-c dbl` for what stands on the command line. */
  label(line: ScriptLine): string
}

const known = new WeakMap<readonly Part[], Places>()

/** The places of the scripts that these parts load. */
export function placesIn(parts: readonly Part[]): Places {
  const places = known.get(parts) ?? newPlaces(parts)
  known.set(parts, places)
  return places
}

function newPlaces(parts: readonly Part[]): Places {
  const written = new Map<Source, Span>(
    parts.flatMap(({ source, elsewhere, at }) =>
      [source, elsewhere].flatMap((text) => (text ? [[text, at] as const] : [])),
    ),
  )
  const renamed = new WeakMap<Source, Span>()
  // Scripts share their chains, see `originOf`; so do the places shown.
  const chains = new WeakMap<Origin, Origin>()
  const shown = (span: Span): Span => {
    const argument = written.get(span.source) ?? renamed.get(span.source)
    if (argument) return argument
    const { from, ...place } = span
    if (!from || written.has(from.at.source)) return place
    const before = chains.get(from)
    const chain = before ?? { ...from, at: shown(from.at) }
    if (!before) chains.set(from, chain)
    return { ...place, from: chain }
  }
  const of = (line: ScriptLine, word?: Word): Span =>
    shown(word ? placeOfWord(line, word) : placeIn(line))
  return {
    of,
    shown,
    rename: (source, at) => void renamed.set(source, at),
    label(line) {
      const { source, start, end } = of(line)
      if (written.has(line.run.source)) return source.text.slice(start, end)
      return `${source.name}:${positionAt(source, start).line}`
    },
  }
}
