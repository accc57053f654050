import type { FieldDefinition } from '../definitions/types.ts'

/** Whether the values of a field are links. */
export function isLink({ kind }: FieldDefinition): boolean {
  return kind.endsWith('LINK')
}
