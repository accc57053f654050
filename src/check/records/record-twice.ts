import type { LoadedRecord, LoadedText, Place } from '../../database/records/types.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import { originsOf } from '../../text/span.ts'
import type { CheckedIoc } from '../types.ts'
import { loadedAgain } from './loaded-again.ts'
import { placeSpan } from './place.ts'

/**
 * Records with a second statement. The IOC adds its fields to the record without a word, unless
 * dbRecordsOnceOnly is set. Said on purpose it is `record("*", ...)`; so is a template that
 * includes another one to change some of its records. A statement of another type is an error that
 * the database has already.
 */
export function* recordTwice({ database, repeats = [] }: CheckedIoc): Generator<Diagnostic> {
  for (const pair of pairsOf(database.records.values())) {
    if (pair.records.length > 3) yield reportAll(pair)
    else for (const one of pair.records) yield report(one)
  }
  if (repeats.length > 0) yield* loadedAgain(repeats, database)
}

interface Again {
  readonly record: LoadedRecord
  readonly place: Place
}

interface Pair {
  readonly records: Again[]
}

/** By the two texts that have the statements: a file loaded twice gives one for all its records. */
function pairsOf(records: Iterable<LoadedRecord>): Iterable<Pair> {
  const pairs: Pair[] = []
  const known = new Map<LoadedText, Map<LoadedText, Pair>>()
  for (const record of records) {
    for (const place of record.more) {
      if (!isOfSameType(record, place) || includes(place.in, record.in)) continue
      const others = known.get(record.in) ?? new Map<LoadedText, Pair>()
      known.set(record.in, others)
      const pair = others.get(place.in) ?? { records: [] }
      if (pair.records.length === 0) pairs.push(pair)
      others.set(place.in, pair)
      pair.records.push({ record, place })
    }
  }
  return pairs
}

/** False for `*` as well. */
function isOfSameType({ type }: LoadedRecord, { in: text, start }: Place): boolean {
  head.lastIndex = start
  const [, found = type] = head.exec(text.text) ?? []
  return found === type
}

/** The type is captured. */
const head = /g?record\s*\(\s*"?([^",\s]*)"?\s*,/y

/** Whether the first text is one that the second one includes. */
function includes(outer: LoadedText, inner: LoadedText): boolean {
  if (!inner.from || inner === outer) return false
  const { from } = inner
  if (from.at.source === outer.source) return true
  for (const { at } of originsOf(from.at)) if (at.source === outer.source) return true
  return false
}

function report({ record, place }: Again): Diagnostic {
  return diagnostic(
    'RECORD_TWICE',
    `record "${record.name}" is there already: the fields here are added to it`,
    {
      at: placeSpan(place),
      notes: [{ message: 'first here', at: placeSpan(record) }],
      hint: `if this is wanted: record("*", "${record.name}")`,
    },
  )
}

function reportAll({ records }: Pair): Diagnostic {
  const [first] = records
  const at = first && placeSpan(first.place)
  const file = at?.source.name
  const names = [...new Set(records.slice(0, 100).map(({ record }) => `"${record.name}"`))]
  const such = `such as ${names.slice(0, 3).join(', ')}`
  const isSame = first?.record.in.source === first?.place.in.source
  const isLoadedAgain = isSame && first?.record.start === first?.place.start
  const message = isLoadedAgain
    ? `${file} is loaded again: its ${records.length} records, ${such}, are there already`
    : `${records.length} records of ${file}, ${such}, are there already`
  return diagnostic('RECORD_TWICE', message, {
    at,
    notes: first ? [{ message: 'first here', at: placeSpan(first.record) }] : [],
    hint: isLoadedAgain
      ? 'remove one of the loads, or give it other macros'
      : 'give them other names',
  })
}
