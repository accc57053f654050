import type { LoadedRecord } from '../../database/records/types.ts'
import { type ChannelName, readChannelName } from '../../database/values/channels.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import type { CheckedIoc } from '../types.ts'
import { type ChannelProblem, channelProblem, isAttribute } from './channel-problem.ts'
import { placeSpan } from './place.ts'
import { findRecord, linksOf, type RecordLink } from './record-links.ts'

/**
 * Links to fields that the target does not have, that cannot be read or written, or with a filter
 * that fails. The IOC makes a Channel Access link of it, which never connects (dbInitLink,
 * dbChannelCreate), or fails each time the record is processed (dbPut: SPC_NOMOD).
 */
export function* linkFields(iocs: readonly CheckedIoc[]): Generator<Diagnostic> {
  for (const ioc of iocs) {
    for (const one of linksOf(ioc.database)) {
      // What a forward link names behind the record matters for Channel Access only, see linkForward.
      if (one.link.kind !== 'pv' || one.definition.kind === 'DBF_FWDLINK') continue
      if (!one.link.target.includes('.')) continue
      const channel = readChannelName(one.link.target)
      const target = findIn(iocs, ioc, channel.record)
      if (!target || isTimeOf(one, channel)) continue
      const problem = channelProblem(target, channel, ioc.definitions)
      const found = problem ?? writeProblem(one, target, channel)
      if (found) yield report(one, target, found)
    }
  }
}

function findIn(
  iocs: readonly CheckedIoc[],
  own: CheckedIoc,
  name: string,
): LoadedRecord | undefined {
  const found = findRecord(own.database, name)
  if (found || iocs.length === 1) return found
  for (const { database } of iocs) {
    const other = findRecord(database, name)
    if (other) return other
  }
  return undefined
}

function writeProblem(
  { definition }: RecordLink,
  target: LoadedRecord,
  { field }: ChannelName,
): ChannelProblem | undefined {
  if (definition.kind !== 'DBF_OUTLINK' || !target.definition) return undefined
  const isFixed = target.definition.fields.get(field)?.special === 'SPC_NOMOD'
  return isFixed || isAttribute(field) ? { message: `${field} cannot be written` } : undefined
}

/** `TSEL` takes the time stamp of the record that its link names (recGblGetTimeStamp). */
function isTimeOf({ field }: RecordLink, channel: ChannelName): boolean {
  return field.name === 'TSEL' && channel.field === 'TIME'
}

function report(
  { record, field, link }: RecordLink,
  target: LoadedRecord,
  { message, hint }: ChannelProblem,
): Diagnostic {
  const written = link.kind === 'pv' ? link.target : ''
  return diagnostic(
    'LINK_FIELD',
    `${field.name} of "${record.name}" is a link to "${written}", but ${message}`,
    {
      at: placeSpan(field),
      notes: [{ message: `"${target.name}" is of type ${target.type}`, at: placeSpan(target) }],
      hint: hint && `did you mean "${hint}"?`,
    },
  )
}
