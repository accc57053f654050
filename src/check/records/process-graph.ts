import type { Database, LoadedRecord } from '../../database/records/types.ts'
import { type ProcessOption, processOption } from '../../database/values/links.ts'
import type { RecordLink } from './record-links.ts'
import { numbersOf } from './record-numbers.ts'
import type { Graph } from './rings.ts'

/** Which records process which others, by links inside one IOC. */
export interface ProcessGraph {
  readonly records: readonly LoadedRecord[]
  /** By the number of a record: the numbers of those that it processes. */
  readonly next: Graph
  add(link: RecordLink): void
}

/** Processing `from` processes `to`. */
export interface Step {
  readonly from: LoadedRecord
  readonly to: LoadedRecord
}

/** A graph without records: they come with the links that process something. */
export function processGraph(database: Database): ProcessGraph {
  // 0 for those that are not in the graph.
  const places = new Int32Array(numbersOf(database))
  const records: LoadedRecord[] = []
  const next: number[][] = []
  const numberOf = (record: LoadedRecord): number => {
    const known = places[record.number]
    if (known) return known - 1
    next.push([])
    const place = records.push(record)
    places[record.number] = place
    return place - 1
  }
  return {
    ...{ records, next },
    add(link) {
      const step = stepOf(link)
      if (step) next[numberOf(step.from)]?.push(numberOf(step.to))
    },
  }
}

/**
 * The step that a link makes: forward links and links with PP process their target if it is
 * passive, a put to PROC in any case (dbDbPutValue, dbScanPassive), an input link with CP processes
 * its own record when the other one changes.
 */
export function stepOf(one: RecordLink): Step | undefined {
  const { link, channel, target, record, definition } = one
  if (link.kind !== 'pv' || !channel || !target || !one.isLocal) return undefined
  const option = processOption(link.modifiers)
  const kind = definition.kind
  const isStep =
    option === 'CP' || option === 'CPP'
      ? kind === 'DBF_INLINK' && (option === 'CP' || isPassive(record))
      : option !== 'CA' && processes(one, target, option)
  if (!isStep || !target.definition?.fields.has(channel.field)) return undefined
  return option === 'CP' || option === 'CPP'
    ? { from: target, to: record }
    : { from: record, to: target }
}

function processes(
  { definition: { kind }, channel }: RecordLink,
  target: LoadedRecord,
  option: ProcessOption,
): boolean {
  if (kind === 'DBF_OUTLINK' && channel?.field === 'PROC') return true
  return (kind === 'DBF_FWDLINK' || option === 'PP') && isPassive(target)
}

/** SCAN is not given, or says so. */
export function isPassive(record: LoadedRecord): boolean {
  const scan = record.last('SCAN')
  return !scan || scan.value === 'Passive' || scan.value === ''
}
