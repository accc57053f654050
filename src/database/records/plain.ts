import type { Definitions, FieldDefinition, RecordType } from '../definitions/types.ts'
import { checkFieldValue, easeOf, isEasy } from '../values/check.ts'
import type { Head } from './build.ts'
import type { GrowingRecord } from './growing-record.ts'
import type { FileReading } from './reading.ts'

/**
 * The forms that nearly all records and fields have. All others, and all mistakes, are left to the
 * callers. There are millions of fields; and at a start of an IOC there are so few that V8 compiles
 * hardly anything: so these are loops with offsets, where others would call functions.
 */

/** What a head of fields, `field(NAME,`, says, and what is known of the values behind it. */
export interface KnownField {
  /** As written. */
  readonly head: string
  readonly definition: RecordType
  readonly field: FieldDefinition
  /** See `easeOf`. */
  readonly ease: number
  /** Values that were found good before, by themselves: many records have the same. */
  readonly good: Map<string, string>
  /** The field that came next the last time. */
  next: KnownField | undefined
}

interface KnownType {
  readonly definition: RecordType
  readonly byHead: Map<string, KnownField>
  /** The field that came first the last time. */
  next: KnownField | undefined
}

/** Grows as records come. */
export type KnownTypes = Map<RecordType, KnownType>

export interface PlainHead extends Head {
  /** Behind the brace that follows, if one does. */
  readonly body: number | undefined
}

/**
 * `(TYPE, "NAME")` behind `record`: a type that is known, a name of plain ASCII.
 *
 * @param start where the statement begins
 * @param at the end of its keyword
 */
export function plainHead(
  text: string,
  { start, at }: { readonly start: number; readonly at: number },
  { recordTypes }: Definitions,
): PlainHead | undefined {
  if (text.charCodeAt(at) !== openRound) return undefined
  const typeStart = at + 1
  let end = typeStart
  // Letters and digits are behind all signs that may end the type.
  while (text.charCodeAt(end) > comma) end++
  const type = { value: text.slice(typeStart, end), start: typeStart, end }
  if (text.charCodeAt(end) !== comma || !recordTypes.has(type.value)) return undefined
  do end++
  while (text.charCodeAt(end) === blank)
  const nameStart = end
  end = endOfPlain(text, nameStart)
  if (end < 0 || text.charCodeAt(end) !== closeRound) return undefined
  const name = { value: text.slice(nameStart + 1, end - 1), start: nameStart, end }
  end++
  let body = end
  while (text.charCodeAt(body) === blank) body++
  return {
    type,
    name,
    start,
    end,
    body: text.charCodeAt(body) === openCurly ? body + 1 : undefined,
  }
}

/** The end of a string of printable ASCII without escapes and references; or -1. */
function endOfPlain(text: string, start: number): number {
  plainString.lastIndex = start
  return plainString.test(text) ? plainString.lastIndex : -1
}

const plainString = /"[ !#%-[\]-~]*"/y

/**
 * Takes fields as long as they are `field(NAME, "value")` with a field of the record type and a good
 * value of plain ASCII; info items and comments may be between them.
 *
 * @returns the end of the last field that was taken, or `start`; if a closing brace follows, its place
 */
export function takePlainFields(file: FileReading, record: GrowingRecord, start: number): number {
  const { definition } = record
  const { definitions, known } = file.loading.state
  if (!definition || !definitions || file.loading.isLost) return start
  const text = file.text.text
  const fields = record.growingFields()
  const noted = file.learner?.values
  const type = knownType(known, definition)
  let last: KnownField | KnownType = type
  for (let behind = start; ; ) {
    let at = behind
    let unit = text.charCodeAt(at)
    while (unit === blank || unit === newline || unit === tab || unit === 13) {
      unit = text.charCodeAt(++at)
    }
    if (unit === numberSign) {
      const lineEnd = text.indexOf('\n', at)
      if (lineEnd < 0) return behind
      behind = lineEnd
      continue
    }
    if (unit === letterI) {
      const end = takePlainInfo(file, record, at)
      if (end < 0) return behind
      behind = end
      continue
    }
    if (unit !== letterF) return unit === closeCurly ? at : behind
    let one: KnownField | undefined = last.next
    if (!one || !text.startsWith(one.head, at)) one = fieldAt(type, text, at)
    if (!one) return behind
    last.next = one
    last = one
    at += one.head.length
    while (text.charCodeAt(at) === blank) at++
    const valueStart = at
    at = endOfPlain(text, at)
    if (at < 0 || text.charCodeAt(at) !== closeRound) return behind
    let value = text.slice(valueStart + 1, at - 1)
    const { field } = one
    if (!isEasy(one.ease, value)) {
      if (!isFoundGood(one, value, definitions)) return behind
      value = one.good.get(value) ?? value
    }
    // biome-ignore format: one line
    fields.push({ in: file.text, start: valueStart, end: at, name: field.name, value, form: 'string' })
    noted?.push({ start: valueStart, end: at, name: field.name, field: one })
    behind = at + 1
  }
}

/** Whether a value of plain ASCII is good by itself. */
export function isGoodValue(known: KnownField, value: string, definitions: Definitions): boolean {
  return isEasy(known.ease, value) || isFoundGood(known, value, definitions)
}

function isFoundGood(known: KnownField, value: string, definitions: Definitions): boolean {
  const { good, field, definition } = known
  if (good.has(value)) return true
  if (checkFieldValue({ field, value, definition, definitions, isParsed: false })) return false
  if (good.size < mostGood) good.set(value, value)
  return true
}

/** `info(NAME, "value")` of plain ASCII: its end, or -1 if it has another form. */
function takePlainInfo(file: FileReading, record: GrowingRecord, at: number): number {
  const { text } = file.text
  plainInfo.lastIndex = at
  const [head, quoted, word] = plainInfo.exec(text) ?? []
  const name = quoted ?? word
  if (head === undefined || name === undefined) return -1
  const start = at + head.length
  const end = endOfPlain(text, start)
  if (end < 0 || text.charCodeAt(end) !== closeRound) return -1
  const value = text.slice(start + 1, end - 1)
  record.addInfo({ in: file.text, start, end, name, value, form: 'string' })
  file.learner?.values.push({ start, end, name, field: undefined })
  return end + 1
}

const plainInfo = /info[ \t]*\([ \t]*(?:"(\w+)"|(\w+))[ \t]*, */y

const tab = 9
const newline = 10
const blank = 32
const numberSign = 35
const openRound = 40
const closeRound = 41
const comma = 44
const openCurly = 123
const closeCurly = 125
const letterF = 102
const letterI = 105

const mostGood = 1000

function knownType(known: KnownTypes, definition: RecordType): KnownType {
  const before = known.get(definition)
  if (before) return before
  const type: KnownType = { definition, byHead: new Map(), next: undefined }
  known.set(definition, type)
  return type
}

function fieldAt(type: KnownType, text: string, start: number): KnownField | undefined {
  let end = start
  while (end - start < longestHead && text.charCodeAt(end) !== comma) end++
  const head = text.slice(start, end + 1)
  return type.byHead.get(head) ?? learn(type, head)
}

const longestHead = 40

function learn({ byHead, definition }: KnownType, head: string): KnownField | undefined {
  const [, quoted, word] = /^field[ \t]*\([ \t]*(?:"(\w+)"|(\w+))[ \t]*,$/.exec(head) ?? []
  const field = definition.fields.get(quoted ?? word ?? '')
  if (!field) return undefined
  const known = { head, definition, field, ease: easeOf(field), good: new Map(), next: undefined }
  byHead.set(head, known)
  return known
}
