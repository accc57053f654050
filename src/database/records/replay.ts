import type { Layout } from '../text/load-text.ts'
import { beginRecord, newPlainRecord } from './build.ts'
import type { GrowingRecord } from './growing-record.ts'
import {
  endOfString,
  isPlainText,
  learnPatterns,
  type PatternRow,
  type RecordPattern,
  type StringPattern,
  startOfString,
} from './patterns.ts'
import type { Taken } from './plain.ts'
import type { FileReading, LoaderState } from './reading.ts'
import { endOfPlainName } from './record-name.ts'
import type { LoadedText } from './types.ts'

/** The records of a template that is loaded once more. */
export interface Replay extends PatternRow {
  readonly patterns: readonly RecordPattern[]
  /** Whether references became plain text in this load, by their slot. */
  readonly isPlain: readonly boolean[]
  /** Index of the pattern that comes next. */
  at: number
}

/** What is known from earlier loads of a template, or is to be learned in this one. */
export type RepeatedLoad = Pick<FileReading, 'learner' | 'replay'>

/** @param layout absent if the text is no template */
export function repeatedLoad(
  { patterns, definitions }: LoaderState,
  text: LoadedText,
  layout: Layout | undefined,
): RepeatedLoad {
  if (!layout || !definitions) return neither
  const { template, lengths, values } = layout
  const known = patterns.get(template)
  if (known) {
    const isPlain = values.map(isPlainText)
    return { learner: undefined, replay: { patterns: known, text, lengths, isPlain, at: 0 } }
  }
  if (patterns.has(template))
    return { learner: learnPatterns(text.text, layout), replay: undefined }
  patterns.set(template, undefined)
  return neither
}

const neither: RepeatedLoad = { learner: undefined, replay: undefined }

/**
 * Takes the record that begins here, and those that follow at once, as the patterns of its template
 * have them. Names, and values that references made, are checked as always.
 *
 * @param start of the statement
 * @returns nothing if there is no pattern for this place, or this load needs the usual way
 */
export function replayRecords(file: FileReading, start: number): Taken | undefined {
  const { replay } = file
  if (!replay || file.loading.isLost || file.waiting) return undefined
  let pattern = patternAt(replay, start)
  let last: RecordPattern | undefined
  while (pattern && isUsable(replay, pattern)) {
    const record = begin(file, pattern, replay)
    const stop = takeValues(file, { record, pattern, row: replay })
    if (stop >= 0) return { at: stop, opened: stop, record }
    last = pattern
    const next: RecordPattern | undefined = replay.patterns[++replay.at]
    pattern = next?.isNext ? next : undefined
  }
  if (!last) return undefined
  const at = last.end + (replay.lengths[last.endStep] ?? 0)
  return { at, opened: undefined, record: undefined }
}

function patternAt(replay: Replay, start: number): RecordPattern | undefined {
  const { patterns, lengths } = replay
  for (let pattern = patterns[replay.at]; pattern; pattern = patterns[++replay.at]) {
    const from = pattern.start + (lengths[pattern.step] ?? 0)
    if (from >= start) return from === start ? pattern : undefined
  }
  return undefined
}

function isUsable({ isPlain }: Replay, { slots }: RecordPattern): boolean {
  for (const slot of slots) if (!isPlain[slot]) return false
  return true
}

function begin(
  file: FileReading,
  pattern: RecordPattern,
  row: PatternRow,
): GrowingRecord | undefined {
  const { step, type, name: place, definition } = pattern
  const start = pattern.start + (row.lengths[step] ?? 0)
  const nameStart = startOfString(place, row)
  const nameEnd = endOfString(place, row)
  const { text } = row.text
  const name = text.slice(nameStart + 1, nameEnd - 1)
  const end = nameEnd + 1
  // biome-ignore format: one literal, as in `GrowingRecord`
  const plain = { in: row.text, start, end, name, type: type.value, definition }
  const isPlain = endOfPlainName(text, nameStart + 1) === nameEnd - 1
  return (
    (isPlain ? newPlainRecord(file.loading, plain) : undefined) ??
    beginRecord(file, {
      type: { value: type.value, start: start + type.start, end: start + type.end },
      name: { value: name, start: nameStart, end: nameEnd },
      ...{ start, end },
    })
  )
}

interface Taking {
  readonly record: GrowingRecord | undefined
  readonly pattern: RecordPattern
  readonly row: PatternRow
}

/** -1 if all values were taken, otherwise where the first other one, or the body, begins. */
function takeValues(file: FileReading, { record, pattern, row }: Taking): number {
  const body = endOfString(pattern.name, row) + pattern.body
  if (!record || record.definition !== pattern.definition) return body
  for (const value of pattern.made) {
    if (isGood(file, value, row)) continue
    record.addValuesBefore(value, pattern, row)
    const before = pattern.values[pattern.values.indexOf(value) - 1]
    return before ? endOfString(before, row) + 1 : body
  }
  record.addPattern(pattern, row)
  return -1
}

function isGood({ plain }: FileReading, pattern: StringPattern, row: PatternRow): boolean {
  const { known } = pattern
  if (!known || !plain) return false
  return plain.isGood(known, startOfString(pattern, row) + 1, endOfString(pattern, row) - 1)
}
