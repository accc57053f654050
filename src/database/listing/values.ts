import type { Definitions } from '../definitions/types.ts'
import { iocValue } from '../records/ioc-value.ts'
import type { LoadedField, LoadedRecord } from '../records/types.ts'
import { shownText, valueText } from '../values/value-text.ts'

/** The value of a field as the IOC takes it: escapes are characters, JSON stays as it is written. */
export function shownValue(field: LoadedField): string {
  return shownText(valueText(field))
}

/** Fields by name, in the order in which they first came: the last value wins. */
export function lastValues(fields: readonly LoadedField[]): Map<string, LoadedField> {
  const values = new Map<string, LoadedField>()
  for (const field of fields) values.set(field.name, field)
  return values
}

/** Fields that no dbd file defines. */
export const fieldsOfBase: ReadonlySet<string> = new Set(['RTYP'])

/**
 * The value that a record has in a field as the IOC prints it, its type's default included; as it is
 * written if it is JSON or the type is not known, and empty if nobody knows.
 */
export function valueIn(
  record: LoadedRecord,
  field: string,
  definitions: Definitions | undefined,
): string {
  if (field === 'NAME') return record.name
  if (field === 'RTYP') return record.type
  const written = record.last(field)
  const definition = record.definition?.fields.get(field)
  if (!record.definition || !definition || written?.form === 'json') {
    return written ? shownValue(written) : ''
  }
  if (field === 'UDF' && isDefined(record)) return '0'
  return shownText(
    iocValue(definition, written, { devices: record.definition.devices, definitions }),
  )
}

/** A value of VAL makes the record defined (dbStaticLib.c, dbPutString), until UDF is set. */
function isDefined({ fields }: LoadedRecord): boolean {
  return fields.findLast(({ name }) => name === 'VAL' || name === 'UDF')?.name === 'VAL'
}
