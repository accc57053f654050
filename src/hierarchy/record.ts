import type { RecordType } from '../database/definitions/types.ts'
import { diagnostic } from '../text/diagnostic.ts'
import type { Span } from '../text/span.ts'
import { didYouMean } from '../text/suggest.ts'
import {
  type Building,
  compiled,
  hasValues,
  misplaced,
  type PlacedStatement,
  spanIn,
  tellTwice,
  type WholeStatement,
  withPrefix,
} from './building.ts'
import { shownName, shownWord } from './names.ts'
import { appendPiece, appendPieces, type Piece, type Pieces } from './references.ts'
import type { OpenedFile } from './template.ts'
import type { Value } from './types.ts'

/**
 * A record as it is written: fields in their order, then info items, then aliases. The first field
 * of a name counts; comments in front of a field stay there (hierarchy-and-macros.md 2).
 */
export function recordPieces(building: Building, record: WholeStatement): Pieces {
  const { file, statement } = record
  const [type, name] = statement.values
  if (!type || !name) return []
  const definition = definitionOf(building, file, type)
  const pieces: Piece[] = [`record(${shownWord(type.text)}, `]
  appendPieces(pieces, namePieces(building, file, name))
  appendPiece(pieces, ') {\n')
  for (const line of linesOf({ building, record, definition })) appendPieces(pieces, line)
  appendPiece(pieces, '}\n')
  return pieces
}

/** The name of a record or alias, with the path of instances in front of it if that is wanted. */
export function namePieces(building: Building, file: OpenedFile, name: Value): Pieces {
  const text = compiled(building, file, name)
  if (building.options.capfastNames)
    return [{ kind: 'name', pieces: [{ kind: 'prefix' }, ...text] }]
  const isPlain = text.every((piece) => typeof piece === 'string')
  return [isPlain ? shownName(text.join('')) : { kind: 'name', pieces: text }]
}

interface Body {
  readonly building: Building
  readonly record: WholeStatement
  readonly definition: RecordType | undefined
}

function linesOf(body: Body): Pieces[] {
  const lines: Record<string, Pieces[]> = { field: [], info: [], alias: [] }
  const fields = new Map<string, Span>()
  let comments = ''
  for (const item of body.record.body) {
    const { keyword, values } = item.statement
    const [value] = values
    if (keyword === '#') comments += value && !isLayout(value.text) ? `${value.text}\n` : ''
    else if (keyword === 'macro' || keyword === 'port') misplaced(body.building, item, 'a record')
    else if (hasValues(body.building, item, { least: keyword === 'alias' ? 1 : 2 })) {
      const isKept = keyword !== 'field' || isWritten(body, { item, fields, comments })
      if (isKept) lines[keyword]?.push(linePieces(body, item, comments))
      comments = ''
    }
  }
  return Object.values(lines).flat()
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
  }: { item: PlacedStatement; fields: Map<string, Span>; comments: string },
): boolean {
  const name = item.statement.values[0]?.text ?? ''
  const at = spanIn(item.file, item.statement)
  const before = fields.get(name)
  if (before) {
    tellTwice(body.building, { what: `field ${name} of this record`, at, before })
    return false
  }
  fields.set(name, at)
  return !isDefault(body, item) || comments !== ''
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

function linePieces(
  { building, definition }: Body,
  { file, statement }: PlacedStatement,
  comments: string,
): Pieces {
  const { keyword, values } = statement
  const [name, value] = values
  if (!name) return []
  const pieces: Piece[] = [`${comments}  ${keyword}(`]
  if (!value) {
    const prefix: Pieces = building.options.capfastNames ? [{ kind: 'prefix' }] : []
    appendPieces(pieces, ['"', ...prefix, ...compiled(building, file, name), '")\n'])
    return pieces
  }
  const quote = value.form === 'verbatim' ? '' : '"'
  const text = compiled(building, file, value)
  const isLink = keyword === 'field' && linkKinds.has(definition?.fields.get(name.text)?.kind ?? '')
  appendPiece(pieces, `${shownWord(name.text)}, ${quote}`)
  appendPieces(pieces, isLink ? withPrefix(building, text, value.text) : text)
  appendPiece(pieces, `${quote})\n`)
  return pieces
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
