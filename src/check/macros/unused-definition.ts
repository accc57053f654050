import { unknownValue } from '../../startup/assumed.ts'
import type { Note } from '../../text/diagnostic.ts'
import type { Source } from '../../text/source.ts'
import { emptyRaw, type MacroDefinition } from './definitions.ts'
import { writtenMacros } from './references.ts'

/**
 * Whether no text that got this macro uses its name. A text counts as one for all macros of a file:
 * if it uses the name for one row, the others are no mistake.
 */
export function isUnused({ name, raw, readers }: MacroDefinition): boolean {
  // `pattern {""} {""}`: there are none.
  if (name === '') return false
  const known = raw.replaceAll(unknownValue, '')
  for (const { used, missing, call } of readers) {
    if (used.has(name) || call.sources.some((source) => makesName(source, name))) return false
    // Set only so that the set is not empty.
    if (emptyRaw.test(known) && used.size === 0 && missing.size === 0 && call.given.length === 1)
      return false
  }
  return readers.size > 0
}

/** `$(IF_$(MODE))` uses `IF_A` or `IF_B`, as MODE wants it. */
function makesName(source: Source, name: string): boolean {
  for (const beginning of writtenMacros(source).beginnings) {
    if (name.startsWith(beginning)) return true
  }
  return false
}

/** Says how often the same thing was found elsewhere. */
export function countMore(count: number): Note[] {
  if (count < 2) return []
  const places = count === 2 ? 'at one more place' : `at ${count - 1} more places`
  return [{ message: `the same ${places} of this file` }]
}
