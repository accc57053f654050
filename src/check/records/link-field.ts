import type { LoadedRecord } from '../../database/records/types.ts'
import type { ChannelName } from '../../database/values/channels.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import { type ChannelProblem, channelProblem, isAttribute } from './channel-problem.ts'
import type { LinkRule } from './link-rule.ts'
import { placeSpan } from './place.ts'
import type { RecordLink } from './record-links.ts'

/**
 * Links to fields that the target does not have, that cannot be read or written, or with a filter
 * that fails. The IOC makes a Channel Access link of it, which never connects (dbInitLink,
 * dbChannelCreate), or fails each time the record is processed (dbPut: SPC_NOMOD).
 */
export const linkField: LinkRule = (one, { definitions }) => {
  const { channel, target, definition, link } = one
  // What a forward link names behind the record matters for Channel Access only, see linkForward.
  if (!channel || !target || link.kind !== 'pv' || definition.kind === 'DBF_FWDLINK')
    return undefined
  if (channel.record.length === link.target.length || isTimeOf(one, channel)) return undefined
  const problem = channelProblem(target, channel, definitions) ?? writeProblem(one, target, channel)
  return problem && report(one, target, problem)
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
