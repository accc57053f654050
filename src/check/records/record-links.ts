import type { FieldDefinition, RecordType } from '../../database/definitions/types.ts'
import type { Database, LoadedField, LoadedRecord } from '../../database/records/types.ts'
import { unescapeValue } from '../../database/values/escapes.ts'
import { type Link, readLink } from '../../database/values/links.ts'

/** A link field that a database gives a value. */
export interface RecordLink {
  readonly record: LoadedRecord
  readonly field: LoadedField
  readonly definition: FieldDefinition
  readonly link: Link
}

/**
 * The links of all records, each with the value that it has in the end. Records of unknown types
 * have none, and neither have values with macros that were not expanded: others report these.
 */
export function* linksOf(database: Database): Generator<RecordLink> {
  for (const record of database.records.values()) yield* linksOfRecord(record)
}

/** The links of one record; see `linksOf`. */
export function linksOfRecord(record: LoadedRecord): readonly RecordLink[] {
  const { definition, fields } = record
  if (!definition) return []
  const known = linkFieldsOf(definition)
  const found: RecordLink[] = []
  for (const field of fields) {
    const kind = known.get(field.name)
    if (!kind) continue
    const text = unescapeValue(field.value)
    const link = isUnexpanded(text) ? nothing : readLink(text)
    const before = found.findIndex(({ definition }) => definition === kind)
    const one = { record, field, definition: kind, link }
    if (before < 0) found.push(one)
    else found[before] = one
  }
  return found
}

/** The last value of a field, as the record has it in the end; nothing if none is given. */
export function finalValue({ fields }: LoadedRecord, name: string): LoadedField | undefined {
  return fields.findLast((field) => field.name === name)
}

/**
 * Whether a statement of the record names a field, also with a value that the IOC refuses: what
 * follows from its absence is not worth a message then. Reads the text: only for what is reported.
 */
export function isWritten(record: LoadedRecord, name: string): boolean {
  return [record, ...record.more].some((place) => {
    const { text } = place.in
    nextRecord.lastIndex = place.end
    const body = text.slice(place.end, nextRecord.exec(text)?.index ?? text.length)
    return new RegExp(`\\bfield\\s*\\(\\s*"?${name}\\b`).test(body)
  })
}

const nextRecord = /^[^"#\n]*\bg?record\s*\(/gm

/** The record of this name or alias. */
export function findRecord(database: Database, name: string): LoadedRecord | undefined {
  return database.records.get(name) ?? database.aliases.get(name)?.record
}

const nothing: Link = { kind: 'empty' }

function isUnexpanded(text: string): boolean {
  return text.includes('$(') || text.includes('${')
}

const linkFields = new WeakMap<RecordType, ReadonlyMap<string, FieldDefinition>>()

function linkFieldsOf(type: RecordType): ReadonlyMap<string, FieldDefinition> {
  const known = linkFields.get(type)
  if (known) return known
  const found = new Map([...type.fields].filter(([, { kind }]) => kind.endsWith('LINK')))
  linkFields.set(type, found)
  return found
}
