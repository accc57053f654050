import { processOption } from '../../database/values/links.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import type { LinkRule } from './link-rule.ts'
import { placeSpan } from './place.ts'
import type { RecordLink } from './record-links.ts'

/**
 * Forward links over Channel Access that do not name PROC: they put a 1 into another field. The IOC
 * says `Forward-link uses Channel Access without pointing to PROC field` (dbInitLink). Links to a
 * record of the same IOC process it, whatever field they name.
 */
export const linkForward: LinkRule = (one) => {
  const { link, channel, definition } = one
  if (definition.kind !== 'DBF_FWDLINK' || link.kind !== 'pv' || !channel) return undefined
  const { record, field } = channel
  if (field === 'PROC' && link.target !== record) return undefined
  const isThere = one.isLocal && (one.target?.definition?.fields.has(field) ?? true)
  if (isThere && processOption(link.modifiers) !== 'CA') return undefined
  return report(one, { record, isForced: isThere })
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
