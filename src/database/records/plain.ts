import { newPlainRecord } from './build.ts'
import type { GrowingRecord } from './growing-record.ts'
import { type KnownHead, knownType } from './known-forms.ts'
import type { PlainScanner } from './plain-scanner.ts'
import type { FileReading } from './reading.ts'
import { type NotedValue, notedValue, perNote, type ValueNotes } from './value-notes.ts'

/** How far records were taken. */
export interface Taken {
  /** Behind the last record; or where its body has to be read in the usual way. */
  readonly at: number
  /** Of that body: where its opening brace is. */
  readonly opened: number | undefined
  readonly record: GrowingRecord | undefined
}

/**
 * Takes the record that begins here, and those that follow at once, as long as they are new and
 * have the form that nearly all have.
 *
 * @param start of the statement
 * @returns nothing if the first one has another form
 */
export function takePlainRecords(file: FileReading, start: number): Taken | undefined {
  const { plain, replay, loading } = file
  if (!plain || loading.isLost || file.waiting) return undefined
  let taken: Taken | undefined
  for (let at = start; ; at = plain.skipComments(at)) {
    const head = plain.head(at)
    const record = head && beginPlain(file, plain, { head, at })
    if (!record) return taken
    const { body, notes } = plain
    const { length } = notes
    const end = plain.values(head.type, body)
    record.addNotes(notes, length)
    if (file.text.text.charCodeAt(end) !== closeCurly) return { at: end, opened: body - 1, record }
    if (file.learner) learn(file, { head, record, body, end: end + 1, length })
    at = end + 1
    taken = { at, opened: undefined, record: undefined }
    // The next one may be in a pattern.
    if (replay) return taken
  }
}

interface HeadPlace {
  readonly head: KnownHead
  readonly at: number
}

/** A record of this name, which the scanner has found, unless there is one already. */
function beginPlain(
  { loading, text }: FileReading,
  { start, end }: PlainScanner,
  { head, at }: HeadPlace,
): GrowingRecord | undefined {
  const { definition } = head.type
  const name = text.text.slice(start, end)
  const { name: type } = definition
  return newPlainRecord(loading, { in: text, start: at, end: end + 2, name, type, definition })
}

interface Learned {
  readonly head: KnownHead
  readonly record: GrowingRecord
  readonly body: number
  readonly end: number
  /** Of the notes in front of the record. */
  readonly length: number
}

function learn(
  { learner, plain }: FileReading,
  { head, record, body, end, length }: Learned,
): void {
  if (!plain) return
  const { name, start } = record
  const { definition } = head.type
  const nameEnd = record.end - 1
  const nameStart = nameEnd - name.length - 2
  const typeStart = start + head.head.lastIndexOf(definition.name)
  learner?.add({
    ...{ definition, start, body, end },
    type: { value: definition.name, start: typeStart, end: typeStart + definition.name.length },
    name: { value: name, start: nameStart, end: nameEnd },
    values: notedFrom(plain.notes, length),
  })
}

function notedFrom(notes: ValueNotes, length: number): NotedValue[] {
  const noted: NotedValue[] = []
  for (let index = length; index < notes.length; index += perNote) {
    const value = notedValue(notes, index)
    if (value) noted.push(value)
  }
  return noted
}

const closeCurly = 125

/**
 * Takes the values of a record as long as they have the form that nearly all have.
 *
 * @returns the end of the last one, or `start`; if a closing brace follows, its place
 */
export function takePlainValues(file: FileReading, record: GrowingRecord, start: number): number {
  const { plain, loading } = file
  if (!plain || !record.definition || loading.isLost || file.waiting) return start
  const { notes } = plain
  const { length } = notes
  const end = plain.values(knownType(notes.forms, record.definition), start)
  record.addNotes(notes, length)
  return end
}
