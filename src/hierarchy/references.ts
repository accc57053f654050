import type { Source } from '../text/source.ts'
import { type Span, spanOf } from '../text/span.ts'

/** A text cut at its references. Neighbouring texts are one piece. */
export type Pieces = readonly Piece[]

export type Piece = string | Reference

/** What is put in the place of a reference; `raw` is the reference as written. */
export type Reference =
  | {
      readonly kind: 'macro'
      readonly name: string
      readonly raw: string
      readonly at: Span
      /** What is left without a value: references in it are replaced nevertheless. */
      readonly otherwise: Pieces
    }
  | {
      readonly kind: 'port'
      readonly instance: string
      readonly port: string
      readonly raw: string
      readonly at: Span
    }
  /** The name of a record or alias: without quotes if an IOC reads it so. */
  | { readonly kind: 'name'; readonly pieces: Pieces }
  /** The path of instances, if `record` is one of `records`. */
  | {
      readonly kind: 'prefix'
      readonly record?: string
      readonly records?: ReadonlyMap<string, unknown>
    }

/** Where a text stands. */
export interface TextPlace {
  readonly source: Source
  /** Offset of its first character. */
  readonly start: number
  readonly from: Span['from']
}

/**
 * Finds the references of a text: `$(name)`, `$(instance.port)`, and of macLib `$(name=default)` and
 * `$(name,other=value)`, of which only the name counts here. `${name}` is none (design document,
 * section 4). A name that is built of references is looked up nowhere: only what is inside is
 * replaced (hierarchy-and-macros.md 1.6).
 */
export function compile(text: string, place: TextPlace): Pieces {
  if (!text.includes('$(')) return text === '' ? [] : [text]
  return compileRange({ text, place, closings: closingsOf(text) }, 0, text.length)
}

export function appendPieces(pieces: Piece[], more: Pieces): void {
  for (const piece of more) appendPiece(pieces, piece)
}

/** Puts a piece behind others; neighbouring texts are joined. */
function appendPiece(pieces: Piece[], piece: Piece): void {
  const last = pieces.at(-1)
  if (typeof piece !== 'string' || typeof last !== 'string') {
    if (piece !== '') pieces.push(piece)
  } else pieces[pieces.length - 1] = last + piece
}

interface Compiling {
  readonly text: string
  readonly place: TextPlace
  /** The closing bracket of each `$(`. */
  readonly closings: ReadonlyMap<number, number>
  depth?: number
}

/** Deeper defaults of defaults are text. */
const deepest = 50

function closingsOf(text: string): Map<number, number> {
  const closings = new Map<number, number>()
  const open: number[] = []
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '$' && text[at + 1] === '(') {
      open.push(at)
      at += 1
    } else if (text[at] === ')') {
      const start = open.pop()
      if (start !== undefined) closings.set(start, at)
    }
  }
  return closings
}

function compileRange(compiling: Compiling, start: number, end: number): Piece[] {
  const { text, closings } = compiling
  const pieces: Piece[] = []
  for (let at = start; at < end; ) {
    const found = text.indexOf('$(', at)
    const next = found < 0 || found >= end ? end : found
    appendPiece(pieces, text.slice(at, next))
    if (next === end) break
    const closing = closings.get(next)
    const reference = closing === undefined ? undefined : referenceAt(compiling, next, closing)
    appendPiece(pieces, reference ?? '$(')
    at = reference && closing !== undefined ? closing + 1 : next + 2
  }
  return pieces
}

function referenceAt(compiling: Compiling, start: number, closing: number): Reference | undefined {
  const { text, place } = compiling
  const raw = text.slice(start, closing + 1)
  const span = spanOf(place.source, place.start + start, place.start + closing + 1)
  const at = place.from ? { ...span, from: place.from } : span
  simple.lastIndex = start
  const [, name, mark] = simple.exec(text) ?? []
  if (name === undefined) {
    const [, instance, port] = portForm.exec(raw) ?? []
    return instance && port ? { kind: 'port', instance, port, raw, at } : undefined
  }
  if (mark === ')') return { kind: 'macro', name, raw, at, otherwise: [raw] }
  return withDefault(compiling, { name, start, closing, raw, at })
}

/** A macro, with a default or without. */
const simple = /\$\(([^$().=,]+)([)=,])/y
/**
 * A port. Its names may look as if they held macros: they are not replaced, as instances and ports
 * go by the names that are written (hierarchy-and-macros.md 1.3).
 */
const portForm = /^\$\(((?:[^$().=,]|\$\([^$().=,]+\))+)\.((?:[^$().=,]|\$\([^$().=,]+\))+)\)$/

function withDefault(
  compiling: Compiling,
  {
    start,
    closing,
    ...reference
  }: { name: string; start: number; closing: number; raw: string; at: Span },
): Reference {
  const depth = compiling.depth ?? 0
  const inside: Piece[] =
    depth < deepest
      ? compileRange({ ...compiling, depth: depth + 1 }, start + 2, closing)
      : [compiling.text.slice(start + 2, closing)]
  const otherwise: Piece[] = ['$(']
  appendPieces(otherwise, inside)
  appendPiece(otherwise, ')')
  return { kind: 'macro', ...reference, otherwise }
}
