import type { LoadedRecord, Place } from '../../database/records/types.ts'
import type { Code } from '../../text/codes.ts'
import { type Diagnostic, diagnostic, type Note } from '../../text/diagnostic.ts'
import type { Source } from '../../text/source.ts'
import { placeSpan } from '../records/place.ts'

/** Whether the rules of a site are for the file of this name. */
export type IsOurs = (sourceName: string) => boolean

/** Something that a record does not do as the site wants. */
export interface Breach {
  readonly code: Code
  readonly message: string
  readonly place: Place
  /** What is broken, the same for all records of one place: the name of the field. */
  readonly what: string
  /** The name by which others are listed. */
  readonly name: string
  readonly notes?: readonly Note[] | undefined
  readonly hint?: string | undefined
}

/**
 * One diagnostic a place: a template that is loaded a hundred times breaks a rule once, with the
 * names of the other records in a note.
 */
export function* byPlace(breaches: Iterable<Breach>): Generator<Diagnostic> {
  const groups = new Map<Source, Map<string, { first: Breach; names: string[]; count: number }>>()
  for (const breach of breaches) {
    const { place, what, name } = breach
    const { source, start } = placeSpan(place)
    const ofSource = groups.get(source) ?? new Map()
    groups.set(source, ofSource)
    const key = `${start} ${what}`
    const group = ofSource.get(key)
    if (!group) ofSource.set(key, { first: breach, names: [], count: 0 })
    else if (group.count++ < 3) group.names.push(name)
  }
  for (const ofSource of groups.values()) {
    for (const { first, names, count } of ofSource.values()) yield report(first, names, count)
  }
}

function report(breach: Breach, names: readonly string[], count: number): Diagnostic {
  const { code, message, place, notes = [], hint } = breach
  const rest = count > names.length ? ` and ${count - names.length} more` : ''
  const others = count > 0 ? [{ message: `the same for ${names.join(', ')}${rest}` }] : []
  return diagnostic(code, message, { at: placeSpan(place), notes: [...notes, ...others], hint })
}

/** A record is the site's if it is written in one of its files. */
export function* ours(records: Iterable<LoadedRecord>, isOurs: IsOurs): Generator<LoadedRecord> {
  const known = new Map<Source, boolean>()
  for (const record of records) {
    const { source } = record.in
    const isIt = known.get(source) ?? isOurs(source.name)
    known.set(source, isIt)
    if (isIt) yield record
  }
}

/** The name within the head `record(ai, "name")` or `alias("other", "name")`. */
export function namePlace({
  name,
  in: text,
  start,
  end,
}: Place & { readonly name: string }): Place {
  const at = text.text.slice(start, end).lastIndexOf(name)
  if (at < 0 || name === '') return { in: text, start, end }
  return { in: text, start: start + at, end: start + at + name.length }
}
