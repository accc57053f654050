import type { LoadedText } from '../../database/records/types.ts'
import { dependsOnUnknown, unknownValue } from '../../startup/assumed.ts'
import type { Diagnostic } from '../../text/diagnostic.ts'
import type { Source } from '../../text/source.ts'
import { startOf } from '../../text/span.ts'
import type { CheckedLoad } from '../types.ts'

/**
 * Of the findings on texts that were read with a value that is not known those about macros that
 * hold whatever the value is: not those that name it, nor those on lines that begin or end with it
 * outside of strings, which it may make comments.
 */
export function certainFindings(
  found: readonly Diagnostic[],
  loads: readonly CheckedLoad[],
): Diagnostic[] {
  const open = new Map<Source, Set<number>>()
  for (const text of loads.flatMap(textsOf)) addOpenLines(open, text)
  return found.filter((item) => {
    const { at } = item
    if (!/^MACRO_/.test(item.code) || dependsOnUnknown(item)) return false
    return !at || !open.get(at.source)?.has(startOf(at).line)
  })
}

/** Whether all that the load reads is known, and with it which macros it uses. */
export function isWhollyRead(load: CheckedLoad): boolean {
  return textsOf(load).every(({ macros, text }) => {
    if ([...macros.undefined, ...macros.defaulted].some(dependsOnUnknown)) return false
    return !dependsOnUnknown(text) || !text.split('\n').some(includesUnknown)
  })
}

function textsOf({ text, includes = [] }: CheckedLoad): readonly LoadedText[] {
  return [text, ...includes]
}

function includesUnknown(line: string): boolean {
  return /^\s*include\b/.test(line) && dependsOnUnknown(line)
}

function addOpenLines(open: Map<Source, Set<number>>, loaded: LoadedText): void {
  const { text } = loaded
  for (let at = text.indexOf(unknownValue); at >= 0; at = text.indexOf(unknownValue, at + 1)) {
    const line = text.slice(text.lastIndexOf('\n', at) + 1, at)
    if (!isOutsideStrings.test(line)) continue
    const place = loaded.spanOf(at, at + 1)
    const lines = open.get(place.source) ?? new Set<number>()
    open.set(place.source, lines.add(startOf(place).line))
  }
}

const isOutsideStrings = /^(?:[^"\n]|"(?:[^"\\\n]|\\.)*")*$/
