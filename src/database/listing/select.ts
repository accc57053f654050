import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import { didYouMean } from '../../text/suggest.ts'
import { wildcard } from '../../text/wildcard.ts'
import type { Definitions } from '../definitions/types.ts'
import type { Database, LoadedRecord } from '../records/types.ts'
import { fieldsOfBase, valueIn } from './values.ts'

/** Which records are wanted; several of a kind: any of them fits. */
export interface RecordQuery {
  readonly types: readonly string[]
  /** Patterns with `*` and `?`, also for aliases. */
  readonly names: readonly string[]
  /** All of them must fit; without a pattern every value does. */
  readonly fields: readonly FieldQuery[]
}

export interface FieldQuery {
  readonly name: string
  readonly pattern?: string
}

/** The records that fit, in the order in which the IOC loads them. */
export function* selectRecords(
  database: Database,
  query: RecordQuery,
  definitions: Definitions | undefined,
): Generator<LoadedRecord> {
  const types = new Set(query.types)
  const names = query.names.map(wildcard)
  const fields = query.fields.flatMap(({ name, pattern }) =>
    pattern === undefined ? [] : [{ name, fits: wildcard(pattern) }],
  )
  const aliases = names.length > 0 ? aliasesOf(database) : new Map<LoadedRecord, string[]>()
  for (const record of database.records.values()) {
    if (types.size > 0 && !types.has(record.type)) continue
    if (names.length > 0) {
      const all = [record.name, ...(aliases.get(record) ?? [])]
      if (!names.some((fits) => all.some(fits))) continue
    }
    if (fields.every(({ name, fits }) => fits(valueIn(record, name, definitions)))) yield record
  }
}

/** The further names of records. */
export function aliasesOf({ aliases }: Database): Map<LoadedRecord, string[]> {
  const names = new Map<LoadedRecord, string[]>()
  for (const { name, record } of aliases.values()) {
    const known = names.get(record)
    if (known) known.push(name)
    else names.set(record, [name])
  }
  return names
}

/** Patterns for names that no record of any IOC fits: a warning each, as it may be a slip. */
export function unfitNames({ names }: RecordQuery, databases: readonly Database[]): Diagnostic[] {
  const open = new Map(names.map((name) => [name, wildcard(name)]))
  for (const { records, aliases } of databases) {
    for (const keys of [records.keys(), aliases.keys()]) {
      for (const key of open.size > 0 ? keys : []) {
        for (const [name, fits] of open) if (fits(key)) open.delete(name)
      }
    }
  }
  return [...open.keys()].map((name) => {
    const message = `there is neither a record "${name}" nor a file of this name`
    return diagnostic('OPTION_VALUE', message, { severity: 'warning' })
  })
}

/**
 * Types and fields of a query that none of the IOCs knows: nothing is found, or nothing shown. A
 * warning, as the same is asked of many IOCs.
 *
 * @returns `OPTION_VALUE`; nothing if the definitions of an IOC are not known
 */
export function unknownInQuery(
  { types, fields }: RecordQuery,
  all: readonly (Definitions | undefined)[],
): Diagnostic[] {
  const known = all.flatMap((definitions) => (definitions ? [definitions] : []))
  if (known.length === 0 || known.length < all.length) return []
  const recordTypes = new Map(known.flatMap(({ recordTypes }) => [...recordTypes]))
  const ofTypes = [...recordTypes.values()].flatMap((type) => [...type.fields.keys()])
  const fieldNames = new Set([...fieldsOfBase, ...ofTypes])
  const missing = (what: string, name: string, candidates: Iterable<string>): Diagnostic =>
    diagnostic('OPTION_VALUE', `there is no ${what} "${name}"`, {
      hint: didYouMean(name, candidates),
      severity: 'warning',
    })
  return [
    ...types
      .filter((name) => !recordTypes.has(name))
      .map((name) => missing('record type', name, recordTypes.keys())),
    ...fields
      .filter(({ name }) => !fieldNames.has(name))
      .map(({ name }) => missing('field', name, fieldNames)),
  ]
}
