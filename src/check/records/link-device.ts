import type { DeviceDefinition } from '../../database/definitions/types.ts'
import type { LoadedRecord } from '../../database/records/types.ts'
import type { Link } from '../../database/values/links.ts'
import { choiceIndex } from '../../database/values/numbers.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import type { LinkRule } from './link-rule.ts'
import { placeSpan } from './place.ts'
import { isWritten, type RecordLink } from './record-links.ts'

/**
 * A link whose form the device support of its record does not take: `can't initialize link type`
 * at iocInit (dbInitRecordLinks, dbCanSetLink of dbStaticLib). Addresses of no known form are
 * reported when the database is loaded.
 */
export const linkDevice: LinkRule = (one) => {
  const device = deviceOf(one)
  if (device === 'unknown' || fits(one.link, device?.linkType ?? 'CONSTANT')) return undefined
  return device && lacksDtyp(one.record) ? undefined : report(one, device)
}

/** A DTYP that the IOC does not know is reported, and leaves the record without one. */
export function lacksDtyp(record: LoadedRecord): boolean {
  return !record.last('DTYP') && isWritten(record, 'DTYP')
}

/**
 * Whether a link of the record has to be looked at: most are names of PVs for device support that
 * takes them, which is seen at once.
 */
export function mayMisfit(record: LoadedRecord): boolean {
  const devices = record.definition?.devices
  if (!devices) return false
  for (const name of deviceFields) {
    const value = record.last(name)?.value
    if (value === undefined) continue
    const first = value.charCodeAt(0) | 0x20
    if (!(first >= 0x61 && first <= 0x7a)) return true
    const device = deviceFor(record)
    if (device && device.linkType !== 'CONSTANT') return true
  }
  return false
}

const deviceFields = ['INP', 'OUT']

/** The device support that DTYP names, or its number; without DTYP the first one of the record type. */
export function deviceFor(record: LoadedRecord): DeviceDefinition | undefined {
  const devices = record.definition?.devices
  const dtyp = record.last('DTYP')
  const value = dtyp?.value || '0'
  return devices?.get(value) ?? [...(devices?.values() ?? [])][choiceIndex(value) ?? -1]
}

/** The device support that a link is for; nothing for links that belong to the record itself. */
function deviceOf({ record, definition }: RecordLink): DeviceDefinition | 'unknown' | undefined {
  if (!deviceFields.includes(definition.name)) return undefined
  const devices = record.definition?.devices
  if (!devices || devices.size === 0) return undefined
  return deviceFor(record) ?? 'unknown'
}

function fits(link: Link, linkType: string): boolean {
  if (linkType === 'CONSTANT' || linkType === 'PV_LINK')
    return link.kind !== 'address' || !link.linkType
  if (linkType === 'JSON_LINK') return link.kind === 'json' || link.kind === 'empty'
  if (!(linkType in forms)) return true
  return link.kind === 'address' && (link.linkType === undefined || link.linkType === linkType)
}

/** What addresses look like, for messages. */
const forms: Readonly<Record<string, string>> = {
  INST_IO: '@...',
  VME_IO: '#C0 S0 @...',
  CAMAC_IO: '#B0 C0 N0 A0 F0 @...',
  RF_IO: '#R0 M0 D0 E0',
  AB_IO: '#L0 A0 C0 S0 @...',
  GPIB_IO: '#L0 A0 @...',
  BITBUS_IO: '#L0 N0 P0 S0 @...',
  BBGPIB_IO: '#L0 B0 G0 @...',
  VXI_IO: '#V0 C0 S0 @...',
}

function report(one: RecordLink, device: DeviceDefinition | undefined): Diagnostic {
  const { record, field } = one
  const { name, value } = field
  const written = one.link.kind === 'address' ? `the address "${value}"` : `"${value}"`
  const taker = device ? `device support "${device.choice}" of ${record.type}` : `this field`
  const form = forms[device?.linkType ?? ''] ?? 'a constant or the name of a PV'
  return diagnostic(
    'LINK_DEVICE',
    `${name} of "${record.name}" is ${written}, but ${taker} takes ${form}`,
    { at: placeSpan(field), hint: hintFor(one, device) },
  )
}

/** Device supports of the record type that take what is written, if the support may be wrong. */
function hintFor(
  { record, link, field }: RecordLink,
  device: DeviceDefinition | undefined,
): string {
  if (!device) return `a link to a record: field(${field.name}, "<record>.<field>")`
  const others = [...(record.definition?.devices.values() ?? [])]
    .filter(({ linkType, choice }) => choice !== device.choice && fits(link, linkType))
    .map(({ choice }) => `field(DTYP, "${choice}")`)
  if (others.length === 0) {
    return link.kind === 'address'
      ? `no device support of ${record.type} takes this address here: require the module that has it`
      : `field(${field.name}, "${forms[device.linkType] ?? '<record>.<field>'}")`
  }
  const shown = others.slice(0, 5).join(', ')
  return `DTYP for such a value: ${shown}${others.length > 5 ? ', ...' : ''}`
}
