import type { FieldDefinition, RecordType } from '../definitions/types.ts'
import { type FileReading, type GrowingRecord, report } from './reading.ts'
import type { LoadedField } from './types.ts'

/** A value for a field of a record. */
interface Setting {
  readonly record: GrowingRecord
  readonly definition: RecordType
  readonly field: FieldDefinition
  readonly loaded: LoadedField
  readonly hasEscape: boolean
}

/** dbStaticLib.c, dbPutString: a value with `$(` or `${` is refused. */
export function isExpanded(
  file: FileReading,
  record: GrowingRecord,
  { value, start, end, name }: LoadedField,
): boolean {
  if (!file.hasDollar || (!value.includes('$(') && !value.includes('${'))) return true
  if (file.missing.blame(file.text.spanOf(start, end))) return false
  report(file, {
    ...{ code: 'MACRO_UNEXPANDED', start, end },
    message: `${record.name}.${name} still holds a macro that nobody expands: ${value}`,
    hint: 'in single quotes and behind a backslash macros are not expanded: take these away',
  })
  return false
}

/** Whether the IOC takes a value; if not, why is reported. */
export function checkValue(_file: FileReading, _setting: Setting): boolean {
  return true
}
