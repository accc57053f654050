import { didYouMean, suggest } from '../../text/suggest.ts'
import { readStatements, type Statement, valueExtent } from '../statements.ts'
import { keywords } from '../tokens.ts'
import { type Attributes, attributes } from './attributes.ts'
import { type File, type Finding, type Reading, report, reportOf } from './reading.ts'
import { type FieldDefinition, type FieldKind, fieldKinds } from './types.ts'

/** A `field` statement and where it stands. */
export interface FieldPart {
  readonly file: File
  readonly statement: Statement
}

/**
 * Reads a field of a record type.
 *
 * @param hasMenu - whether a menu of this name is defined
 */
export function readField(
  reading: Reading,
  part: FieldPart,
  hasMenu: (name: string) => boolean,
): FieldDefinition {
  const { file, statement } = part
  const { values, start, end } = statement
  const read: Attributes = {}
  if (statement.body) readAttributes(reading, part, { read, hasMenu })
  const field: FieldDefinition = {
    name: values[0] ?? '',
    at: file.text.spanOf(start, end),
    kind: readKind(reading, part),
    ...read,
  }
  const missing = missingOf(field)
  if (missing) report(reading, file.text, { ...missing, start, end })
  return field
}

interface Into {
  readonly read: Attributes
  readonly hasMenu: (name: string) => boolean
}

function readAttributes(
  reading: Reading,
  { file: { text }, statement }: FieldPart,
  { read, hasMenu }: Into,
): void {
  const complain = reportOf(reading, text)
  const { statements, code } = readStatements(text.text, statement.body ?? statement, complain)
  for (const attribute of statements) {
    const { keyword, values } = attribute
    const [value = ''] = values
    const reader = attributes.get(keyword)
    const problem = wrongForm(attribute)
    if (problem) report(reading, text, problem)
    else if (!reader) report(reading, text, unknownAttribute(attribute))
    else {
      const wrong = reader(value, read)
      const finding = wrong
        ? { ...wrongValue(text.text, attribute), ...wrong }
        : keyword === 'menu' && !hasMenu(value)
          ? unknownMenu(text.text, attribute)
          : undefined
      if (finding) report(reading, text, finding)
    }
  }
  if (statements.length === 0 && code.length === 0) {
    const message = `the braces of field ${statement.values[0]} are empty`
    const hint = 'prompt("<description>")'
    const { start, end } = statement
    report(reading, text, { code: 'DBD_SYNTAX', message, hint, start, end })
  }
  for (const extent of code) {
    const message = 'a field takes no lines of C code'
    const hint = 'put the line in front of the field'
    report(reading, text, { code: 'DBD_SYNTAX', message, hint, ...extent })
  }
}

function wrongForm({ keyword, values, body, start, end }: Statement): Finding | undefined {
  const at = { code: 'DBD_SYNTAX', start, end } as const
  if (keywords.has(keyword) && keyword !== 'menu') {
    const message = `${keyword} is a keyword, which no attribute of a field can be`
    return { ...at, message, hint: 'remove it' }
  }
  const hint = `${keyword}("<value>")`
  if (values.length !== 1) {
    return { ...at, message: `${keyword} takes 1 value, here are ${values.length}`, hint }
  }
  return body ? { ...at, message: `${keyword} takes no braces`, hint } : undefined
}

/** dbLexRoutines.c: what it does not know is passed over without a word. */
function unknownAttribute({ keyword, start, end }: Statement): Finding {
  const message = `"${keyword}" is no attribute of a field: base passes over it`
  const hint = didYouMean(keyword, attributes.keys()) ?? 'remove it'
  return { code: 'DBD_ATTRIBUTE_UNKNOWN', message, hint, start, end }
}

function wrongValue(text: string, attribute: Statement): Finding {
  const { keyword, values } = attribute
  const message = `${JSON.stringify(values[0])} is no value of ${keyword}`
  return { code: 'DBD_VALUE', message, ...valueExtent(text, attribute, 0) }
}

function unknownMenu(text: string, attribute: Statement): Finding {
  const message = `the menu ${attribute.values[0]} is not defined in front of this field`
  const hint = `include "${attribute.values[0]}.dbd"`
  return { code: 'DBD_MENU_UNKNOWN', message, hint, ...valueExtent(text, attribute, 0) }
}

function readKind(reading: Reading, { file: { text }, statement }: FieldPart): FieldKind {
  const [, written = ''] = statement.values
  if (kinds.has(written)) return written as FieldKind
  const message = `${JSON.stringify(written)} is no type of a field`
  const hint = didYouMean(written, kinds) ?? `use one of ${fieldKinds.join(', ')}`
  const extent = valueExtent(text.text, statement, 1)
  report(reading, text, { code: 'DBD_VALUE', message, hint, ...extent })
  const [near] = suggest(written, kinds)
  return (near as FieldKind | undefined) ?? 'DBF_NOACCESS'
}

const kinds: ReadonlySet<string> = new Set(fieldKinds)

/** dbLexRoutines.c, dbRecordtypeBody. */
function missingOf(field: FieldDefinition): Omit<Finding, 'start' | 'end'> | undefined {
  const { name, kind, size, extra, menu } = field
  const code = 'DBD_RECORD_TYPE_INCOMPLETE'
  if (kind === 'DBF_STRING' && !size) {
    return { code, message: `the size of string field ${name} is missing`, hint: 'size(40)' }
  }
  if (kind === 'DBF_NOACCESS' && !extra) {
    const hint = `extra("void *${name.toLowerCase()}")`
    return { code, message: `the C declaration of field ${name} is missing`, hint }
  }
  if (kind === 'DBF_MENU' && menu === undefined) {
    const message = `the menu of field ${name} is missing: it cannot be set`
    return { code, message, hint: 'menu(<name of a menu>)', severity: 'warning' }
  }
  return undefined
}
