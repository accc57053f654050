import type { Definitions, FieldDefinition, RecordType } from '../definitions/types.ts'
import type { LoadedField, LoadedRecord } from '../records/types.ts'
import { unescapeValue } from '../values/escapes.ts'

/** The value of a field as the IOC takes it: escapes are characters, JSON stays as it is written. */
export function shownValue({ value, form }: Pick<LoadedField, 'value' | 'form'>): string {
  return form === 'string' ? unescapeValue(value) : value
}

/** Fields by name, in the order in which they first came: the last value wins. */
export function lastValues(fields: readonly LoadedField[]): Map<string, LoadedField> {
  const values = new Map<string, LoadedField>()
  for (const field of fields) values.set(field.name, field)
  return values
}

/** The value that a record has in a field, its type's default included; empty if nobody knows. */
export function valueIn(
  record: LoadedRecord,
  field: string,
  definitions: Definitions | undefined,
): string {
  if (field === 'NAME') return record.name
  if (field === 'RTYP') return record.type
  const given = record.fields.findLast(({ name }) => name === field)
  return given ? shownValue(given) : defaultValue(record.definition, field, definitions)
}

function defaultValue(
  type: RecordType | undefined,
  name: string,
  definitions: Definitions | undefined,
): string {
  const field = type?.fields.get(name)
  if (!field) return ''
  return field.initial ?? firstChoice(field, definitions) ?? (isNumber(field) ? '0' : '')
}

/** A menu without an initial value begins with its first choice. */
function firstChoice(
  { menu }: FieldDefinition,
  definitions: Definitions | undefined,
): string | undefined {
  const choices = menu === undefined ? undefined : definitions?.menus.get(menu)?.choices
  return choices?.keys().next().value
}

function isNumber({ kind }: FieldDefinition): boolean {
  return /^DBF_(U?CHAR|U?SHORT|U?LONG|U?INT64|FLOAT|DOUBLE|ENUM)$/.test(kind)
}
