import {
  type Building,
  compiled,
  compileValue,
  hasValues,
  misplaced,
  type PlacedStatement,
  spanIn,
  tellTwice,
  type WholeStatement,
  withPrefix,
} from './building.ts'
import { aliasParts, lineOfText, part, piecesOf, recordParts } from './parts.ts'
import { isLayout, recordLines } from './record.ts'
import { compile } from './references.ts'
import type { Definition, Expand, Part, RecordHead } from './template.ts'
import type { Value } from './types.ts'

/**
 * Adds a statement of a file. Comments are kept in front of records and what is like them, as
 * VisualDCT does; markers of a file that is flat already stay where they are.
 *
 * @returns the expand that it is, if its template is to be found
 */
export function takeStatement(building: Building, item: WholeStatement): Expand | undefined {
  const { file, statement } = item
  const [value] = statement.values
  switch (statement.keyword) {
    case '#':
      takeComment(building, item, value)
      return undefined
    case 'record':
    case 'grecord':
      if (hasValues(building, item, { least: 2 })) takeRecord(building, item)
      return undefined
    case 'alias':
      if (hasValues(building, item, { least: 2 })) {
        addText(building, item, () => aliasParts(building, item))
      }
      return undefined
    case 'verbatim':
      if (value) addText(building, item, () => lineOfText(file, value, [value.text]))
      return undefined
    case 'template':
      building.comments = []
      if (hasValues(building, item, { least: 0, most: 1 })) {
        building.description ||= value?.text ?? ''
        takePorts(building, item.body)
      }
      return undefined
    default:
      building.comments = []
      return hasValues(building, item, { least: 2 }) ? takeExpand(building, item) : undefined
  }
}

/** A comment that touches what stands before it says something about that, not about what follows. */
function takeComment(building: Building, item: PlacedStatement, value: Value | undefined): void {
  const { file } = item
  if (!value || isLayout(value.text)) return
  if (/\S/.test(file.source.text.charAt(value.start - 1))) return
  if (marker.test(value.text)) {
    addText(building, item, () => lineOfText(file, value, [value.text]))
    return
  }
  const place = { source: file.source, start: value.start, from: file.from }
  building.comments.push(...lineOfText(file, value, compile(value.text, place)))
}

const marker = /^# (?:expand\(".*", .*\)|end ?\(.*\))$/

/** Behind an empty line and the comments in front of it. */
function addText(
  building: Building,
  { file, statement }: PlacedStatement,
  content: () => Iterable<Part>,
  record?: RecordHead,
): void {
  const { comments } = building
  const { start } = statement
  building.comments = []
  const parts = function* (): Generator<Part> {
    yield part(file, ['\n'], { start, end: start })
    yield* comments
    yield* content()
  }
  const pieces = piecesOf(parts())
  if (pieces.length > 1) building.texts.push(pieces)
  building.items.push({ kind: 'text', pieces, record, parts })
}

function takeRecord(building: Building, item: WholeStatement): void {
  const name = item.statement.values[1]?.text ?? ''
  const at = spanIn(item.file, item.statement)
  const before = building.records.get(name)
  if (before) {
    const what = `record ${JSON.stringify(name)}`
    tellTwice(building, { what, at, before, rule: 'an IOC merges them' })
  } else building.records.set(name, at)
  const lines = recordLines(building, item)
  const [type, written] = item.statement.values
  const head = type && written && { type: type.text, name: compileValue(item.file, written) }
  addText(building, item, () => recordParts(building, item, lines), head)
}

function takePorts(building: Building, body: readonly PlacedStatement[]): void {
  for (const item of body) {
    const { file, statement } = item
    const { keyword, values } = statement
    if (keyword === '#') continue
    if (keyword !== 'port') misplaced(building, item, 'a template')
    else if (hasValues(building, item, { least: 2, most: 3 })) {
      const [name, value, description] = values
      if (name && value) {
        const pieces = withPrefix(building, compiled(building, file, value), value.text)
        const at = spanIn(file, statement)
        const port: Definition = { pieces, at, description: description?.text }
        addFirst(building, building.ports, { what: 'port', name: name.text, definition: port })
      }
    }
  }
}

/** Instances that come again are left out: their name would stand for two things. */
function takeExpand(
  building: Building,
  { file, statement, body }: WholeStatement,
): Expand | undefined {
  const name = statement.values[1]
  if (!name) return undefined
  const at = spanIn(file, statement)
  const before = building.instances.get(name.text)
  if (before) {
    tellTwice(building, { what: `instance ${name.text}`, at, before: before.at })
    return undefined
  }
  const macros = takeMacros(building, body)
  const marker = compiled(building, file, name)
  const expand: Expand = {
    ...{ kind: 'expand', instance: name.text, marker, macros, template: undefined, at },
  }
  building.instances.set(name.text, expand)
  building.items.push(expand)
  return expand
}

function takeMacros(
  building: Building,
  body: readonly PlacedStatement[],
): ReadonlyMap<string, Definition> {
  const macros = new Map<string, Definition>()
  for (const item of body) {
    const { file, statement } = item
    if (statement.keyword === '#') continue
    if (statement.keyword !== 'macro') misplaced(building, item, 'an expand')
    else if (hasValues(building, item, { least: 2 })) {
      const [name, value] = statement.values
      if (!name || !value) continue
      const definition = { pieces: compiled(building, file, value), at: spanIn(file, statement) }
      addFirst(building, macros, { what: 'macro', name: name.text, definition })
    }
  }
  return macros
}

/** The design document lets the first one count; files that are included may bring later ones. */
function addFirst(
  building: Building,
  definitions: Map<string, Definition>,
  { what, name, definition }: { what: string; name: string; definition: Definition },
): void {
  const before = definitions.get(name)
  if (!before) {
    definitions.set(name, definition)
    return
  }
  const severity = before.at.source === definition.at.source ? 'warning' : 'info'
  const { at } = definition
  tellTwice(building, { what: `${what} ${name}`, at, before: before.at, severity })
}
