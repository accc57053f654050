import type { Definitions } from '../definitions/types.ts'
import { lastValues } from '../listing/values.ts'
import { iocValue, plainValue } from '../records/ioc-value.ts'
import type { Alias, Database, LoadedField, LoadedRecord } from '../records/types.ts'

/** What one field or `info` of a record is in two databases; undefined: it is not set. */
interface FieldChange {
  readonly kind: 'field' | 'info'
  readonly name: string
  readonly before: LoadedField | undefined
  readonly after: LoadedField | undefined
}

/** The same, or the type of the record. */
export type Change =
  | FieldChange
  | {
      readonly kind: 'type'
      readonly name: string
      readonly before: string
      readonly after: string
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

/** What decides about differences. */
export interface CompareOptions {
  /** Fields that may differ, `info` included. */
  readonly ignored: ReadonlySet<string>
  /** Of the one before and the one after. */
  readonly definitions: readonly [Definitions | undefined, Definitions | undefined]
}

/**
 * What differs between two databases: first all records of the one before, in its order, then those
 * that are new, then aliases. Where the record type is known, values are compared as the IOC has
 * them: a field that is not set has its default.
 */
export function* compareDatabases(
  before: Database,
  after: Database,
  options: CompareOptions,
): Generator<RecordDifference> {
  for (const [name, record] of before.records) {
    const other = after.records.get(name)
    if (!other) {
      yield { kind: 'removed', name, record }
      continue
    }
    const changes = [...recordChanges(record, other, options)]
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
  { ignored, definitions }: CompareOptions,
): Generator<Change> {
  if (before.type !== after.type) {
    yield { kind: 'type', name: 'RTYP', before: before.type, after: after.type }
  }
  for (const change of fieldChanges('field', [before.fields, after.fields], ignored)) {
    const { name } = change
    const old = valueInIoc(before, { name, written: change.before }, definitions[0])
    const now = valueInIoc(after, { name, written: change.after }, definitions[1])
    if (old === undefined || old !== now) yield change
  }
  yield* fieldChanges('info', [before.infos, after.infos], ignored)
}

/** Undefined if nobody knows. */
function valueInIoc(
  { definition }: LoadedRecord,
  { name, written }: { readonly name: string; readonly written: LoadedField | undefined },
  definitions: Definitions | undefined,
): string | undefined {
  const field = definition?.fields.get(name)
  if (!definition || !field) return undefined
  return iocValue(field, written, { devices: definition.devices, definitions })
}

type Fields = readonly LoadedField[]

function* fieldChanges(
  kind: 'field' | 'info',
  [before, after]: readonly [Fields, Fields],
  ignored: ReadonlySet<string>,
): Generator<FieldChange> {
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

/** `"5"` and `5` are the same value, and JSON with blanks and without. */
function isSame(one: LoadedField | undefined, other: LoadedField | undefined): boolean {
  if (!one || !other) return one === other
  return one.value === other.value || plainValue(one) === plainValue(other)
}

type Aliases = ReadonlyMap<string, Alias>

function* aliasDifferences(before: Aliases, after: Aliases): Generator<RecordDifference> {
  for (const name of new Set([...before.keys(), ...after.keys()])) {
    const [one, other] = [before.get(name)?.record.name, after.get(name)?.record.name]
    if (one !== other) yield { kind: 'alias', name, before: one, after: other }
  }
}
