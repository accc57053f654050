import type { FieldDefinition } from '../../database/definitions/types.ts'
import type { Database, LoadedField, LoadedRecord } from '../../database/records/types.ts'
import { type ChannelName, readChannelName } from '../../database/values/channels.ts'
import { unescapeValue } from '../../database/values/escapes.ts'
import { type Link, readLink } from '../../database/values/links.ts'
import { memo } from '../../text/memo.ts'

/** A link field that a database gives a value, with the value that it has in the end. */
export interface RecordLink {
  readonly record: LoadedRecord
  readonly field: LoadedField
  readonly definition: FieldDefinition
  readonly link: Link
  /** Of links to PVs. */
  readonly channel: ChannelName | undefined
  /** The record that a link to a PV leads to. */
  readonly target: LoadedRecord | undefined
  /** The target is in the same IOC. */
  readonly isLocal: boolean
}

/** The databases in which links find their targets. */
export interface LinkScope {
  readonly own: Database
  /** Those of the other IOCs that are checked. */
  readonly others: readonly Database[]
}

/** The links of a record. Records of unknown types have none. */
export function linksOfRecord(record: LoadedRecord, scope: LinkScope): readonly RecordLink[] {
  const { definition, links } = record
  if (!definition || links.length === 0) return none
  const found: RecordLink[] = []
  for (const field of links) {
    const kind = definition.fields.get(field.name)
    if (!kind) continue
    const one = linkOf({ record, field, definition: kind }, scope)
    const before = found.findIndex((other) => other.definition === kind)
    if (before < 0) found.push(one)
    else found[before] = one
  }
  return found
}

const none: readonly RecordLink[] = []

type LinkField = Pick<RecordLink, 'record' | 'field' | 'definition'>

function linkOf({ record, field, definition }: LinkField, scope: LinkScope): RecordLink {
  const link = readLink(unescapeValue(field.value))
  if (link.kind !== 'pv') {
    const [channel, target] = [undefined, undefined]
    return { record, field, definition, link, channel, target, isLocal: false }
  }
  const channel = readChannelName(link.target)
  const own = findRecord(scope.own, channel.record)
  const target = own ?? findAmong(scope.others, channel.record)
  return { record, field, definition, link, channel, target, isLocal: own !== undefined }
}

/** The record of this name or alias. */
export function findRecord(database: Database, name: string): LoadedRecord | undefined {
  return database.records.get(name) ?? database.aliases.get(name)?.record
}

/** The first record of this name in several databases. */
export function findAmong(databases: readonly Database[], name: string): LoadedRecord | undefined {
  for (const database of databases) {
    const found = findRecord(database, name)
    if (found) return found
  }
  return undefined
}

/** The link that device support reads: of both the one that is written last. */
export function deviceLink(record: LoadedRecord): LoadedField | undefined {
  const input = record.last('INP')
  const output = record.last('OUT')
  if (!input || !output) return input ?? output
  return record.fields.findLast(({ name }) => name === 'INP' || name === 'OUT')
}

/**
 * The link of a record with device support that no statement names, where its type has such a link.
 */
export function missingLink(record: LoadedRecord): string | undefined {
  const { definition } = record
  if (!definition || deviceLink(record)) return undefined
  const name = ['INP', 'OUT'].find((one) => definition.fields.has(one))
  return name !== undefined && !isWritten(record, name) ? name : undefined
}

/**
 * Whether a statement of the record names a field, also with a value that the IOC refuses: what
 * follows from its absence is not worth a message then.
 */
export function isWritten(record: LoadedRecord, name: string): boolean {
  const { template } = record
  if (!template) return isInText(record, name)
  const ask = writtenIn.get(template) ?? memo((one: string) => isInText(record, one))
  writtenIn.set(template, ask)
  return ask(name)
}

const writtenIn = new WeakMap<object, (name: string) => boolean>()

/** Costly: reads the text. */
function isInText(record: LoadedRecord, name: string): boolean {
  return [record, ...record.more].some((place) => {
    const { text } = place.in
    nextRecord.lastIndex = place.end
    const body = text.slice(place.end, nextRecord.exec(text)?.index ?? text.length)
    return body.includes(name) && new RegExp(`\\bfield\\s*\\(\\s*"?${name}\\b`).test(body)
  })
}

const nextRecord = /^[^"#\n]*\bg?record\s*\(/gm
