import type { Definitions, RecordType } from '../definitions/types.ts'
import { withBytes } from '../values/value-text.ts'
import { iocValue, plainValue } from './ioc-value.ts'
import type { Database, LoadedField, LoadedRecord } from './types.ts'

/**
 * The records as a database file, in the form of `dbDumpRecord`: in each record the fields that
 * differ from their default, in the order of the record type, then info items; aliases behind the
 * record. Names are printed as they are written: the IOC replaces no escapes there; and links, which
 * the IOC does only once it runs.
 *
 * @param comment - a line to be put above a record
 */
export function* dumpDatabase(
  { records, aliases }: Database,
  definitions: Definitions | undefined,
  comment?: (record: LoadedRecord) => string,
): Generator<string> {
  const namesOf = new Map<LoadedRecord, string[]>()
  for (const { name, record } of aliases.values()) {
    const names = namesOf.get(record)
    if (names) names.push(name)
    else namesOf.set(record, [name])
  }
  for (const record of records.values()) {
    if (definitions && !record.definition) continue
    if (comment) yield `# ${comment(record)}\n`
    yield dumpRecord(record, definitions)
    for (const name of namesOf.get(record) ?? []) {
      yield `alias("${record.name}","${name}")\n`
    }
  }
}

function dumpRecord(record: LoadedRecord, definitions: Definitions | undefined): string {
  const { name, type, definition, fields, infos } = record
  const last = lastValues(fields)
  const lines = definition
    ? definedFields(definition, last, definitions)
    : [...last].map(([field, value]) => [field, plainValue(value)] as const)
  const items = [...lastValues(infos)].map(
    ([item, value]) => `\tinfo("${item}",${quoted(plainValue(value))})\n`,
  )
  const set = lines.map(([field, value]) => `\tfield(${field},${quoted(value)})\n`)
  return `record(${type},"${name}") {\n${set.join('')}${items.join('')}}\n`
}

function lastValues(fields: readonly LoadedField[]): Map<string, LoadedField> {
  return new Map(fields.map((field) => [field.name, field]))
}

/** Fields with a value that is not their default, and DTYP where there is device support. */
function definedFields(
  { fields, devices }: RecordType,
  values: ReadonlyMap<string, LoadedField>,
  definitions: Definitions | undefined,
): (readonly [string, string])[] {
  const lines: (readonly [string, string])[] = []
  const types = { devices, definitions }
  for (const [name, field] of fields) {
    const isDevice = field.kind === 'DBF_DEVICE'
    const written = values.get(name)
    if (isDevice ? devices.size === 0 : !written) continue
    const value = iocValue(field, written, types)
    if (isDevice || value !== iocValue(field, undefined, types)) lines.push([name, value])
  }
  return lines
}

/** A value in quotes; bytes that are no UTF-8 as escapes. */
function quoted(text: string): string {
  const escaped = text.replace(
    /[\\"\x00-\x1f]/g,
    (character) => controls[character] ?? byteEscape(character.charCodeAt(0)),
  )
  return `"${withBytes(escaped, byteEscape)}"`
}

function byteEscape(byte: number): string {
  return `\\x${byte.toString(16).padStart(2, '0')}`
}

const controls: Readonly<Record<string, string>> = {
  ...{ '\\': '\\\\', '"': '\\"', '\n': '\\n', '\t': '\\t', '\r': '\\r' },
}
