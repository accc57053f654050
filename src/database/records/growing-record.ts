import type { RecordType } from '../definitions/types.ts'
import type { KnownValue } from './known-forms.ts'
import {
  endOfString,
  type PatternRow,
  type RecordPattern,
  type StringPattern,
  startOfString,
} from './patterns.ts'
import type { LoadedField, LoadedRecord, LoadedText, Place } from './types.ts'
import { endNotes, notedValue, perNote, type ValueNotes } from './value-notes.ts'

/** The first statement of a record. */
export interface RecordStart extends Place {
  readonly name: string
  readonly type: string
  readonly definition: RecordType | undefined
}

/** Most records have no info items and no second statement: they share a list, which stays empty. */
const none: never[] = []

/**
 * A record that later statements may add to. Fields that were only noted, or are in the pattern of a
 * template, are made when they are asked for: making them takes longer than all checks of their values.
 */
export class GrowingRecord implements LoadedRecord {
  readonly in: LoadedText
  readonly start: number
  readonly end: number
  readonly name: string
  readonly type: string
  readonly definition: RecordType | undefined
  more: Place[] = none
  private keptFields: LoadedField[] = none
  private keptInfos: LoadedField[] = none
  /** Where values are that are not made yet, if there are any: */
  private source: PatternRow | ValueNotes | undefined = undefined
  /** which ones of a row, or from which index of the notes on. */
  private part: RecordPattern | number = 0

  constructor({ in: text, start, end, name, type, definition }: RecordStart) {
    this.in = text
    this.start = start
    this.end = end
    this.name = name
    this.type = type
    this.definition = definition
  }

  get fields(): readonly LoadedField[] {
    this.makeValues()
    return this.keptFields
  }

  get infos(): readonly LoadedField[] {
    this.makeValues()
    return this.keptInfos
  }

  /** The same as `fields`, to add some. */
  growingFields(): LoadedField[] {
    this.makeValues()
    if (this.keptFields === none) this.keptFields = []
    return this.keptFields
  }

  addInfo(info: LoadedField): void {
    this.makeValues()
    if (this.keptInfos === none) this.keptInfos = []
    this.keptInfos.push(info)
  }

  addStatement(place: Place): void {
    if (this.more === none) this.more = []
    this.more.push(place)
  }

  /** Adds the values of a pattern; they were found good. */
  addPattern(pattern: RecordPattern, row: PatternRow): void {
    this.makeValues()
    this.source = row
    this.part = pattern
  }

  /** Adds the values that were noted from an index on; they were found good. */
  addNotes(notes: ValueNotes, index: number): void {
    if (notes.length === index) return
    endNotes(notes)
    this.makeValues()
    this.source = notes
    this.part = index
  }

  /** Adds those in front of one of them, or all. */
  addValuesBefore(value: StringPattern | undefined, pattern: RecordPattern, row: PatternRow): void {
    for (const one of pattern.values) {
      if (one === value) return
      this.addValue(one, row)
    }
  }

  private makeValues(): void {
    const { source, part } = this
    if (source === undefined) return
    this.source = undefined
    if (typeof part === 'object' && 'lengths' in source) {
      this.addValuesBefore(undefined, part, source)
    } else if (typeof part === 'number' && 'numbers' in source) {
      this.addNoted(source, part)
    }
  }

  private addNoted(notes: ValueNotes, first: number): void {
    const { text } = notes
    for (let index = first; ; index += perNote) {
      const noted = notedValue(notes, index)
      if (!noted) break
      const { known, start, end } = noted
      const written = text.text.slice(start + 1, end - 1)
      const value = known.good.size > 0 ? (known.good.get(written) ?? written) : written
      this.keep(known, { in: text, start, end, value })
    }
    // A list that grows has room for more; most get no more.
    if (this.keptFields !== none) this.keptFields = this.keptFields.slice()
  }

  private addValue(pattern: StringPattern, row: PatternRow): void {
    const { known } = pattern
    const start = startOfString(pattern, row)
    const end = endOfString(pattern, row)
    const value = pattern.value ?? row.text.text.slice(start + 1, end - 1)
    if (known) this.keep(known, { in: row.text, start, end, value })
  }

  private keep({ name, field }: KnownValue, place: Place & { readonly value: string }): void {
    const { in: text, start, end, value } = place
    // One literal: there are millions of these.
    const loaded: LoadedField = { in: text, start, end, name, value, form: 'string' }
    if (field) this.growingFields().push(loaded)
    else this.addInfo(loaded)
  }
}
