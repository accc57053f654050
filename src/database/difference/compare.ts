import { lastValues, shownValue } from '../listing/values.ts'
import type { Alias, Database, LoadedField, LoadedRecord } from '../records/types.ts'

/** What one record, field, `info` or alias is in two databases; undefined: it is not there. */
export interface Change {
  readonly kind: 'field' | 'info' | 'type'
  readonly name: string
  readonly before: LoadedField | string | undefined
  readonly after: LoadedField | string | undefined
}

/** A record that is not the same in both. */
export type RecordDifference =
  | { readonly kind: 'removed'; readonly name: string; readonly record: LoadedRecord }
  | { readonly kind: 'added'; readonly name: string; readonly record: LoadedRecord }
  | {
      readonly kind: 'changed'
      readonly name: string
      readonly before: LoadedRecord
      readonly after: LoadedRecord
      readonly changes: readonly Change[]
    }
  | {
      readonly kind: 'alias'
      readonly name: string
      /** The records that the alias stands for. */
      readonly before: string | undefined
      readonly after: string | undefined
    }

/**
 * What differs between two databases: first all records of the one before, in its order, then those
 * that are new, then aliases. A field that is not set and one set to its default are not the same.
 *
 * @param ignored - fields that may differ, `info` included
 */
export function* compareDatabases(
  before: Database,
  after: Database,
  ignored: ReadonlySet<string>,
): Generator<RecordDifference> {
  for (const [name, record] of before.records) {
    const other = after.records.get(name)
    if (!other) {
      yield { kind: 'removed', name, record }
      continue
    }
    const changes = [...recordChanges(record, other, ignored)]
    if (changes.length > 0) yield { kind: 'changed', name, before: record, after: other, changes }
  }
  for (const [name, record] of after.records) {
    if (!before.records.has(name)) yield { kind: 'added', name, record }
  }
  yield* aliasDifferences(before.aliases, after.aliases)
}

function* recordChanges(
  before: LoadedRecord,
  after: LoadedRecord,
  ignored: ReadonlySet<string>,
): Generator<Change> {
  if (before.type !== after.type) {
    yield { kind: 'type', name: 'RTYP', before: before.type, after: after.type }
  }
  yield* fieldChanges('field', [before.fields, after.fields], ignored)
  yield* fieldChanges('info', [before.infos, after.infos], ignored)
}

type Fields = readonly LoadedField[]

function* fieldChanges(
  kind: 'field' | 'info',
  [before, after]: readonly [Fields, Fields],
  ignored: ReadonlySet<string>,
): Generator<Change> {
  if (isSameList(before, after)) return
  const [old, now] = [lastValues(before), lastValues(after)]
  for (const name of new Set([...old.keys(), ...now.keys()])) {
    const [one, other] = [old.get(name), now.get(name)]
    if (ignored.has(name) || isSame(one, other)) continue
    yield { kind, name, before: one, after: other }
  }
}

/** Nearly all records of two databases are the same, then no table of their fields is needed. */
function isSameList(before: Fields, after: Fields): boolean {
  if (before.length !== after.length) return false
  for (let index = 0; index < before.length; index++) {
    const [one, other] = [before[index], after[index]]
    if (one?.name !== other?.name || one?.value !== other?.value) return false
  }
  return true
}

/** `"5"` and `5` are the same value. */
function isSame(one: LoadedField | undefined, other: LoadedField | undefined): boolean {
  if (!one || !other) return one === other
  return one.value === other.value || shownValue(one) === shownValue(other)
}

type Aliases = ReadonlyMap<string, Alias>

function* aliasDifferences(before: Aliases, after: Aliases): Generator<RecordDifference> {
  for (const name of new Set([...before.keys(), ...after.keys()])) {
    const [one, other] = [before.get(name)?.record.name, after.get(name)?.record.name]
    if (one !== other) yield { kind: 'alias', name, before: one, after: other }
  }
}
