import type { LoadedRecord } from '../../database/records/types.ts'
import { readChannelName } from '../../database/values/channels.ts'
import { type PvLink, processOption } from '../../database/values/links.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import type { CheckedIoc } from '../types.ts'
import { placeSpan } from './place.ts'
import { findRecord, linksOf, type RecordLink } from './record-links.ts'

/**
 * Forward links over Channel Access that do not name PROC: they put a 1 into another field. The IOC
 * says `Forward-link uses Channel Access without pointing to PROC field` (dbInitLink). Links to a
 * record of the same IOC process it, whatever field they name.
 */
export function* linkForward({ database, definitions }: CheckedIoc): Generator<Diagnostic> {
  if (!definitions) return
  for (const one of linksOf(database)) {
    if (one.definition.kind !== 'DBF_FWDLINK' || one.link.kind !== 'pv') continue
    const { link } = one
    const { record, field } = readChannelName(link.target)
    const target = findRecord(database, record)
    if (field === 'PROC' && link.target.includes('.')) continue
    if (target && isDatabaseLink(target, field, link)) continue
    yield report(one, { record, isForced: target !== undefined && isThere(target, field) })
  }
}

function isDatabaseLink(target: LoadedRecord, field: string, link: PvLink): boolean {
  return processOption(link.modifiers) !== 'CA' && isThere(target, field)
}

/** Fields of unknown types are taken to be there. */
function isThere({ definition }: LoadedRecord, field: string): boolean {
  return definition?.fields.has(field) ?? true
}

function report(
  { record, field }: RecordLink,
  { record: name, isForced }: { readonly record: string; readonly isForced: boolean },
): Diagnostic {
  const why = isForced ? 'has the modifier CA' : 'leaves the IOC'
  return diagnostic(
    'LINK_FORWARD',
    `${field.name} of "${record.name}" ${why}, but does not end in .PROC: it processes nothing there`,
    { at: placeSpan(field), hint: `"${name}.PROC${isForced ? ' CA' : ''}"` },
  )
}
