import type { Extent } from '../database/tokens.ts'
import { type Building, compileValue, type PlacedStatement, withPrefix } from './building.ts'
import { shownName, shownWord } from './names.ts'
import { appendPieces, type Piece, type Pieces } from './references.ts'
import type { OpenedFile, Part } from './template.ts'
import type { Value } from './types.ts'

/** What the texts of a template depend on beside its statements. */
export type PartContext = Pick<Building, 'options' | 'records'>

/** A field, info item or alias of a record as it is written. */
export interface Line extends PlacedStatement {
  /** In front of it, as they are. */
  readonly comments: readonly Part[]
  /** Its value may name a record of the template. */
  readonly isLink: boolean
}

export function piecesOf(parts: Iterable<Part>): Pieces {
  const pieces: Piece[] = []
  for (const part of parts) appendPieces(pieces, part.pieces)
  return pieces
}

export function* recordParts(
  context: PartContext,
  { file, statement }: PlacedStatement,
  lines: readonly Line[],
): Generator<Part> {
  const [type, name] = statement.values
  if (!type || !name) return
  const { start, end } = statement
  yield part(file, ['record('], { start, end: type.start })
  yield part(file, [shownWord(type.text)], withoutQuotes(type))
  yield part(file, [', '], between(type, name))
  yield part(file, namePieces(context, file, name), withoutQuotes(name))
  yield part(file, [') {\n'], { start: name.end, end })
  for (const line of lines) yield* lineParts(context, line)
  yield part(file, ['}\n'], { start: end, end })
}

function* lineParts(context: PartContext, line: Line): Generator<Part> {
  const { file, statement, comments, isLink } = line
  const { keyword, values, start, end } = statement
  const [name, value] = values
  if (!name) return
  yield* comments
  yield part(file, ['  '], { start, end: start })
  yield part(file, [`${keyword}(`], { start, end: name.start })
  if (!value) {
    const text = compileValue(file, name)
    const prefix: Pieces = context.options.capfastNames ? [{ kind: 'prefix' }] : []
    yield* quotedParts(file, name, [...prefix, ...text])
  } else {
    yield part(file, [shownWord(name.text)], withoutQuotes(name))
    yield part(file, [', '], between(name, value))
    const text = compileValue(file, value)
    const pieces = isLink ? withPrefix(context, text, value.text) : text
    if (value.form === 'verbatim') yield part(file, pieces, value)
    else yield* quotedParts(file, value, pieces)
  }
  yield part(file, [')\n'], { start: value?.end ?? name.end, end })
}

export function* aliasParts(
  context: PartContext,
  { file, statement }: PlacedStatement,
): Generator<Part> {
  const [name, other] = statement.values
  if (!name || !other) return
  yield part(file, ['alias('], { start: statement.start, end: name.start })
  yield* aliasName(context, file, name)
  yield part(file, [', '], between(name, other))
  yield* aliasName(context, file, other)
  yield part(file, [')\n'], { start: other.end, end: statement.end })
}

function* aliasName(context: PartContext, file: OpenedFile, name: Value): Generator<Part> {
  if (context.options.capfastNames)
    yield part(file, namePieces(context, file, name), withoutQuotes(name))
  else yield* quotedParts(file, name, compileValue(file, name))
}

/** A comment, or a statement that is passed on as it is. */
export function* lineOfText(file: OpenedFile, value: Value, pieces: Pieces): Generator<Part> {
  yield part(file, pieces, value)
  yield part(file, ['\n'], { start: value.end, end: value.end })
}

/** The name of a record or alias, with the path of instances in front of it if that is wanted. */
function namePieces({ options }: PartContext, file: OpenedFile, name: Value): Pieces {
  const text = compileValue(file, name)
  if (options.capfastNames) return [{ kind: 'name', pieces: [{ kind: 'prefix' }, ...text] }]
  const isPlain = text.every((piece) => typeof piece === 'string')
  return [isPlain ? shownName(text.join('')) : { kind: 'name', pieces: text }]
}

function* quotedParts(file: OpenedFile, value: Value, pieces: Pieces): Generator<Part> {
  const inside = withoutQuotes(value)
  yield part(file, ['"'], { start: value.start, end: inside.start })
  yield part(file, pieces, inside)
  yield part(file, ['"'], { start: inside.end, end: value.end })
}

export function part(file: OpenedFile, pieces: Pieces, { start, end }: Extent): Part {
  return { file, pieces, start, end }
}

function withoutQuotes({ start, end, form }: Value): Extent {
  return form === 'string' ? { start: start + 1, end: end - 1 } : { start, end }
}

function between(one: Extent, other: Extent): Extent {
  return { start: one.end, end: other.start }
}
