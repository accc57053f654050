import { readChannelName } from '../../database/values/channels.ts'
import { processOption } from '../../database/values/links.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import { once } from '../../text/once.ts'
import type { CheckedIoc } from '../types.ts'
import { groupsOf } from './groups.ts'
import { jsonTargets } from './json-targets.ts'
import { type NameIndex, nameIndex, prefixOf } from './name-index.ts'
import { placeSpan } from './place.ts'
import { findRecord, linksOf, type RecordLink } from './record-links.ts'

/**
 * Links to records that no checked IOC has. Links to other IOCs are normal: these are information.
 * A name that is nearly that of a record, or begins as those of an IOC do, is a mistake.
 */
export function* linkTargets(iocs: readonly CheckedIoc[]): Generator<Diagnostic> {
  const index = once(() => nameIndex(iocs.map(({ database }) => database)))
  const groups = once(() => new Set(iocs.flatMap((ioc) => [...groupsOf(ioc).groups.keys()])))
  for (const ioc of iocs) {
    for (const missing of missingOf(ioc, iocs, groups)) yield* report(missing, index())
  }
}

interface Missing {
  readonly ioc: CheckedIoc
  readonly name: string
  readonly first: RecordLink
  /** All links to it have the modifier CA: it is known to be elsewhere. */
  isForced: boolean
  count: number
}

/** One for each name, in the order in which they come. */
function missingOf(
  ioc: CheckedIoc,
  iocs: readonly CheckedIoc[],
  groups: () => ReadonlySet<string>,
): Iterable<Missing> {
  const missing = new Map<string, Missing>()
  for (const one of linksOf(ioc.database)) {
    for (const name of targetsOf(one)) {
      if (isThere(name, ioc, iocs)) continue
      if (one.link.kind === 'json' && groups().has(name)) continue
      const isForced = one.link.kind === 'pv' && processOption(one.link.modifiers) === 'CA'
      const known = missing.get(name)
      if (!known) missing.set(name, { ioc, name, first: one, isForced, count: 1 })
      else {
        known.count++
        known.isForced &&= isForced
      }
    }
  }
  return missing.values()
}

function targetsOf({ link }: RecordLink): readonly string[] {
  if (link.kind === 'pv') return [readChannelName(link.target).record]
  if (link.kind === 'json') return jsonTargets(link.text).map((one) => readChannelName(one).record)
  return []
}

function isThere(name: string, ioc: CheckedIoc, iocs: readonly CheckedIoc[]): boolean {
  if (findRecord(ioc.database, name)) return true
  return iocs.length > 1 && iocs.some((other) => findRecord(other.database, name) !== undefined)
}

function* report(missing: Missing, index: NameIndex): Generator<Diagnostic> {
  const { ioc, name, first, isForced, count } = missing
  const near = isForced ? [] : index.near(name)
  const isOwn = near.length > 0 || (!isForced && belongs(name, index))
  // Files that no script loads are a part of an IOC: the rest may have the record.
  if (!isOwn && !ioc.outcome) return
  const { field, record } = first
  const others = count > 1 ? [{ message: `${count - 1} more links to it` }] : []
  const at = placeSpan(field)
  if (!isOwn) {
    const message = `${field.name} of "${record.name}" is a link to "${name}", which no checked IOC has`
    yield diagnostic('LINK_ELSEWHERE', message, { at, notes: others })
    return
  }
  yield diagnostic(
    'LINK_RECORD',
    `${field.name} of "${record.name}" is a link to "${name}", but there is no such record`,
    { at, notes: others, hint: hintFor(name, near) },
  )
}

function hintFor(name: string, near: readonly string[]): string {
  if (near.length > 0) return `did you mean ${near.map((one) => `"${one}"`).join(' or ')}?`
  return `records "${prefixOf(name)}..." are in this IOC; if it is in another one, check both together`
}

/** Whether its prefix is that of a device of the IOC: at least two parts, and not of one record. */
function belongs(name: string, index: NameIndex): boolean {
  const prefix = prefixOf(name)
  return (prefix.match(/[:}]/g)?.length ?? 0) >= 2 && index.siblings(name) >= 2
}
