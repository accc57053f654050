import { didYouMean } from '../../text/suggest.ts'
import { type Statement, valueExtent } from '../statements.ts'
import type { Context } from './define.ts'
import { report } from './reading.ts'
import { differenceOfDevices, redefinition } from './redefinition.ts'
import type { DeviceDefinition } from './types.ts'

/** Adds a `device` statement to its record type, which must be there (dbLexRoutines.c, dbDevice). */
export function defineDevice({ set, reading, file }: Context, statement: Statement): void {
  const { text } = file.text
  const [recordType = '', linkType = '', support = '', choice = ''] = statement.values
  const at = file.text.spanOf(statement.start, statement.end)
  const again: DeviceDefinition = { recordType, linkType, support, choice, at }
  const owner = set.recordTypes.get(recordType)
  if (!linkTypes.has(linkType)) {
    const message = `${JSON.stringify(linkType)} is no link type: the device "${choice}" is left out`
    const hint = didYouMean(linkType, linkTypes) ?? `use one of ${[...linkTypes].join(', ')}`
    const extent = valueExtent(text, statement, 1)
    report(reading, file.text, { code: 'DBD_VALUE', message, hint, ...extent })
  } else if (!owner) {
    const message = `the device "${choice}" is for record type ${recordType}, which is not defined in front of it`
    const hint =
      didYouMean(recordType, set.recordTypes.keys()) ?? `include "${recordType}Record.dbd"`
    const extent = valueExtent(text, statement, 0)
    report(reading, file.text, { code: 'DBD_RECORD_TYPE_UNKNOWN', message, hint, ...extent })
  } else {
    const before = owner.devices.get(choice)
    if (!before) owner.devices.set(choice, again)
    const what = `device "${choice}" of record type ${recordType}`
    const found = before && redefinition({ what, before, again }, differenceOfDevices)
    if (found) report(reading, file.text, found)
  }
}

/** link.h: pamaplinkType */
const linkTypes: ReadonlySet<string> = new Set([
  'CONSTANT',
  'PV_LINK',
  'VME_IO',
  'CAMAC_IO',
  'AB_IO',
  'GPIB_IO',
  'BITBUS_IO',
  'MACRO_LINK',
  'JSON_LINK',
  'PN_LINK',
  'DB_LINK',
  'CA_LINK',
  'INST_IO',
  'BBGPIB_IO',
  'RF_IO',
  'VXI_IO',
])
