import type { RecordType } from '../definitions/types.ts'
import { linkFieldsOf } from './link-fields.ts'
import { loadedValue, type PatternRow, type RecordPattern, type StringPattern } from './patterns.ts'
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
 * A record that later statements may add to. What one that was taken from the pattern of a template
 * has is made when it is asked for: making it takes longer than all checks of the values.
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
  /** Where all that it has comes from, as long as that is one pattern. */
  private pattern: RecordPattern | undefined = undefined
  private row: PatternRow | undefined = undefined

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
    const { pattern, row } = this
    if (pattern && row && this.keptFields === none) this.keptFields = fieldsOf(pattern, row)
    return this.keptFields
  }

  get infos(): readonly LoadedField[] {
    const { pattern, row } = this
    if (pattern && row && this.keptInfos === none) this.keptInfos = infosOf(pattern, row)
    return this.keptInfos
  }

  hasInfo(name: string): boolean {
    return this.pattern
      ? this.pattern.infos.has(name)
      : this.keptInfos.some((info) => info.name === name)
  }

  get links(): readonly LoadedField[] {
    const { pattern, row, definition } = this
    if (pattern && row) return pattern.links.map((one) => loadedValue(one, row))
    if (!definition) return none
    const known = linkFieldsOf(definition)
    return this.keptFields.filter(({ name }) => known.has(name))
  }

  last(name: string): LoadedField | undefined {
    const { pattern, row, keptFields } = this
    if (pattern && row) {
      const value = pattern.last.get(name)
      return value && loadedValue(value, row)
    }
    for (let at = keptFields.length - 1; at >= 0; at--) {
      if (keptFields[at]?.name === name) return keptFields[at]
    }
    return undefined
  }

  get template(): object | undefined {
    return this.pattern
  }

  /** The same as `fields`, to add some. */
  growingFields(): LoadedField[] {
    this.leaveTemplate()
    if (this.keptFields === none) this.keptFields = []
    return this.keptFields
  }

  addInfo(info: LoadedField): void {
    this.leaveTemplate()
    if (this.keptInfos === none) this.keptInfos = []
    this.keptInfos.push(info)
  }

  addStatement(place: Place): void {
    this.leaveTemplate()
    if (this.more === none) this.more = []
    this.more.push(place)
  }

  /** Adds the values of a pattern; they were found good. */
  addPattern(pattern: RecordPattern, row: PatternRow): void {
    const isFirst = this.keptFields === none && this.keptInfos === none && this.more === none
    if (isFirst && !this.pattern) {
      this.pattern = pattern
      this.row = row
    } else this.addValuesBefore(undefined, pattern, row)
  }

  /** Adds those in front of one of them, or all. */
  addValuesBefore(value: StringPattern | undefined, pattern: RecordPattern, row: PatternRow): void {
    for (const one of pattern.values) {
      if (one === value) return
      if (one.field) this.growingFields().push(loadedValue(one, row))
      else this.addInfo(loadedValue(one, row))
    }
  }

  private leaveTemplate(): void {
    const { pattern, row } = this
    if (!pattern || !row) return
    this.pattern = undefined
    this.row = undefined
    this.keptFields = fieldsOf(pattern, row)
    this.keptInfos = infosOf(pattern, row)
  }
}

function fieldsOf({ values }: RecordPattern, row: PatternRow): LoadedField[] {
  const fields: LoadedField[] = []
  for (const one of values) if (one.field) fields.push(loadedValue(one, row))
  return fields
}

function infosOf({ values, infos }: RecordPattern, row: PatternRow): LoadedField[] {
  if (infos.size === 0) return none
  return values.filter(({ field }) => !field).map((one) => loadedValue(one, row))
}
