import { recordTypeForms } from '../dbd/forms.ts'
import { readStatement, type Statement } from '../statements.ts'
import { type FieldPart, readField } from './field.ts'
import { lazyMap } from './lazy-map.ts'
import { eachStatement, type File, openIncluded, type Reading, report } from './reading.ts'
import type { DeviceDefinition, FieldDefinition, RecordType } from './types.ts'

type Fields = RecordType['fields']

/** A record type to which device support can be added. */
export interface GrowingRecordType extends RecordType {
  readonly devices: Map<string, DeviceDefinition>
}

/** What a record type is made of; menus are those known when it is read. */
export interface RecordTypePart {
  readonly file: File
  readonly statement: Statement
  readonly hasMenu: (name: string) => boolean
  /** Fields need not be checked before they are asked for. */
  readonly isTrusted: boolean
}

/** A record type whose fields are read when they are asked for. */
export function recordTypeOf(reading: Reading, part: RecordTypePart): GrowingRecordType {
  const { file, statement, hasMenu } = part
  const { path } = reading
  let fields: Fields | undefined
  return {
    name: statement.values[0] ?? '',
    at: file.text.spanOf(statement.start, statement.end),
    devices: new Map(),
    get fields(): Fields {
      fields ??= lazyMap<FieldPart, FieldDefinition>({
        parts: () => findFields({ ...reading, path }, part),
        find: (name) => (part.isTrusted ? findField(part, name) : undefined),
        make: (field) => readField(reading, field, hasMenu),
      })
      return fields
    },
  }
}

/**
 * The field as tools write it, `field(NAME,` behind the blanks of a line, without reading all the
 * others: an IOC uses few of the hundred fields of a record type.
 */
function findField({ file, statement }: RecordTypePart, name: string): FieldPart | undefined {
  const { start, end } = statement.body ?? statement
  const { text } = file.text
  const body = text.slice(start, end)
  const found = body.indexOf(`field(${name},`)
  if (found < 0 || !/\n[ \t]*$/.test(body.slice(Math.max(0, found - 20), found))) return undefined
  if (!isBalanced(body.slice(0, found))) return undefined
  const field = readStatement(text, { start: start + found, end })
  return field?.values[0] === name && field.body ? { file, statement: field } : undefined
}

/** What stands behind the text is in no braces that the text opens; the usual way tells if in doubt. */
function isBalanced(text: string): boolean {
  return text.split('{').length === text.split('}').length
}

function findFields(reading: Reading, { file, statement }: RecordTypePart): Map<string, FieldPart> {
  const fields = new Map<string, FieldPart>()
  const isComplete = collect(reading, { file, statement }, fields)
  if (fields.size === 0 && isComplete) {
    const { start, end, values } = statement
    const message = `record type ${values[0]} has no fields: it is declared, not defined`
    const hint = 'include "dbCommon.dbd"'
    const code = 'DBD_RECORD_TYPE_INCOMPLETE'
    report(reading, file.text, { code, message, hint, start, end })
  }
  return fields
}

/** Looks at all that is in a file which record types include, as at their braces. */
export function readFieldFile(
  reading: Reading,
  file: File,
  hasMenu: RecordTypePart['hasMenu'],
): void {
  const fields = new Map<string, FieldPart>()
  collect(reading, { file }, fields)
  for (const field of fields.values()) readField(reading, field, hasMenu)
}

/**
 * The fields in the braces of a statement, or those of an included file. Not complete if there is no
 * such file, which is reported.
 */
function collect(
  reading: Reading,
  { file, statement }: { readonly file: File; readonly statement?: Statement },
  fields: Map<string, FieldPart>,
): boolean {
  let isComplete = true
  const { text } = file.text
  const extent = statement?.body ?? { start: 0, end: text.length }
  const part = { file, extent, forms: recordTypeForms, place: 'a record type' }
  eachStatement(reading, part, (inner) => {
    const [name = ''] = inner.values
    if (inner.keyword === 'include') {
      const included = openIncluded(reading, file, inner)
      if (!included || !collect(reading, { file: included }, fields)) isComplete = false
      return
    }
    const before = fields.get(name)
    if (before) report(reading, file.text, fieldTwice(inner, before))
    else fields.set(name, { file, statement: inner })
  })
  return isComplete
}

function fieldTwice({ values, start, end }: Statement, { file, statement }: FieldPart) {
  return {
    code: 'DBD_REDEFINED',
    message: `field ${values[0]} is in this record type twice`,
    notes: [{ message: 'the first one', at: file.text.spanOf(statement.start, statement.end) }],
    hint: 'remove one of them',
    start,
    end,
  } as const
}
