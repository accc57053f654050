import type { RecordType } from '../database/definitions/types.ts'
import { diagnostic } from '../text/diagnostic.ts'
import type { Span } from '../text/span.ts'
import { didYouMean } from '../text/suggest.ts'
import {
  type Building,
  hasValues,
  misplaced,
  type PlacedStatement,
  spanIn,
  tellTwice,
  type WholeStatement,
} from './building.ts'
import { type Line, lineOfText } from './parts.ts'
import type { OpenedFile, Part } from './template.ts'
import type { Value } from './types.ts'

/**
 * The lines of a record as it is written: fields in their order, then info items, then aliases. The
 * first field of a name counts; comments in front of a field stay there (hierarchy-and-macros.md 2).
 */
export function recordLines(building: Building, record: WholeStatement): readonly Line[] {
  const { file, statement } = record
  const [type] = statement.values
  const definition = type && definitionOf(building, file, type)
  const body: Body = { building, record, definition }
  const lines: Record<string, Line[]> = { field: [], info: [], alias: [] }
  const fields = new Map<string, Span>()
  let comments: Part[] = []
  for (const item of record.body) {
    const { keyword, values } = item.statement
    const [value] = values
    if (keyword === '#') comments.push(...commentParts(item.file, value))
    else if (keyword === 'macro' || keyword === 'port') misplaced(building, item, 'a record')
    else if (hasValues(building, item, { least: keyword === 'alias' ? 1 : 2 })) {
      const isKept = keyword !== 'field' || isWritten(body, { item, fields, comments })
      if (isKept) lines[keyword]?.push({ ...item, comments, isLink: isLink(body, item) })
      comments = []
    }
  }
  return Object.values(lines).flat()
}

interface Body {
  readonly building: Building
  readonly record: WholeStatement
  readonly definition: RecordType | undefined
}

function commentParts(file: OpenedFile, value: Value | undefined): Iterable<Part> {
  return value && !isLayout(value.text) ? lineOfText(file, value, [value.text]) : []
}

/** Lines for the drawing of VisualDCT. */
export function isLayout(comment: string): boolean {
  return comment.startsWith('#!')
}

/** Of a field of which there is no other one yet, and which says more than its record type. */
function isWritten(
  body: Body,
  {
    item,
    fields,
    comments,
  }: { item: PlacedStatement; fields: Map<string, Span>; comments: readonly Part[] },
): boolean {
  const name = item.statement.values[0]?.text ?? ''
  const at = spanIn(item.file, item.statement)
  const before = fields.get(name)
  if (before) {
    tellTwice(body.building, { what: `field ${name} of this record`, at, before })
    return false
  }
  fields.set(name, at)
  return !isDefault(body, item) || comments.length > 0
}

/** Also tells whether the field exists. Compared before references are replaced, as VisualDCT does. */
function isDefault({ building, record, definition }: Body, { file, statement }: PlacedStatement) {
  const [name, value] = statement.values
  if (!definition || !name || !value) return false
  const field = definition.fields.get(name.text)
  if (field) {
    const isText = value.form !== 'verbatim'
    return isText && building.options.dropDefaults === true && value.text === (field.initial ?? '')
  }
  const message = `record type ${record.statement.values[0]?.text} has no field ${name.text}`
  const hint = didYouMean(name.text, definition.fields.keys())
  building.diagnostics.push(diagnostic('FIELD_UNKNOWN', message, { at: spanIn(file, name), hint }))
  return false
}

function isLink(
  { definition }: Body,
  { statement: { keyword, values } }: PlacedStatement,
): boolean {
  const kind = definition?.fields.get(values[0]?.text ?? '')?.kind ?? ''
  return keyword === 'field' && linkKinds.has(kind)
}

const linkKinds: ReadonlySet<string> = new Set(['DBF_INLINK', 'DBF_OUTLINK', 'DBF_FWDLINK'])

function definitionOf(building: Building, file: OpenedFile, type: Value): RecordType | undefined {
  const { text } = type
  const { definitions } = building.options
  const definition = definitions?.recordTypes.get(text)
  if (!definitions || definition || text === '*' || text.includes('$(')) return definition
  const hint = didYouMean(text, definitions.recordTypes.keys())
  const at = spanIn(file, type)
  building.diagnostics.push(
    diagnostic('RECORD_TYPE_UNKNOWN', `there is no record type ${text}`, { at, hint }),
  )
  return undefined
}
