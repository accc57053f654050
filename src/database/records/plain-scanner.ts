import type { Definitions } from '../definitions/types.ts'
import type { Extent } from '../tokens.ts'
import {
  headAt,
  isGoodValue,
  type KnownHead,
  type KnownType,
  type KnownValue,
  valueAt,
} from './known-forms.ts'
import { endOfPlainName } from './record-name.ts'
import { unitsOf } from './text-units.ts'
import { noteValue, type ValueNotes } from './value-notes.ts'

/**
 * Reads the forms that nearly all records and values have, and nothing else: all others, and all
 * mistakes, are left to the callers. There are millions of values: so these are loops with offsets,
 * and what was found last is in fields that are overwritten.
 */
export class PlainScanner implements Extent {
  readonly notes: ValueNotes
  readonly text: string
  /** Of the name or value that was found last, without its quotes. */
  start = 0
  end = 0
  /** Behind the opening brace that was found last. */
  body = 0
  private readonly definitions: Definitions
  /** Made when something is read: a template that is loaded again is not read. */
  private made: Uint8Array | undefined = undefined
  private lastHead: KnownHead | undefined = undefined

  constructor(notes: ValueNotes, definitions: Definitions) {
    this.notes = notes
    this.text = notes.text.text
    this.definitions = definitions
  }

  /** Finds `record(TYPE, "NAME") {` at an offset: of a known type, with a name of plain ASCII. */
  head(at: number): KnownHead | undefined {
    const { text, notes, lastHead, definitions } = this
    const isSame = lastHead !== undefined && startsWith(this.units(), at, lastHead.units)
    const found = isSame ? lastHead : headAt(notes.forms, { text, at }, definitions)
    if (!found) return undefined
    this.lastHead = found
    this.start = at + found.head.length
    this.end = endOfPlainName(text, this.start)
    if (this.end < 0 || !this.isClosed()) return undefined
    const brace = this.skipBlanks(this.end + 2)
    this.body = brace + 1
    return this.units()[brace] === openCurly ? found : undefined
  }

  /**
   * Notes values as long as they are `field(NAME, "value")` with a field of the record type and a
   * good value of plain ASCII, or `info(NAME, "value")`; comments may be between them.
   *
   * @returns the end of the last one, or `start`; if a closing brace follows, its place
   */
  values(type: KnownType, start: number): number {
    const { text, notes, definitions } = this
    const units = this.units()
    let last = type.first
    for (let behind = start; ; ) {
      const at = this.skipBlanks(behind)
      const unit = units[at]
      if (unit === closeCurly) return at
      if (unit === numberSign) {
        const lineEnd = text.indexOf('\n', at)
        if (lineEnd < 0) return behind
        behind = lineEnd
        continue
      }
      const known = this.value(type, last, at)
      if (!known || !isGoodValue(known, this, definitions)) return behind
      noteValue(notes, known.index, this)
      last = known
      behind = this.end + 2
    }
  }

  /** Finds one value at an offset. */
  private value(type: KnownType, last: KnownValue, at: number): KnownValue | undefined {
    const { text, notes } = this
    const units = this.units()
    let { next } = last
    if (next === undefined || !startsWith(units, at, next.units)) {
      next = valueAt(notes.forms, type, { text, at })
      if (!next) return undefined
      last.next = next
    }
    const start = at + next.head.length
    let end = start
    while (plain[units[end] ?? 0] === 1) end++
    this.start = start
    this.end = end
    return this.isClosed() ? next : undefined
  }

  /** Whether a value of plain ASCII that is at this place is good by itself. */
  isGood(known: KnownValue, start: number, end: number): boolean {
    this.start = start
    this.end = end
    return isGoodValue(known, this, this.definitions)
  }

  /** Whether a closing brace is at an offset. */
  isClosing(at: number): boolean {
    return this.units()[at] === closeCurly
  }

  /** The place of the next token behind blanks, and behind comments with `#`. */
  skipComments(start: number): number {
    for (let at = start; ; at++) {
      at = this.skipBlanks(at)
      if (this.units()[at] !== numberSign) return at
      at = this.text.indexOf('\n', at)
      if (at < 0) return this.text.length
    }
  }

  private skipBlanks(start: number): number {
    const units = this.units()
    for (let at = start; ; at++) {
      const unit = units[at]
      if (unit !== blank && unit !== newline && unit !== tab && unit !== carriageReturn) return at
    }
  }

  /** Whether `")` stands where the last string ends. */
  private isClosed(): boolean {
    const units = this.units()
    return units[this.end] === quoteSign && units[this.end + 1] === closeRound
  }

  private units(): Uint8Array {
    this.made ??= unitsOf(this.text)
    return this.made
  }
}

/** @param head ends with a zero */
function startsWith(units: Uint8Array, at: number, head: Uint8Array): boolean {
  for (let index = 0; ; index++) {
    const unit = head[index]
    if (unit === 0) return true
    if (units[at + index] !== unit) return false
  }
}

const tab = 9
const newline = 10
const carriageReturn = 13
const blank = 32
const quoteSign = 34
const numberSign = 35
const closeRound = 41
const openCurly = 123
const closeCurly = 125

/** By character: whether it is printable ASCII that stands for itself in strings, and no `$`. */
const plain: Uint8Array = Uint8Array.from({ length: 256 }, (_, unit) =>
  /[ !#%-[\]-~]/.test(String.fromCharCode(unit)) ? 1 : 0,
)
