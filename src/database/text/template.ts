import { utf8Length } from '../../macro/bytes.ts'
import { once } from '../../text/once.ts'
import type { Source } from '../../text/source.ts'

/**
 * A file prepared for expansion line by line: the text between references, the references. Made
 * once for a file, however often it is loaded.
 */
export interface Template {
  readonly source: Source
  readonly steps: readonly Step[]
  /** The text behind the last step. */
  readonly rest: string
  /** The different references that are simple; `Step.slot` is an index here. */
  readonly slots: readonly Slot[]
  /** Lines with references, in order. */
  readonly lines: readonly MacroLine[]
  /** The most in any line: steps, bytes of the text around them. */
  readonly mostSteps: number
  readonly mostFixedBytes: number
  /** Some lines are expanded as a whole or are cut: their lengths have to be looked at. */
  readonly hasOddLines: boolean
}

/** Text that stays as it is, then one that macros make. */
interface Step {
  readonly before: string
  /** What comes then: a simple reference, or (-1) a whole line with anything else. */
  readonly slot: number
  /** Offsets of that in the file. */
  readonly start: number
  readonly end: number
}

/** `$(NAME)` or `$(NAME=words)`: what it becomes depends on nothing but the definitions. */
export interface Slot {
  readonly name: string
  readonly fallback: string | undefined
  /** As written. */
  readonly reference: string
}

/** A piece of a line that is expanded at once, with its line end. */
export interface MacroLine {
  readonly start: number
  readonly end: number
  /** Its steps, `lastStep` not included. */
  readonly firstStep: number
  readonly lastStep: number
  /** Bytes of the text around simple references. */
  readonly fixedBytes: number
  /** The line goes on in a next piece: it is longer than the IOC reads at once. */
  readonly isCut: boolean
}

/** dbLexRoutines.c: bytes of a line that are read and expanded at once (MY_BUFFER_SIZE - 1). */
export const maxLineBytes = 1023

/** The same source gives the same template again. */
export function templateOf(source: Source): Template {
  const known = cache.get(source)
  if (known) return known
  const template = compile(source)
  cache.set(source, template)
  return template
}

const cache = new WeakMap<Source, Template>()

interface Growing {
  readonly source: Source
  readonly steps: Step[]
  readonly slots: Slot[]
  readonly slotOf: Map<string, number>
  readonly lines: MacroLine[]
  /** Bytes are characters. */
  readonly isAscii: () => boolean
  hasOddLines: boolean
  /** End of the last step. */
  at: number
}

function compile(source: Source): Template {
  const { text } = source
  const isAscii = once(() => !/[^\x00-\x7f]/.test(text))
  const growing: Growing = {
    ...{ source, steps: [], slots: [], slotOf: new Map(), lines: [], at: 0, isAscii },
    hasOddLines: false,
  }
  const special = { apostrophe: -1, backslash: -1 }
  for (let dollar = text.indexOf('$'); dollar >= 0; ) {
    const next = text.charCodeAt(dollar + 1)
    if (next !== openRound && next !== openCurly) {
      dollar = text.indexOf('$', dollar + 1)
      continue
    }
    const start = text.lastIndexOf('\n', dollar) + 1
    const newline = text.indexOf('\n', dollar)
    const end = newline < 0 ? text.length : newline + 1
    if (special.apostrophe < start) special.apostrophe = indexOrEnd(text, "'", start)
    if (special.backslash < start) special.backslash = indexOrEnd(text, '\\', start)
    const isPlain = special.apostrophe >= end && special.backslash >= end
    if (!isPlain || !addPlainLine(growing, { start, end, dollar })) addLine(growing, start, end)
    dollar = text.indexOf('$', end)
  }
  return finish(growing)
}

function indexOrEnd(text: string, character: string, start: number): number {
  const index = text.indexOf(character, start)
  return index < 0 ? text.length : index
}

function finish({ source, steps, slots, lines, at, hasOddLines }: Growing): Template {
  let mostSteps = 0
  let mostFixedBytes = 0
  for (const { firstStep, lastStep, fixedBytes } of lines) {
    mostSteps = Math.max(mostSteps, lastStep - firstStep)
    mostFixedBytes = Math.max(mostFixedBytes, fixedBytes)
  }
  const rest = source.text.slice(at)
  return { source, steps, slots, lines, mostSteps, mostFixedBytes, hasOddLines, rest }
}

/**
 * A line that is short, has no quotes or escapes that matter, and no references but those that were
 * seen before: nearly all lines. False if it has to be looked at more closely; then nothing was
 * added.
 */
function addPlainLine(
  growing: Growing,
  { start, end, dollar }: { readonly start: number; readonly end: number; readonly dollar: number },
): boolean {
  if ((end - start) * 3 > maxLineBytes || !growing.isAscii()) return false
  const { steps, slotOf, source, lines } = growing
  const { text } = source
  const [firstStep, from] = [steps.length, growing.at]
  let fixedBytes = end - start
  for (let at = dollar; at >= 0 && at < end; at = text.indexOf('$', at + 1)) {
    const next = text.charCodeAt(at + 1)
    if (next !== openRound && next !== openCurly) continue
    // Only as far as the line goes: a file may have no bracket at all.
    const length = text.slice(at, end).indexOf(next === openRound ? ')' : '}') + 1
    const slot = slotOf.get(text.slice(at, at + length))
    if (slot === undefined) {
      steps.length = firstStep
      growing.at = from
      return false
    }
    steps.push({ before: text.slice(growing.at, at), slot, start: at, end: at + length })
    growing.at = at + length
    fixedBytes -= length
  }
  lines.push({ start, end, firstStep, lastStep: steps.length, fixedBytes, isCut: false })
  return true
}

const openRound = 40
const openCurly = 123
const dollarSign = 36
const backslash = 92
const quoteSign = 34
const apostrophe = 39

/** Lines that are too long are read in pieces, and each is expanded for itself. */
function addLine(growing: Growing, start: number, end: number): void {
  const { text } = growing.source
  for (let from = start; from < end; ) {
    const to = endOfPiece(text, from, end)
    const references = to - from < 3 ? [] : simpleReferences(text, from, to)
    addPiece(growing, { start: from, end: to, isCut: to < end }, references)
    from = to
  }
}

function endOfPiece(text: string, start: number, end: number): number {
  if ((end - start) * 3 <= maxLineBytes) return end
  const line = text.slice(start, end)
  if (utf8Length(line) <= maxLineBytes) return end
  let bytes = 0
  for (let at = start; at < end; ) {
    const unit = text.codePointAt(at) ?? 0
    bytes += unit < 0x80 ? 1 : unit < 0x800 ? 2 : unit < 0x10000 ? 3 : 4
    if (bytes > maxLineBytes) return at
    at += unit < 0x10000 ? 1 : 2
  }
  return end
}

interface Found extends Slot {
  readonly start: number
  readonly end: number
}

function addPiece(
  growing: Growing,
  piece: Pick<MacroLine, 'start' | 'end' | 'isCut'>,
  references: readonly Found[] | undefined,
): void {
  const { steps, lines, source } = growing
  const firstStep = steps.length
  let fixedBytes = 0
  if (references === undefined) {
    const before = source.text.slice(growing.at, piece.start)
    steps.push({ before, slot: -1, start: piece.start, end: piece.end })
    growing.at = piece.end
  } else {
    if (references.length === 0) return
    fixedBytes = bytesOf(growing, source.text.slice(piece.start, piece.end))
    for (const { reference, start, end, ...slot } of references) {
      const before = source.text.slice(growing.at, start)
      steps.push({ before, slot: slotIndex(growing, { reference, ...slot }), start, end })
      fixedBytes -= bytesOf(growing, reference)
      growing.at = end
    }
  }
  if (references === undefined || piece.isCut) growing.hasOddLines = true
  lines.push({ ...piece, firstStep, lastStep: steps.length, fixedBytes })
}

function bytesOf({ isAscii }: Growing, text: string): number {
  return isAscii() ? text.length : utf8Length(text)
}

function slotIndex({ slots, slotOf }: Growing, slot: Slot): number {
  const known = slotOf.get(slot.reference)
  if (known !== undefined) return known
  slotOf.set(slot.reference, slots.length)
  slots.push(slot)
  return slots.length - 1
}

/**
 * The references of a piece if macLib's rules give each a text of its own: names and defaults
 * without references, quotes and escapes in them, no scoped definitions. Otherwise nothing.
 */
function simpleReferences(text: string, start: number, end: number): Found[] | undefined {
  const found: Found[] = []
  let quoted = 0
  for (let at = start; at < end; at++) {
    const unit = text.charCodeAt(at)
    if (unit === backslash) at += 1
    else if (quoted === 0 ? unit === quoteSign || unit === apostrophe : unit === quoted) {
      quoted = quoted === 0 ? unit : 0
    } else if (unit === dollarSign && quoted !== apostrophe) {
      const next = text.charCodeAt(at + 1)
      if (at + 1 >= end || (next !== openRound && next !== openCurly)) continue
      const reference = simpleReference(text, at)
      if (!reference || reference.end > end) return undefined
      found.push(reference)
      at = reference.end - 1
    }
  }
  return found
}

function simpleReference(text: string, start: number): Found | undefined {
  simple.lastIndex = start
  const match = simple.exec(text)
  if (!match) return undefined
  const name = match[1] ?? match[3] ?? ''
  const fallback = match[1] === undefined ? match[4] : match[2]
  return { name, fallback, reference: match[0], start, end: simple.lastIndex }
}

const simple =
  /\$(?:\(([^\s"'\\$=,(){}]{1,60})(?:=([^\n"'\\$,(){}]*))?\)|\{([^\s"'\\$=,(){}]{1,60})(?:=([^\n"'\\$,(){}]*))?\})/y
