import type { Extent } from '../database/tokens.ts'
import { type Origin, type Span, spanOf, withOrigin } from '../text/span.ts'
import type { Evaluator } from './evaluate.ts'
import { childOf, type Instance, macroIn, type Slot, slotOf } from './instance.ts'
import type { Piece, Reference } from './references.ts'
import type { Expand, OpenedFile, Part, TextItem } from './template.ts'

/**
 * An instance as far as it says where something was written: what its values are is found out anew
 * for the few that are asked for.
 */
export interface Frame {
  readonly expand: Expand | undefined
  readonly parent: Frame | undefined
  instance?: Instance
  /** Why the template was read, with what is around it. */
  origin?: Origin
}

/** Where each text of a flat database was written, in the order of the database. */
export interface OriginLog {
  readonly starts: number[]
  readonly items: TextItem[]
  readonly frames: Frame[]
}

/** Where stretches of a flat database were written. */
export interface FlatOrigins {
  /**
   * A place in a template, with the expands that lead to it as chain of reasons, innermost first. A
   * value that a macro or port made points to the reference; its chain begins where that was given.
   */
  writtenAt(start: number, end: number): Span
}

/** A stretch of a file, and the instance for which it is written. */
interface Written {
  readonly file: OpenedFile
  readonly start: number
  readonly end: number
  readonly frame: Frame
  /** The reference that made some of it, if it is a value and there is no other one in it. */
  readonly reference: Reference | undefined
}

export function flatOrigins(
  log: OriginLog,
  evaluator: Evaluator,
  { globalMacros = false }: { readonly globalMacros?: boolean | undefined },
): FlatOrigins {
  return {
    writtenAt(start, end) {
      const written = locate(log, evaluator, { start, end })
      if (!written) return spanOf({ name: '', text: '' })
      const { file, frame, reference } = written
      const given = givenBy(reference, instanceOf(frame), globalMacros)
      const place = spanOf(file.source, written.start, written.end)
      return withOrigin(place, withGiven(given, chainOf(written, evaluator)))
    },
  }
}

/** Why the file was read: included here, expanded here ... */
function chainOf({ file, frame }: Pick<Written, 'file' | 'frame'>, evaluator: Evaluator) {
  const { source, from } = file
  const place = { ...spanOf(source), ...(from && { from }) }
  return withOrigin(place, originOf(frame, evaluator), instanceOf(frame).template.from).from
}

/** The definitions of a value in front of a chain, each told with its own place only. */
function withGiven(slots: readonly Slot[], chain: Origin | undefined): Origin | undefined {
  let from = chain
  for (const slot of slots.toReversed()) {
    const { source, start, end } = slot.definition.at
    from = { message: givenText(slot), at: withOrigin(spanOf(source, start, end), from) }
  }
  return from
}

function givenText({ kind, name }: Slot): string {
  return kind === 'macro' ? `macro ${name} is given here` : `port ${name} is defined here`
}

/** Values that are made of others are followed as long as they are nothing else. */
const mostGiven = 10

/** What a reference stands for, outermost last. */
function givenBy(reference: Piece | undefined, instance: Instance, isGlobal: boolean): Slot[] {
  const slots: Slot[] = []
  let [next, scope] = [reference, instance]
  while (next !== undefined && typeof next !== 'string' && slots.length < mostGiven) {
    const slot = slotFor(next, scope, isGlobal)
    if (!slot) break
    slots.push(slot)
    const [only, ...more] = slot.definition.pieces
    next = more.length === 0 ? only : undefined
    scope = slot.scope
  }
  return slots
}

function slotFor(piece: Exclude<Piece, string>, scope: Instance, isGlobal: boolean) {
  if (piece.kind === 'macro') {
    const found = macroIn(scope, piece.name, isGlobal)
    return typeof found === 'string' ? undefined : found
  }
  if (piece.kind !== 'port') return undefined
  const child = childOf(scope, piece.instance)
  return child && slotOf(child, piece.port)
}

/** The instance again; those around it first. */
function instanceOf(frame: Frame): Instance {
  const path: Frame[] = []
  let known: Frame | undefined = frame
  for (; known && !known.instance; known = known.parent) path.push(known)
  let instance = known?.instance
  for (const one of path.reverse()) {
    instance = instance && one.expand && childOf(instance, one.expand.instance)
    if (instance) one.instance = instance
  }
  if (!instance) throw new Error('a flat database has an instance that its hierarchy has not')
  return instance
}

/** `expanded as "m1" here`, with the chain of what is around it. */
function originOf(frame: Frame, evaluator: Evaluator): Origin | undefined {
  const path: Frame[] = []
  for (let one: Frame | undefined = frame; one?.parent && !one.origin; one = one.parent) {
    path.push(one)
  }
  for (const one of path.reverse()) {
    const { expand, parent } = one
    if (!expand || !parent) continue
    const outer = instanceOf(parent)
    const name = evaluator.text(expand.marker, outer)
    const at = withOrigin(expand.at, parent.origin, outer.template.from)
    one.origin = { message: `expanded as ${JSON.stringify(name)} here`, at }
  }
  return frame.origin
}

/**
 * Where a stretch of one item was written; what goes on behind the item is left out. What belongs to
 * no item, such as a marker, is at the end of the one before it.
 */
function locate(
  { starts, items, frames }: OriginLog,
  evaluator: Evaluator,
  { start, end }: Extent,
): Written | undefined {
  const index = Math.max(0, lastUpTo(starts, start))
  const [item, frame] = [items[index], frames[index]]
  if (!item || !frame) return undefined
  const instance = instanceOf(frame)
  const wanted = { start, end: Math.max(end, start + 1) }
  const references: Reference[] = []
  const texts = new Set<Part>()
  let [first, last]: (Stretch | undefined)[] = []
  for (const stretch of stretchesOf(item, starts[index] ?? 0, { evaluator, instance })) {
    if (first && stretch.at >= wanted.end) break
    if (stretch.at + stretch.length <= start) {
      last = stretch
      continue
    }
    first ??= stretch
    if (stretch.part.file === first.part.file) last = stretch
    if (stretch.reference) references.push(stretch.reference)
    if (stretch.part.pieces[0] !== '"') texts.add(stretch.part)
  }
  if (!last) return undefined
  const from = first ? writtenOffset(first, start).start : last.end
  const to = first && end > start ? writtenOffset(last, wanted.end - 1).end : from
  const reference = texts.size === 1 && references.length === 1 ? references[0] : undefined
  return { file: last.part.file, frame, reference, start: from, end: Math.max(from, to) }
}

/** Index of the last number that is not greater, or -1. */
function lastUpTo(numbers: readonly number[], limit: number): number {
  let [low, high] = [-1, numbers.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((numbers[middle] ?? 0) <= limit) low = middle
    else high = middle - 1
  }
  return low
}

interface Scope {
  readonly evaluator: Evaluator
  readonly instance: Instance
}

/** A piece of a flat text: what became of it, and where it is written. */
interface Stretch extends Extent {
  readonly part: Part
  /** Offset in the flat text. */
  readonly at: number
  readonly length: number
  readonly reference: Reference | undefined
}

function* stretchesOf(item: TextItem, start: number, scope: Scope): Generator<Stretch> {
  const { evaluator, instance } = scope
  let at = start
  for (const part of item.parts()) {
    let written = part.start
    const quotes = quotesOf(part, scope)
    at += quotes
    for (const piece of isName(part) ? part.pieces[0].pieces : part.pieces) {
      const { length } = evaluator.text([piece], instance)
      const reference = typeof piece === 'string' ? undefined : piece
      const end = Math.min(part.end, written + writtenLength(piece))
      yield { part, at, length, reference, start: written, end }
      at += length
      written = end
    }
    at += quotes
  }
}

/** Names get quotes where an IOC needs them. */
function quotesOf(part: Part, { evaluator, instance }: Scope): number {
  return isName(part) && evaluator.text(part.pieces, instance).startsWith('"') ? 1 : 0
}

function isName(part: Part): part is Part & { pieces: readonly [NameReference] } {
  const [only] = part.pieces
  return only !== undefined && typeof only !== 'string' && only.kind === 'name'
}

type NameReference = Extract<Reference, { kind: 'name' }>

function writtenLength(piece: Piece): number {
  if (typeof piece === 'string') return piece.length
  return 'at' in piece ? piece.at.end - piece.at.start : 0
}

/** A character of a stretch; all of it if a reference made it. */
function writtenOffset({ start, end, at, reference }: Stretch, offset: number): Extent {
  if (reference) return { start, end }
  const here = Math.min(start + Math.max(0, offset - at), end)
  return { start: here, end: Math.min(here + 1, end) }
}
