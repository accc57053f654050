import type { Definitions, FieldDefinition, RecordType } from '../definitions/types.ts'
import { unescapeValue } from '../values/escapes.ts'
import { checkDouble, checkInteger } from '../values/numbers.ts'
import { compactJson } from './json.ts'
import type { Database, LoadedField, LoadedRecord } from './types.ts'

/**
 * The records as a database file, in the form of `dbDumpRecord`: in each record the fields that
 * differ from their default, in the order of the record type, then info items; aliases behind the
 * record. Links are printed as they are written, which the IOC does only once it runs.
 */
export function* dumpDatabase(
  { records, aliases }: Database,
  definitions: Definitions | undefined,
): Generator<string> {
  const namesOf = new Map<LoadedRecord, string[]>()
  for (const { name, record } of aliases.values()) {
    const names = namesOf.get(record)
    if (names) names.push(name)
    else namesOf.set(record, [name])
  }
  for (const record of records.values()) {
    if (definitions && !record.definition) continue
    yield dumpRecord(record, definitions)
    for (const name of namesOf.get(record) ?? []) {
      yield `alias(${quoted(record.name)},${quoted(name)})\n`
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
    ([item, value]) => `\tinfo(${quoted(item)},${quoted(plainValue(value))})\n`,
  )
  const set = lines.map(([field, value]) => `\tfield(${field},${quoted(value)})\n`)
  return `record(${type},${quoted(name)}) {\n${set.join('')}${items.join('')}}\n`
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
  for (const [name, field] of fields) {
    const written = values.get(name)
    const value = written && printedValue(field, plainValue(written), definitions)
    if (field.kind === 'DBF_DEVICE') {
      const device = nameAt([...devices.keys()], value || '0')
      if (devices.size > 0) lines.push([name, device])
    } else if (value !== undefined && value !== defaultOf(field, definitions)) {
      lines.push([name, value])
    }
  }
  return lines
}

function plainValue({ value, form }: LoadedField): string {
  return form === 'json' ? compactJson(value) : form === 'string' ? unescapeValue(value) : value
}

function defaultOf(field: FieldDefinition, definitions: Definitions | undefined): string {
  return printedValue(field, field.initial ?? '', definitions)
}

/** A value in the form in which the IOC prints it: numbers as numbers, choices by their text. */
function printedValue(
  field: FieldDefinition,
  value: string,
  definitions: Definitions | undefined,
): string {
  switch (field.kind) {
    case 'DBF_MENU':
      return nameAt(
        [...(definitions?.menus.get(field.menu ?? '')?.choices.keys() ?? [])],
        value || '0',
      )
    case 'DBF_FLOAT':
    case 'DBF_DOUBLE':
      return printedDouble(value.trim())
    case 'DBF_STRING':
    case 'DBF_DEVICE':
    case 'DBF_NOACCESS':
      return value
    case 'DBF_INLINK':
    case 'DBF_OUTLINK':
    case 'DBF_FWDLINK':
      return value.trim()
    default:
      return printedInteger(field, value.trim())
  }
}

/** The choice that a number stands for. */
function nameAt(names: readonly string[], value: string): string {
  if (names.includes(value) || !/^\d{1,5}$/.test(value)) return value
  return names[Number(value)] ?? value
}

function printedInteger({ kind, base }: FieldDefinition, text: string): string {
  if (text === '') return '0'
  if (checkInteger(text, kind)) return text
  const [, sign, digits = '0'] = /^([-+]?)(\w+)$/.exec(text) ?? []
  const size = BigInt(/^0[0-7]/.test(digits) ? `0o${digits}` : digits)
  const value = sign === '-' ? -size : size
  if (base !== 'HEX') return String(value)
  return `0x${BigInt.asUintN(32, value).toString(16)}`
}

function printedDouble(text: string): string {
  if (text === '') return '0'
  const isPlain = /^[-+]?[\d.]+(?:e[-+]?\d+)?$/i.test(text) && !checkDouble(text)
  const value = Number(text)
  return isPlain && Math.abs(value) < 1e15 && Number.isFinite(value) ? String(value) : text
}

function quoted(text: string): string {
  return `"${text.replace(/[\\"\x00-\x1f]/g, escaped)}"`
}

function escaped(character: string): string {
  const known = controls[character]
  if (known !== undefined) return known
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`
}

const controls: Readonly<Record<string, string>> = {
  ...{ '\\': '\\\\', '"': '\\"', '\n': '\\n', '\t': '\\t', '\r': '\\r' },
}
