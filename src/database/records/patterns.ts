import type { RecordType } from '../definitions/types.ts'
import type { Layout } from '../text/load-text.ts'
import type { Name } from './build.ts'
import type { KnownValue } from './known-forms.ts'
import type { LoadedField, LoadedText } from './types.ts'
import type { NotedValue } from './value-notes.ts'

/**
 * A template is loaded for hundreds of rows, and each time its records are the same but for what
 * macros make inside of strings. So the second load of a template notes where the strings of its
 * plain records are, and further loads take them from there (see `replay.ts`) without reading them again.
 * Offsets are those in the template without its references: they are the same for all rows.
 */
export interface RecordPattern {
  readonly definition: RecordType
  readonly start: number
  /** Number of references of the template in front of it. */
  readonly step: number
  /** Its place is counted from `start`. */
  readonly type: Name
  readonly name: StringPattern
  /** Behind the opening brace, counted from the end of the name. */
  readonly body: number
  readonly values: readonly StringPattern[]
  /** Those of fields that have references. */
  readonly made: readonly StringPattern[]
  /** Those of link fields. */
  readonly links: readonly StringPattern[]
  /** By the name of the field: its last value. */
  readonly last: ReadonlyMap<string, StringPattern>
  /** Names of its info items. */
  readonly infos: ReadonlySet<string>
  /** Behind the closing brace. */
  readonly end: number
  readonly endStep: number
  /** What it refers to, see `Template.slots`; each once. */
  readonly slots: readonly number[]
  /** Nothing but blanks and comments is between the pattern before and this one. */
  readonly isNext: boolean
}

/** A string: its quotes are written in the template, what is in them may have references. */
export interface StringPattern {
  /** Quotes included. */
  readonly start: number
  readonly end: number
  /** Number of references of the template in front of what is in it, and in front of its end. */
  readonly step: number
  readonly endStep: number
  /** The field or info item whose value it is; absent for the name of a record. */
  readonly known: KnownValue | undefined
  /** Absent if it has references. */
  readonly value: string | undefined
}

/** One load of a template with patterns. */
export interface PatternRow {
  readonly text: LoadedText
  /** See `Layout`. */
  readonly lengths: Int32Array
}

/** Offsets in the text of a load. */
export function startOfString({ start, step }: StringPattern, { lengths }: PatternRow): number {
  return start + (lengths[step] ?? 0)
}

export function endOfString({ end, endStep }: StringPattern, { lengths }: PatternRow): number {
  return end + (lengths[endStep] ?? 0)
}

/** The field or info item of a load. */
export function patternValue(pattern: StringPattern, row: PatternRow): LoadedField {
  const start = startOfString(pattern, row)
  const end = endOfString(pattern, row)
  const value = pattern.value ?? row.text.text.slice(start + 1, end - 1)
  // One literal: there are millions of these.
  return { in: row.text, start, end, name: pattern.known?.name ?? '', value, form: 'string' }
}

/** A plain record as it was read. */
export interface PlainRecord {
  readonly definition: RecordType
  readonly start: number
  readonly type: Name
  readonly name: Name
  readonly body: number
  readonly end: number
  readonly values: readonly NotedValue[]
}

/** Takes the plain records of one text in their order. */
export interface PatternLearner {
  readonly patterns: readonly RecordPattern[]
  add(record: PlainRecord): void
}

/** @param text the expanded text that is being read */
export function learnPatterns(text: string, layout: Layout): PatternLearner {
  const patterns: RecordPattern[] = []
  const learning: Learning = {
    ...{ text, layout, places: placesOf(layout) },
    ...{ passed: 0, behind: 0, behindStep: -1 },
  }
  return {
    patterns,
    add(record) {
      const pattern = patternOf(learning, record)
      if (!pattern) return
      patterns.push(pattern)
      learning.behind = record.end
      learning.behindStep = pattern.endStep
    },
  }
}

interface Learning {
  readonly text: string
  readonly layout: Layout
  /** Where what references became begins. */
  readonly places: readonly number[]
  /** How many of these are in front of the place that was asked for last. */
  passed: number
  /** The end of the last pattern, and the references in front of it. */
  behind: number
  behindStep: number
}

function placesOf({ template, lengths }: Layout): number[] {
  let fixed = 0
  return template.steps.map(({ before }, index) => {
    fixed += before.length
    return fixed + (lengths[index] ?? 0)
  })
}

/** Nothing if references make more than what is in strings, or other than plain text. */
function patternOf(learning: Learning, record: PlainRecord): RecordPattern | undefined {
  const { text, layout, behind, behindStep } = learning
  const { template, lengths } = layout
  const { definition, start, type } = record
  const step = stepsBefore(learning, start)
  const { start: nameStart, end: nameEnd } = record.name
  const name = stringPattern(learning, { known: undefined, start: nameStart, end: nameEnd })
  const values = record.values.map((value) => stringPattern(learning, value))
  const endStep = stepsBefore(learning, record.end)
  const inStrings = [name, ...values].reduce((sum, one) => sum + one.endStep - one.step, 0)
  if (inStrings !== endStep - step) return undefined
  const slots = [...new Set(template.steps.slice(step, endStep).map(({ slot }) => slot))]
  if (!slots.every((slot) => isPlainText(layout.values[slot]))) return undefined
  // Plain literals, always with the same names in the same order: they are read millions of times.
  return {
    definition,
    start: start - (lengths[step] ?? 0),
    step,
    type: { value: type.value, start: type.start - start, end: type.end - start },
    name,
    body: record.body - nameEnd,
    values,
    made: values.filter(({ known, value }) => known?.field && value === undefined),
    links: values.filter(({ known }) => known?.isLink),
    last: new Map(values.flatMap((one) => (one.known?.field ? [[one.known.name, one]] : []))),
    infos: new Set(values.flatMap(({ known }) => (known && !known.field ? known.name : []))),
    end: record.end - (lengths[endStep] ?? 0),
    endStep,
    slots,
    isNext: behindStep === step && onlyComments.test(text.slice(behind, start)),
  }
}

const onlyComments = /^(?:[ \t\r\n]|#[^\n]*\n)*$/

function stepsBefore(learning: Learning, offset: number): number {
  const { places } = learning
  while (learning.passed < places.length && (places[learning.passed] ?? 0) < offset) {
    learning.passed++
  }
  return learning.passed
}

function stringPattern(
  learning: Learning,
  { start, end, known }: Pick<StringPattern, 'start' | 'end' | 'known'>,
): StringPattern {
  const { text, layout } = learning
  const step = stepsBefore(learning, start + 1)
  const endStep = stepsBefore(learning, end)
  return {
    start: start - (layout.lengths[step] ?? 0),
    end: end - (layout.lengths[endStep] ?? 0),
    step,
    endStep,
    known,
    value: step === endStep ? text.slice(start + 1, end - 1) : undefined,
  }
}

/** Printable ASCII that changes nothing inside of a string: no quotes, backslashes, references. */
export function isPlainText(value: string | undefined): boolean {
  return value !== undefined && /^[ !#%-[\]-~]*$/.test(value)
}
