import type { Database } from '../../database/records/types.ts'
import { readChannelName } from '../../database/values/channels.ts'
import { linkModifiers, processOption } from '../../database/values/links.ts'
import { type Diagnostic, diagnostic, type TextEdit } from '../../text/diagnostic.ts'
import { nearWordFix } from '../../text/fix.ts'
import type { Span } from '../../text/span.ts'
import type { CheckedIoc } from '../types.ts'
import { jsonTargets } from './json-targets.ts'
import { type NameIndex, prefixOf } from './name-index.ts'
import { placeSpan } from './place.ts'
import { findAmong, type RecordLink } from './record-links.ts'

/** What the links of all IOCs are compared with; made when it is first needed. */
export interface LinkSite {
  readonly databases: readonly Database[]
  readonly index: () => NameIndex
  /** Groups of QSRV, which links over pvAccess may name. */
  readonly groups: () => ReadonlySet<string>
}

/** Links without a target, one for each name. */
export interface MissingTargets {
  /** A link that has no target among the records, of any kind. */
  add(link: RecordLink): void
  report(): Iterable<Diagnostic>
}

/**
 * Links to records that no checked IOC has. Links to other IOCs are normal: these are information.
 * A name that is nearly that of a record, or begins as those of an IOC do, is a mistake.
 */
export function missingTargets(ioc: CheckedIoc, site: LinkSite): MissingTargets {
  const missing = new Map<string, Missing>()
  return {
    add(link) {
      for (const name of targetsOf(link)) {
        if (link.link.kind !== 'json' || !isKnown(name, site)) note(missing, name, link)
      }
    },
    *report() {
      if (missing.size === 0) return
      const index = site.index()
      const isComplete = !lacksRecords(ioc)
      for (const one of missing.values()) yield* report(one, { index, isComplete })
    },
  }
}

interface Missing {
  readonly name: string
  readonly first: RecordLink
  /** All links to it have the modifier CA: it is known to be elsewhere. */
  isForced: boolean
  count: number
}

function targetsOf({ link, channel }: RecordLink): readonly string[] {
  if (channel) return [channel.record]
  if (link.kind !== 'json') return []
  return jsonTargets(link.text).map((one) => readChannelName(one).record)
}

function isKnown(name: string, { databases, groups }: LinkSite): boolean {
  return findAmong(databases, name) !== undefined || groups().has(name)
}

function note(missing: Map<string, Missing>, name: string, first: RecordLink): void {
  const { link } = first
  const isForced = link.kind === 'pv' && processOption(link.modifiers) === 'CA'
  const known = missing.get(name)
  if (!known) missing.set(name, { name, first, isForced, count: 1 })
  else {
    known.count++
    known.isForced &&= isForced
  }
}

interface Context {
  readonly index: NameIndex
  /** All databases of the IOC are known. */
  readonly isComplete: boolean
}

function* report(missing: Missing, { index, isComplete }: Context): Generator<Diagnostic> {
  const { name, first, isForced, count } = missing
  const near = isForced ? [] : index.near(name)
  const isOwn = near.length > 0 || (!isForced && isComplete && belongs(name, index))
  const { field, record } = first
  const others = count > 1 ? [{ message: `${count - 1} more links to it` }] : []
  const at = placeSpan(field)
  if (!isOwn) {
    const message = `${field.name} of "${record.name}" is a link to "${name}", which no checked IOC has`
    yield diagnostic('LINK_ELSEWHERE', message, {
      at,
      notes: others,
      // A macro without a value in front of it: the first word is the name, whatever it is.
      ...(linkModifiers.has(name) && { hint: `write the name of the record in front of ${name}` }),
    })
    return
  }
  yield diagnostic(
    'LINK_RECORD',
    `${field.name} of "${record.name}" is a link to "${name}", but there is no such record`,
    { at, notes: others, hint: hintFor(name, near), fixes: fixOf(name, near, at) },
  )
}

/** The name stands at the beginning of the link, unless macros made it. */
function fixOf(name: string, near: readonly string[], { source, start, end }: Span): TextEdit[] {
  const [, before = ''] = /^(["']?\s*)/.exec(source.text.slice(start, end)) ?? []
  const first = start + before.length
  const last = first + name.length
  if (/[\w:-]/.test(source.text.charAt(last)) || last > end) return []
  return nearWordFix(name, near, { source, start: first, end: last })
}

function hintFor(name: string, near: readonly string[]): string {
  if (near.length > 0) return `did you mean ${near.map((one) => `"${one}"`).join(' or ')}?`
  return `records "${prefixOf(name)}..." are in what is checked; if it is in another IOC, check that one, too`
}

/** A database was not found, or a line that loads one is skipped: what is missing may be in it. */
export function lacksRecords({ outcome }: CheckedIoc): boolean {
  if (!outcome) return false
  const { assumed, events } = outcome
  return (
    assumed.hasRecords ||
    events.some(
      (event) =>
        event.kind === 'load' &&
        (event.file.kind === 'database' || event.file.kind === 'substitutions') &&
        event.file.path === undefined,
    )
  )
}

/** Whether its prefix is that of a device of the IOC: at least two parts, and not of one record. */
export function belongs(name: string, index: NameIndex): boolean {
  const prefix = prefixOf(name)
  return (prefix.match(/[:}]/g)?.length ?? 0) >= 2 && index.siblings(name) >= 2
}
