import type { FieldDefinition, RecordType } from '../definitions/types.ts'

/** Whether the values of a field are links. */
export function isLink({ kind }: FieldDefinition): boolean {
  return kind.endsWith('LINK')
}

const known = new WeakMap<RecordType, ReadonlyMap<string, FieldDefinition>>()

/** The link fields of a record type, by name. */
export function linkFieldsOf(type: RecordType): ReadonlyMap<string, FieldDefinition> {
  const before = known.get(type)
  if (before) return before
  const found = new Map([...type.fields].filter(([, field]) => isLink(field)))
  known.set(type, found)
  return found
}
