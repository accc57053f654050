import type { Database, LoadedField, LoadedRecord } from '../../database/records/types.ts'
import { type ProcessOption, processOption } from '../../database/values/links.ts'
import { choiceIndex } from '../../database/values/numbers.ts'
import { once } from '../../text/once.ts'
import { type Graph, graphOf } from './graph.ts'
import type { RecordLink } from './record-links.ts'
import { numbersOf } from './record-numbers.ts'

/** Which records process which others, by links inside one IOC. */
export interface ProcessGraph {
  add(link: RecordLink): void
  /** By the numbers of records; when all links are there. */
  graph(): Graph
  /** The record of a number. */
  record(number: number): LoadedRecord | undefined
}

/** Processing `from` processes `to`. */
export interface Step {
  readonly from: LoadedRecord
  readonly to: LoadedRecord
}

/** A graph without edges: they come with the links that process something. */
export function processGraph({ records }: Database): ProcessGraph {
  const from: number[] = []
  const to: number[] = []
  const byNumber = once(() => new Map([...records.values()].map((one) => [one.number, one])))
  return {
    add(link) {
      const step = stepOf(link)
      if (!step) return
      from.push(step.from.number)
      to.push(step.to.number)
    },
    graph: once(() => graphOf(numbersOf({ records }), { from, to })),
    record: (number) => byNumber().get(number),
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
  return !scan || scan.value === '' || hasScan(scan, 'Passive')
}

/** Whether SCAN has a choice, by its text or by its number, which is the same everywhere (dbScan.h). */
export function hasScan({ value }: LoadedField, wanted: (typeof fixedScans)[number]): boolean {
  return value === wanted || fixedScans[choiceIndex(value) ?? -1] === wanted
}

const fixedScans = ['Passive', 'Event', 'I/O Intr'] as const
