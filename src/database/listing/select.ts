import { wildcard } from '../../text/wildcard.ts'
import type { Definitions } from '../definitions/types.ts'
import type { Database, LoadedRecord } from '../records/types.ts'
import { valueIn } from './values.ts'

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
