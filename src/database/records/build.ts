import { didYouMean } from '../../text/suggest.ts'
import type { Definitions, RecordType } from '../definitions/types.ts'
import { checkValue, isExpanded } from './check-value.ts'
import { GrowingRecord, type RecordStart } from './growing-record.ts'
import { complain } from './mistakes.ts'
import type { FileReading, Loading } from './reading.ts'
import { nameProblem } from './record-name.ts'
import { jsonToken, stringToken } from './scanner.ts'
import type { LoadedField } from './types.ts'

/** A word or string of a statement; its place includes the quotes. */
export interface Name {
  readonly value: string
  readonly start: number
  readonly end: number
}

/** The value of a field or info item, quotes included. */
export interface Value {
  readonly start: number
  readonly end: number
  /** Of its token. */
  readonly kind: number
  readonly hasEscape: boolean
}

/** `record(type, "name")`. */
export interface Head {
  readonly type: Name
  readonly name: Name
  readonly start: number
  readonly end: number
}

/**
 * The record that a head makes or adds to (dbLexRoutines.c, dbRecordHead). Nothing if there is none
 * to add to: then the fields that follow are only parsed.
 */
export function beginRecord(file: FileReading, head: Head): GrowingRecord | undefined {
  const { loading } = file
  const { records } = loading.state
  const { type, name } = head
  if (type.value === '#') return deleteRecord(file, head)
  const known = records.get(name.value) ?? aliased(file, name.value)
  if (known && !isReplaced(file, known, type.value)) {
    const isRefused = loading.onceOnly && type.value === known.type
    return isRefused ? refuseRecord(file, known, head) : continueRecord(file, known, head)
  }
  if (type.value === '*') {
    if (loading.isLost) return undefined
    complain(file, name, {
      ...{
        code: 'RECORD_NOT_FOUND',
        message: `there is no record ${name.value} yet, "*" adds to one`,
      },
      hint: () => didYouMean(name.value, records.keys()) ?? 'give the record type in place of "*"',
    })
    return undefined
  }
  const isNamed = checkName(file, name)
  const record = newRecord(file, head)
  if (isNamed && !file.loading.isLost) records.set(name.value, record)
  return record
}

/** The IOC makes no record of an unknown type, so that one of another type has no rival. */
function isReplaced({ loading }: FileReading, record: GrowingRecord, type: string): boolean {
  return (
    loading.state.definitions !== undefined &&
    record.definition === undefined &&
    type !== record.type &&
    type !== '*'
  )
}

function aliased({ loading }: FileReading, name: string): GrowingRecord | undefined {
  const { aliases } = loading.state
  const alias = aliases.size > 0 ? aliases.get(name) : undefined
  return alias && loading.state.records.get(alias.record.name)
}

/** The first statement of a record: its type has to be known. */
function newRecord(file: FileReading, { type, name, start, end }: Head): GrowingRecord {
  const { definitions } = file.loading.state
  const definition = definitions?.recordTypes.get(type.value)
  if (definitions && !definition) {
    complain(file, type, {
      code: 'RECORD_TYPE_UNKNOWN',
      message: `there is no record type ${type.value}`,
      unknown: { kind: 'record type', name: type.value },
      hint: () =>
        didYouMean(type.value, definitions.recordTypes.keys()) ??
        'require the module that has this record type',
      near: { word: type.value, candidates: definitions.recordTypes.keys() },
    })
  }
  const { value } = name
  const typeName = definition?.name ?? type.value
  const first = { in: file.text, start, end, name: value, type: typeName, definition }
  return new GrowingRecord(first, file.loading.state.made++)
}

/** A record of a known type with a name in order, unless there is one of this name. */
export function newPlainRecord({ state }: Loading, start: RecordStart): GrowingRecord | undefined {
  const { records, aliases } = state
  const { name } = start
  if (records.has(name) || (aliases.size > 0 && aliases.has(name))) return undefined
  const record = new GrowingRecord(start, state.made++)
  records.set(name, record)
  return record
}

/** A further statement for a record: of the same type, or `*`. */
function continueRecord(
  file: FileReading,
  record: GrowingRecord,
  { type, name, start, end }: Head,
) {
  if (type.value !== '*' && type.value !== record.type) {
    complain(file, type, {
      code: 'RECORD_TYPE_CONFLICT',
      message: `record ${name.value} is of type ${record.type} already, not ${type.value}`,
      notes: [{ message: 'first here', at: record.in.spanOf(record.start, record.end) }],
      hint: `record(${record.type}, "${name.value}")`,
    })
  }
  if (file.loading.isLost) return new GrowingRecord(record, record.number)
  record.addStatement({ in: file.text, start, end })
  return record
}

/** dbLexRoutines.c, dbRecordHead: the IOC makes nothing of the statement. */
function refuseRecord(file: FileReading, record: GrowingRecord, { name }: Head): undefined {
  complain(file, name, {
    code: 'RECORD_TWICE',
    message: `record "${name.value}" is there already, and dbRecordsOnceOnly is set`,
    severity: 'error',
    notes: [{ message: 'first here', at: record.in.spanOf(record.start, record.end) }],
    hint: `if this is wanted: record("*", "${name.value}")`,
  })
}

/** `record("#", "name")` takes a record or alias away (base 7.0.8). */
function deleteRecord(file: FileReading, { name }: Head): undefined {
  const { loading } = file
  const { records, aliases } = loading.state
  if (loading.isLost) return undefined
  if (aliases.delete(name.value)) return undefined
  if (records.delete(name.value)) {
    for (const [alias, { record }] of aliases) if (record.name === name.value) aliases.delete(alias)
    return undefined
  }
  complain(file, name, {
    ...{ code: 'RECORD_NOT_FOUND', message: `there is no record ${name.value} to delete` },
    severity: 'warning',
    hint: () => didYouMean(name.value, records.keys()) ?? 'remove this line',
  })
  return undefined
}

/** False if the IOC refuses the name. */
function checkName(file: FileReading, name: Name): boolean {
  const problem = nameProblem(name.value)
  if (!problem) return true
  const { isRefused, message, hint } = problem
  complain(file, name, {
    code: 'RECORD_NAME',
    message,
    hint,
    severity: isRefused ? 'error' : 'warning',
  })
  return !isRefused
}

interface AliasHead {
  /** The record in whose braces it stands. */
  readonly record: GrowingRecord | undefined
  /** Otherwise the record or alias that is named. */
  readonly target: Name | undefined
  readonly name: Name
}

/** A further name for a record (dbLexRoutines.c, dbAlias). */
export function addAlias(file: FileReading, { record, target, name }: AliasHead): void {
  const { records, aliases } = file.loading.state
  const real = target ? (records.get(target.value) ?? aliased(file, target.value)) : record
  if (target && !real) {
    if (file.loading.isLost) return
    complain(file, target, {
      ...{
        code: 'RECORD_NOT_FOUND',
        message: `there is no record ${target.value} for the alias ${name.value}`,
      },
      hint: () =>
        didYouMean(target.value, records.keys()) ??
        'an alias comes behind its record: load the database of the record first',
    })
    return
  }
  if (!checkName(file, name) || !real) return
  const taken = records.get(name.value) ?? aliases.get(name.value)
  if (taken && !('record' in taken && taken.record === real)) {
    const owner = 'record' in taken ? `an alias of ${taken.record.name}` : 'a record'
    complain(file, name, {
      ...{ code: 'ALIAS_CLASH', message: `${name.value} is already the name of ${owner}` },
      notes: [{ message: 'first here', at: taken.in.spanOf(taken.start, taken.end) }],
      hint: 'choose another name',
    })
    return
  }
  if (taken || file.loading.isLost) return
  const { start, end } = name
  aliases.set(name.value, { in: file.text, start, end, name: name.value, record: real })
}

interface Entry {
  readonly name: Name
  readonly value: Value
}

/** `field(NAME, value)`: checked, and kept if the IOC would keep it. */
export function addField(
  file: FileReading,
  record: GrowingRecord | undefined,
  { name, value }: Entry,
): void {
  if (!record) return
  const { definition } = record
  const field = definition?.fields.get(name.value)
  const loaded = loadedField(file, field?.name ?? name.value, value)
  if (!isExpanded(file, loaded)) return
  if (definition) {
    if (!field) {
      unknownField(file, record, name)
      return
    }
    if (!checkValue(file, { definition, field, loaded, hasEscape: value.hasEscape })) return
  }
  if (file.loading.isLost) return
  record.growingFields().push(loaded)
}

function unknownField(file: FileReading, { type, definition }: GrowingRecord, name: Name): void {
  complain(file, name, {
    code: 'FIELD_UNKNOWN',
    message: `record type ${type} has no field ${name.value}`,
    ...(definition && nearFields(definition, name.value, file.loading.state.definitions)),
  })
}

function nearFields({ fields }: RecordType, word: string, definitions: Definitions | undefined) {
  const upper = word.toUpperCase()
  const candidates = fields.has(upper) ? [upper] : [...fields.keys()]
  const hint = () => didYouMean(word, candidates) ?? otherTypes(upper, definitions)
  return { hint, near: { word, candidates } }
}

/** `calc, calcout and sub have a field CALC`: the type may be the mistake. */
function otherTypes(name: string, definitions: Definitions | undefined): string {
  const all = [...(definitions?.recordTypes.values() ?? [])]
  const types = all.filter(({ fields }) => fields.has(name)).map((type) => type.name)
  if (types.length === 0) return 'remove the line, or require the version of the module that has it'
  const more = types.length > 3 ? ` and ${types.length - 3} more` : ''
  return `record types with this field: ${types.slice(0, 3).join(', ')}${more}`
}

/** `info(name, value)`. */
export function addInfo(
  file: FileReading,
  record: GrowingRecord | undefined,
  { name, value }: Entry,
): void {
  if (name.value === '') {
    complain(file, name, {
      code: 'INFO_NAME',
      message: 'an info item needs a name',
      hint: 'info(autosaveFields, "VAL")',
    })
    return
  }
  if (!record || file.loading.isLost) return
  record.addInfo(loadedField(file, name.value, value))
}

function loadedField(
  { text }: FileReading,
  name: string,
  { start, end, kind }: Value,
): LoadedField {
  const value =
    kind === stringToken ? text.text.slice(start + 1, end - 1) : text.text.slice(start, end)
  const form = kind === stringToken ? 'string' : kind === jsonToken ? 'json' : 'word'
  return { in: text, start, end, name, value, form }
}
