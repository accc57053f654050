import type { KnownForms, KnownValue } from './known-forms.ts'
import type { LoadedText } from './types.ts'

/** Where the values of plain records are in a text: two numbers each, as there are millions. */
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
export const perNote = 2

/**
 * Notes a value.
 *
 * @param index in `KnownForms.values`
 * @param start behind its opening quote
 */
export function noteValue(notes: ValueNotes, index: number, start: number): void {
  const { length } = notes
  if (length === notes.numbers.length) grow(notes)
  const { numbers } = notes
  numbers[length] = index
  numbers[length + 1] = start
  notes.length = length + perNote
}

/** Ends what belongs together. */
export function endNotes(notes: ValueNotes): void {
  noteValue(notes, -1, 0)
}

function grow(notes: ValueNotes): void {
  const numbers = new Int32Array(Math.max(perNote * 16, notes.length * 2))
  numbers.set(notes.numbers)
  notes.numbers = numbers
}

/** What was noted at an index, a multiple of `perNote`; nothing at an end. */
export function notedValue(notes: ValueNotes, index: number): NotedValue | undefined {
  const { numbers, forms, text } = notes
  const known = forms.values[numbers[index] ?? -1]
  const start = numbers[index + 1]
  if (!known || start === undefined) return undefined
  return { known, start: start - 1, end: text.text.indexOf('"', start) + 1 }
}
