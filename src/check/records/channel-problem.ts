import type { Definitions, FieldDefinition, RecordType } from '../../database/definitions/types.ts'
import type { LoadedRecord } from '../../database/records/types.ts'
import type { ChannelName } from '../../database/values/channels.ts'
import { suggest } from '../../text/suggest.ts'
import { filterProblem } from './channel-filter.ts'

/** Why a channel of a record cannot be made. */
export interface ChannelProblem {
  readonly message: string
  /** The name that may be meant. */
  readonly hint?: string | undefined
}

/**
 * Looks for the field of a channel and whether it can be read with what stands behind it
 * (dbChannelCreate, dbChannelOpen). Nothing is said without definitions.
 */
export function channelProblem(
  record: LoadedRecord,
  channel: ChannelName,
  definitions: Definitions | undefined,
): ChannelProblem | undefined {
  if (!record.definition || !definitions) return undefined
  const field = record.definition.fields.get(channel.field)
  if (!field && !isAttribute(channel.field)) return unknownField(record, channel.field)
  const limited = field && accessProblem(field, channel)
  if (limited) return limited
  const message = channel.filter === '' ? undefined : filterProblem(channel.filter, definitions)
  return message === undefined ? undefined : { message }
}

/** Names that all record types have beside their fields: type and version of the record support. */
export function isAttribute(field: string): boolean {
  return field === 'RTYP' || field === 'VERS'
}

function unknownField(record: LoadedRecord, name: string): ChannelProblem {
  const best = record.definition && nearField(record.definition, name)
  return {
    message: `${record.type} records have no field ${name}`,
    hint: best && `${record.name}.${best}`,
  }
}

const nearFields = new WeakMap<RecordType, Map<string, string | undefined>>()

/** The search takes long, and a template repeats its mistakes. */
function nearField(type: RecordType, name: string): string | undefined {
  const known = nearFields.get(type) ?? new Map<string, string | undefined>()
  nearFields.set(type, known)
  if (known.has(name)) return known.get(name)
  const upper = name.toUpperCase()
  const best = type.fields.has(upper) ? upper : suggest(name, type.fields.keys())[0]
  if (known.size < 1000) known.set(name, best)
  return best
}

function accessProblem(
  { kind, special }: FieldDefinition,
  { field, isLongString }: ChannelName,
): ChannelProblem | undefined {
  // The record itself says what such a field holds.
  if (special === 'SPC_DBADDR') return undefined
  if (kind === 'DBF_NOACCESS') return { message: `${field} is internal to the record` }
  if (isLongString && kind !== 'DBF_STRING' && !kind.endsWith('LINK')) {
    return { message: `"$" is for strings and links, and ${field} is ${kind}` }
  }
  return undefined
}
