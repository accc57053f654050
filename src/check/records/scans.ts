import type { LoadedField, LoadedRecord } from '../../database/records/types.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import { createFindingList } from '../../text/finding-list.ts'
import type { CheckedIoc } from '../types.ts'
import { deviceFor, lacksDtyp } from './link-device.ts'
import { placeSpan } from './place.ts'
import { hasScan } from './process-graph.ts'
import { isWritten } from './record-links.ts'

/** Records that wait for something that cannot come; those of one place in a template are one. */
export function* scans({ database }: CheckedIoc): Generator<Diagnostic> {
  const list = createFindingList({ isOnePerPlace: true })
  for (const record of database.records.values()) {
    const scan = record.definition && record.last('SCAN')
    if (!scan) continue
    const found = waitsFor(record, scan)
    if (found) list.add(found)
  }
  yield* list.take()
}

function waitsFor(record: LoadedRecord, scan: LoadedField): Diagnostic | undefined {
  if (hasScan(scan, 'I/O Intr')) return interrupt(record, scan)
  return hasScan(scan, 'Event') ? event(record, scan) : undefined
}

/**
 * Device support of base; none of it has interrupts (`get_ioint_info`). That of modules cannot be
 * known from dbd files.
 */
const withoutInterrupts =
  /^dev(?:(?:Aa[io]|A[io]|B[io]|Calcout|Event|Histogram|I64(?:in|out)|L[io]|Ls[io]|Mbb[io](?:Direct)?|Printf|SA|S[io]|Wf)(?:Soft(?:Raw|Callback)?|GeneralTime|Environ|Stdio|DbState)|Timestamp[AS]I|LoPDBUTag|WfPDBDemo(?:Repeat)?)$/

/** `scanAdd: I/O Intr not valid (no get_ioint_info)` or `(no DSET)`: the record becomes passive. */
function interrupt(record: LoadedRecord, scan: LoadedField): Diagnostic | undefined {
  const devices = record.definition?.devices
  if (!devices) return undefined
  const dtyp = record.last('DTYP')
  const device = deviceFor(record)
  if (devices.size > 0 && (!device || !withoutInterrupts.test(device.support))) return undefined
  if (lacksDtyp(record)) return undefined
  const why = device
    ? `device support "${device.choice}" of ${record.type} has no interrupts`
    : `${record.type} records have no device support`
  return diagnostic('SCAN_INTERRUPT', `"${record.name}" has SCAN "I/O Intr", but ${why}`, {
    at: placeSpan(scan),
    notes: dtyp ? [{ message: 'DTYP is given here', at: placeSpan(dtyp) }] : [],
    hint: device && !dtyp ? 'DTYP is missing, or SCAN is to be "Passive"' : 'use another SCAN',
  })
}

/** The numbers 1 to 255 and names are events, an empty name and 0 are none (dbScan.c: post_event). */
function event(record: LoadedRecord, scan: LoadedField): Diagnostic | undefined {
  const name = record.last('EVNT')
  if (!name && isWritten(record, 'EVNT')) return undefined
  if (name && name.value.trim() !== '' && !/^\s*0+(?:\.0*)?\s*$/.test(name.value)) return undefined
  const message = `"${record.name}" has SCAN "Event", but no event in EVNT: nothing processes it`
  return diagnostic('SCAN_EVENT', message, {
    at: placeSpan(name ?? scan),
    hint: 'field(EVNT, "name of the event")',
  })
}
