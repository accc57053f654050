import type { Extent } from '../database/tokens.ts'
import type { Severity } from '../text/codes.ts'
import { type Diagnostic, diagnostic } from '../text/diagnostic.ts'
import { type Span, spanOf } from '../text/span.ts'
import { compile, type Pieces } from './references.ts'
import type {
  Definition,
  Expand,
  Item,
  OpenedFile,
  Part,
  Template,
  TemplateOptions,
} from './template.ts'
import type { Statement, Value } from './types.ts'

/** A template in the making. */
export interface Building extends Template {
  readonly items: Item[]
  readonly instances: Map<string, Expand>
  readonly ports: Map<string, Definition>
  readonly texts: Pieces[]
  /** By the name as written: where it is first defined. */
  readonly records: Map<string, Span>
  readonly options: TemplateOptions
  readonly diagnostics: Diagnostic[]
  /** Comments in front of the next statement. */
  comments: Part[]
  /** That of the first template statement. */
  description: string
}

/** A statement and the file it stands in. */
export interface PlacedStatement {
  readonly file: OpenedFile
  readonly statement: Statement
}

/** With what its braces hold, included files read. */
export interface WholeStatement extends PlacedStatement {
  readonly body: readonly PlacedStatement[]
}

export function buildingOf(
  { path, source, from }: OpenedFile & { readonly path: string },
  options: TemplateOptions,
  diagnostics: Diagnostic[],
): Building {
  return {
    ...{
      path,
      source,
      from,
      options,
      diagnostics,
      comments: [],
      description: '',
      items: [],
      texts: [],
    },
    ...{ instances: new Map(), ports: new Map(), records: new Map() },
  }
}

/** The template without what only its making needs. */
export function finishTemplate({
  path,
  source,
  from,
  description,
  items,
  instances,
  ports,
  texts,
}: Building): Template {
  return { path, source, from, description, items, instances, ports, texts }
}

/** The references of a value, to be checked when everything is loaded. */
export function compiled(building: Building, file: OpenedFile, value: Value): Pieces {
  const pieces = compileValue(file, value)
  if (pieces.some((piece) => typeof piece !== 'string')) building.texts.push(pieces)
  return pieces
}

/** The references of a value. */
export function compileValue(file: OpenedFile, value: Value): Pieces {
  const text = value.form === 'word' ? value.text.replaceAll('\\', '\\\\') : value.text
  const start = value.start + (value.form === 'string' ? 1 : 0)
  return compile(text, { source: file.source, start, from: file.from })
}

/** In front of a text that may name a record of this template: the path of instances. */
export function withPrefix(
  { options, records }: Pick<Building, 'options' | 'records'>,
  pieces: Pieces,
  text: string,
): Pieces {
  if (!options.capfastNames) return pieces
  const [, record = ''] = /^\s*((?:\$\([^()]*\)|[^.\s$]|\$)+)/.exec(text) ?? []
  return [{ kind: 'prefix', record, records }, ...pieces]
}

export function spanIn({ source, from }: OpenedFile, { start, end }: Extent): Span {
  return from ? { ...spanOf(source, start, end), from } : spanOf(source, start, end)
}

/** Reports that something has been defined already. */
export function tellTwice(
  building: Building,
  {
    what,
    at,
    before,
    severity = 'warning',
    rule = 'the first one counts',
  }: { what: string; at: Span; before: Span; severity?: Severity; rule?: string },
): void {
  const notes = [{ message: 'the first one', at: before }]
  const message = `${what} is defined again: ${rule}`
  const hint = 'remove one of them or give it another name'
  building.diagnostics.push(diagnostic('HIERARCHY_TWICE', message, { at, notes, hint, severity }))
}

/** Whether a statement has as many values as it needs; otherwise that is reported. */
export function hasValues(
  building: Building,
  { file, statement }: PlacedStatement,
  { least, most = least }: { readonly least: number; readonly most?: number },
): boolean {
  const { keyword, values } = statement
  if (values.length >= least && values.length <= most) return true
  const wanted = least === most ? `${least}` : `${least} or ${most}`
  const message = `"${keyword}" takes ${wanted} values, here are ${values.length}`
  complain(building, { file, statement }, message)
  return false
}

/** A statement that stands in the wrong braces. */
export function misplaced(building: Building, item: PlacedStatement, place: string): void {
  const message = `"${item.statement.keyword}" does not belong into the braces of ${place}`
  complain(building, item, message)
}

function complain(
  { diagnostics }: Building,
  { file, statement }: PlacedStatement,
  message: string,
): void {
  diagnostics.push(diagnostic('HIERARCHY_SYNTAX', message, { at: spanIn(file, statement) }))
}
