import type { RecordType } from '../definitions/types.ts'
import {
  endOfString,
  type PatternRow,
  type RecordPattern,
  type StringPattern,
  startOfString,
} from './patterns.ts'
import type { LoadedField, LoadedRecord, LoadedText, Place } from './types.ts'

/** The first statement of a record. */
export interface RecordStart extends Place {
  readonly name: string
  readonly type: string
  readonly definition: RecordType | undefined
}

/** Most records have no info items and no second statement: they share a list, which stays empty. */
const none: never[] = []

/**
 * A record that later statements may add to. The fields of one that was taken from the pattern of a
 * template are made when they are asked for: making them takes longer than all checks of their values.
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
  private pattern: RecordPattern | undefined = undefined
  private row: PatternRow | undefined = undefined

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
    this.pattern = pattern
    this.row = row
  }

  /** Adds those in front of one of them, or all. */
  addValuesBefore(value: StringPattern | undefined, pattern: RecordPattern, row: PatternRow): void {
    for (const one of pattern.values) {
      if (one === value) return
      this.addValue(one, row)
    }
  }

  private makeValues(): void {
    const { pattern, row } = this
    if (!pattern || !row) return
    this.pattern = undefined
    this.row = undefined
    this.addValuesBefore(undefined, pattern, row)
  }

  private addValue(pattern: StringPattern, row: PatternRow): void {
    const { name } = pattern
    const start = startOfString(pattern, row)
    const end = endOfString(pattern, row)
    const value = pattern.value ?? row.text.text.slice(start + 1, end - 1)
    // One literal, as in `plain.ts`: there are millions of these.
    // biome-ignore format: one line
    const loaded: LoadedField = { in: row.text, start, end, name, value, form: 'string' }
    if (pattern.field) this.growingFields().push(loaded)
    else this.addInfo(loaded)
  }
}
