import { parseDefinitions } from '../../macro/definitions.ts'
import { placeIn, placeOfWord } from '../../shell/place.ts'
import type { ScriptLine, Word } from '../../shell/types.ts'
import type { Span } from '../../text/span.ts'
import type { GivenMacro } from '../types.ts'

/** A definition list that stands in a script. */
export interface WrittenList {
  readonly line: ScriptLine
  /** The word of the line that holds the list. */
  readonly word: Word
  /** Places as the user knows them, see `Places`. */
  readonly shown: (span: Span) => Span
}

/**
 * The macros of a list such as that of `dbLoadRecords`, `dbLoadTemplate`, `iocshLoad`, each with its
 * place in the script. Names without a value, which remove macros, are left out.
 */
export function givenMacros({ line, word, shown }: WrittenList): GivenMacro[] {
  const whole = shown(placeOfWord(line, word))
  // The shell has taken out quotes and backslashes: without them offsets are those of the line.
  const first = line.text.indexOf(word.text, word.start)
  const isPlain = first >= 0 && first + word.text.length <= word.end
  const place = (start: number, end: number) =>
    isPlain ? shown(placeIn(line, first + start, first + end)) : whole
  return parseDefinitions(word.text).flatMap(({ name, raw, start, end }) => {
    if (raw === undefined) return []
    const isAsWritten = word.text.startsWith(name, start)
    const nameAt = place(start, isAsWritten ? start + name.length : end)
    const at = raw === '' ? nameAt : place(end - raw.length, end)
    return [{ name, raw, at, nameAt }]
  })
}
