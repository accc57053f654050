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
import { writeUnits } from './text-units.ts'
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
  private lastHead: KnownHead | undefined = undefined
  /** The last value of the record, whether it was taken or not. */
  private last: KnownValue | undefined = undefined
  /** The text from an offset on, as numbers: as far as there is room, then a zero. */
  private units: Uint8Array = noUnits
  private offset = 0

  constructor(notes: ValueNotes, definitions: Definitions) {
    this.notes = notes
    this.text = notes.text.text
    this.definitions = definitions
  }

  /** Finds `record(TYPE, "NAME") {` at an offset: of a known type, with a name of plain ASCII. */
  head(at: number): KnownHead | undefined {
    this.view(at)
    const { text, notes, lastHead, definitions } = this
    const isSame = lastHead !== undefined && this.startsWith(lastHead.units, at)
    const found = isSame ? lastHead : headAt(notes.forms, { text, at }, definitions)
    if (!found) return undefined
    this.lastHead = found
    this.last = undefined
    this.start = at + found.head.length
    this.end = endOfPlainName(text, this.start)
    if (this.end < 0 || !this.isClosed()) return undefined
    const brace = this.skipBlanks(this.end + 2)
    this.body = brace + 1
    return this.units[brace - this.offset] === openCurly ? found : undefined
  }

  /**
   * Notes values as long as they are `field(NAME, "value")` with a field of the record type and a
   * good value of plain ASCII, or `info(NAME, "value")`; comments may be between them.
   *
   * @returns the end of the last one, or `start`; if a closing brace follows, its place
   */
  values(type: KnownType, start: number): number {
    this.view(start)
    const { text, notes, definitions, units, offset } = this
    if (this.last?.definition !== type.definition) this.last = type.first
    for (let behind = start; ; ) {
      const at = this.skipBlanks(behind)
      const unit = units[at - offset]
      if (unit === closeCurly) return at
      if (unit === numberSign) {
        const lineEnd = text.indexOf('\n', at)
        if (lineEnd < 0) return behind
        behind = lineEnd
        continue
      }
      const known = this.value(type, at)
      if (!known || !isGoodValue(known, this, definitions)) return behind
      noteValue(notes, known.index, this.start)
      behind = this.end + 2
    }
  }

  /** Finds one value at an offset. */
  private value(type: KnownType, at: number): KnownValue | undefined {
    const { last = type.first } = this
    let { next } = last
    if (next === undefined || !this.startsWith(next.units, at)) {
      next = valueAt(this.notes.forms, type, { text: this.text, at })
      if (!next) return undefined
      last.next = next
    }
    this.last = next
    const { units, offset } = this
    const start = at + next.head.length - offset
    let end = start
    while (plain[units[end] ?? 0] === 1) end++
    this.start = start + offset
    this.end = end + offset
    return this.isClosed() ? next : undefined
  }

  /** Whether a value of plain ASCII that is at this place is good by itself. */
  isGood(known: KnownValue, start: number, end: number): boolean {
    this.start = start
    this.end = end
    return isGoodValue(known, this, this.definitions)
  }

  /** The place of the next token behind blanks, and behind comments with `#`. */
  skipComments(start: number): number {
    for (let at = start; ; at++) {
      at = this.skipBlanks(at)
      if (this.text.charCodeAt(at) !== numberSign) return at
      at = this.text.indexOf('\n', at)
      if (at < 0) return this.text.length
    }
  }

  private skipBlanks(start: number): number {
    const { units, offset } = this
    for (let at = start - offset; ; at++) {
      const unit = units[at]
      if (unit !== blank && unit !== newline && unit !== tab && unit !== carriageReturn) {
        return at + offset
      }
    }
  }

  /** @param head ends with a zero */
  private startsWith(head: Uint8Array, at: number): boolean {
    const { units, offset } = this
    const from = at - offset
    for (let index = 0; ; index++) {
      const unit = head[index]
      if (unit === 0) return true
      if (units[from + index] !== unit) return false
    }
  }

  /** Whether `")` stands where the last string ends. */
  private isClosed(): boolean {
    const { units, end, offset } = this
    return units[end - offset] === quoteSign && units[end - offset + 1] === closeRound
  }

  /**
   * Makes sure that what begins here is there as numbers, if it is not longer than any record. What
   * is longer is left to the callers, as all that has another form.
   */
  private view(at: number): void {
    const { text, units, offset } = this
    const end = offset + units.length - 1
    if (at >= offset && (end >= text.length || at + mostInRecord <= end)) return
    const length = Math.min(text.length - at, mostInView)
    if (units.length <= length) this.units = new Uint8Array(length + 1)
    this.offset = at
    writeUnits(text.slice(at, at + length), this.units)
  }
}

const noUnits = new Uint8Array(0)
const mostInView = 0x2_0000
const mostInRecord = 0x2000

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
