import type { RecordType } from '../definitions/types.ts'
import { isLink } from './link-fields.ts'
import {
  type PatternRow,
  patternValue,
  type RecordPattern,
  type StringPattern,
} from './patterns.ts'
import type { LoadedField, LoadedRecord, LoadedText, Place } from './types.ts'
import {
  eachNoted,
  endNotes,
  hasNotedInfo,
  lastNoted,
  notedLinks,
  type ValueNotes,
} from './value-notes.ts'

/** The first statement of a record. */
export interface RecordStart extends Place {
  readonly name: string
  readonly type: string
  readonly definition: RecordType | undefined
}

/** Most records have no info items and no second statement: they share a list, which stays empty. */
const none: never[] = []

/**
 * A record that later statements may add to. Values that were only noted, or are in the pattern of a
 * template, are made when they are asked for: making them takes longer than all checks of them.
 */
export class GrowingRecord implements LoadedRecord {
  readonly in: LoadedText
  readonly start: number
  readonly end: number
  readonly name: string
  readonly number: number
  readonly type: string
  readonly definition: RecordType | undefined
  more: Place[] = none
  private keptFields: LoadedField[] = none
  private keptInfos: LoadedField[] = none
  /** The last values, if they are not made yet: those of a pattern in a load, */
  private pattern: RecordPattern | undefined = undefined
  private row: PatternRow | undefined = undefined
  /** or those that were noted from an index on. */
  private notes: ValueNotes | undefined = undefined
  private firstNote = 0

  constructor({ in: text, start, end, name, type, definition }: RecordStart, number: number) {
    this.in = text
    this.start = start
    this.end = end
    this.name = name
    this.number = number
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

  hasInfo(name: string): boolean {
    const { pattern, notes, firstNote, keptInfos } = this
    if (pattern?.infos.has(name)) return true
    if (notes && hasNotedInfo(notes, firstNote, name)) return true
    return keptInfos.length > 0 && keptInfos.some((info) => info.name === name)
  }

  get links(): readonly LoadedField[] {
    const { pattern, row, notes, keptFields, definition } = this
    const unmade =
      pattern && row
        ? pattern.links.map((one) => patternValue(one, row))
        : notes && notedLinks(notes, this.firstNote)
    if (!definition || keptFields.length === 0) return unmade ?? none
    const made = keptFields.filter(({ name }) => {
      const field = definition.fields.get(name)
      return field !== undefined && isLink(field)
    })
    return unmade ? [...made, ...unmade] : made
  }

  last(name: string): LoadedField | undefined {
    const { pattern, row, notes, keptFields } = this
    const value = pattern?.last.get(name)
    if (value && row) return patternValue(value, row)
    const noted = notes && lastNoted(notes, this.firstNote, name)
    if (noted) return noted
    for (let at = keptFields.length - 1; at >= 0; at--) {
      if (keptFields[at]?.name === name) return keptFields[at]
    }
    return undefined
  }

  get template(): object | undefined {
    const isAll = this.keptFields === none && this.keptInfos === none && this.more === none
    return isAll ? this.pattern : undefined
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
    this.pattern = pattern
    this.row = row
  }

  /** Adds the values that were noted from an index on; they were found good. */
  addNotes(notes: ValueNotes, index: number): void {
    if (notes.length === index) return
    endNotes(notes)
    this.makeValues()
    this.notes = notes
    this.firstNote = index
  }

  /** Adds those in front of one of them, or all. */
  addValuesBefore(value: StringPattern | undefined, pattern: RecordPattern, row: PatternRow): void {
    for (const one of pattern.values) {
      if (one === value) return
      this.keep(patternValue(one, row), one.known?.field !== undefined)
    }
  }

  private makeValues(): void {
    const { pattern, row, notes } = this
    this.pattern = undefined
    this.row = undefined
    this.notes = undefined
    if (pattern && row) this.addValuesBefore(undefined, pattern, row)
    else if (notes) this.addNoted(notes, this.firstNote)
  }

  private addNoted(notes: ValueNotes, first: number): void {
    eachNoted(notes, first, (value, { field }) => this.keep(value, field !== undefined))
    // A list that grows has room for more; most get no more.
    if (this.keptFields !== none) this.keptFields = this.keptFields.slice()
  }

  private keep(value: LoadedField, isField: boolean): void {
    if (isField) this.growingFields().push(value)
    else this.addInfo(value)
  }
}
