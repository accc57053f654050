import type { Extent } from '../tokens.ts'
import type { KnownForms, KnownValue } from './known-forms.ts'
import type { LoadedField, LoadedText } from './types.ts'

/** Where the values of plain records are in a text: three numbers each, as there are millions. */
export interface ValueNotes {
  readonly text: LoadedText
  readonly forms: KnownForms
  numbers: Int32Array
  /** How many of the numbers are taken. */
  length: number
}

/** A value that was noted; quotes included. */
export interface NotedValue {
  readonly known: KnownValue
  readonly start: number
  readonly end: number
}

export function newValueNotes(text: LoadedText, forms: KnownForms): ValueNotes {
  return { text, forms, numbers: none, length: 0 }
}

const none = new Int32Array(0)
/** Numbers of a value. */
export const perNote = 3

/** @param extent of the value, without its quotes */
export function noteValue(notes: ValueNotes, index: number, { start, end }: Extent): void {
  const { length } = notes
  if (length === notes.numbers.length) grow(notes)
  const { numbers } = notes
  numbers[length] = index
  numbers[length + 1] = start
  numbers[length + 2] = end
  notes.length = length + perNote
}

/** Ends what belongs together. */
export function endNotes(notes: ValueNotes): void {
  noteValue(notes, -1, noExtent)
}

const noExtent: Extent = { start: 0, end: 0 }

function grow(notes: ValueNotes): void {
  const numbers = new Int32Array(Math.max(perNote * 16, notes.length * 2))
  numbers.set(notes.numbers)
  notes.numbers = numbers
}

/** What was noted at an index, a multiple of `perNote`; nothing at an end. */
export function notedValue({ numbers, forms }: ValueNotes, index: number): NotedValue | undefined {
  const known = forms.values[numbers[index] ?? -1]
  if (!known) return undefined
  return { known, start: (numbers[index + 1] ?? 0) - 1, end: (numbers[index + 2] ?? 0) + 1 }
}

/** Hands over the fields and info items that were noted from an index on, up to an end. */
export function eachNoted(
  notes: ValueNotes,
  first: number,
  take: (value: LoadedField, known: KnownValue) => void,
): void {
  for (let at = first; ; at += perNote) {
    const known = knownAt(notes, at)
    if (!known) return
    take(loadedNote(notes, known, at), known)
  }
}

/** The link fields of these. */
export function notedLinks(notes: ValueNotes, first: number): LoadedField[] {
  const links: LoadedField[] = []
  for (let at = first; ; at += perNote) {
    const known = knownAt(notes, at)
    if (!known) return links
    if (known.isLink) links.push(loadedNote(notes, known, at))
  }
}

/** The last value of a field among these. */
export function lastNoted(notes: ValueNotes, first: number, name: string): LoadedField | undefined {
  let last: number | undefined
  for (let at = first; ; at += perNote) {
    const known = knownAt(notes, at)
    if (known?.field && known.name === name) last = at
    if (known) continue
    const found = last === undefined ? undefined : knownAt(notes, last)
    return found && last !== undefined ? loadedNote(notes, found, last) : undefined
  }
}

/** Whether one of these is an info item of this name. */
export function hasNotedInfo(notes: ValueNotes, first: number, name: string): boolean {
  for (let at = first; ; at += perNote) {
    const known = knownAt(notes, at)
    if (!known) return false
    if (!known.field && known.name === name) return true
  }
}

function knownAt({ numbers, forms }: ValueNotes, at: number): KnownValue | undefined {
  return forms.values[numbers[at] ?? -1]
}

function loadedNote(notes: ValueNotes, { good, name }: KnownValue, at: number): LoadedField {
  const { text, numbers } = notes
  const start = numbers[at + 1] ?? 0
  const end = numbers[at + 2] ?? 0
  const written = text.text.slice(start, end)
  const value = good.size > 0 ? (good.get(written) ?? written) : written
  // One literal: there are millions of these.
  return { in: text, start: start - 1, end: end + 1, name, value, form: 'string' }
}
