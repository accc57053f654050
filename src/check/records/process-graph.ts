import type { Database, LoadedRecord } from '../../database/records/types.ts'
import { readChannelName } from '../../database/values/channels.ts'
import { type ProcessOption, processOption } from '../../database/values/links.ts'
import { finalValue, findRecord, linksOfRecord, type RecordLink } from './record-links.ts'

/** Which records process which others, by links inside one IOC. */
export interface ProcessGraph {
  readonly records: readonly LoadedRecord[]
  /** By the number of a record: the numbers of those that it processes. */
  readonly next: readonly (readonly number[])[]
}

/** The link because of which processing `from` processes `to`. */
export interface Step {
  readonly from: LoadedRecord
  readonly to: LoadedRecord
  readonly link: RecordLink
}

export function processGraph(database: Database): ProcessGraph {
  const records = [...database.records.values()]
  const numbers = new Map(records.map((record, number) => [record, number]))
  const next: (number[] | undefined)[] = records.map(() => undefined)
  for (const record of records) {
    for (const { from, to } of stepsOf(database, record)) {
      const [source, target] = [numbers.get(from), numbers.get(to)]
      if (source === undefined || target === undefined) continue
      const known = next[source]
      if (known) known.push(target)
      else next[source] = [target]
    }
  }
  return { records, next: next.map((one) => one ?? none) }
}

const none: readonly number[] = []

/**
 * The steps that the links of a record make: forward links and links with PP process their target
 * if it is passive, a put to PROC in any case (dbDbPutValue, dbScanPassive), an input link with CP
 * processes its own record when the other one changes.
 */
export function* stepsOf(database: Database, record: LoadedRecord): Generator<Step> {
  for (const one of linksOfRecord(record)) {
    const { link, definition } = one
    if (link.kind !== 'pv') continue
    const { record: name, field } = readChannelName(link.target)
    const target = findRecord(database, name)
    if (!target?.definition?.fields.has(field)) continue
    const option = processOption(link.modifiers)
    if (option === 'CP' || option === 'CPP') {
      const follows = definition.kind === 'DBF_INLINK' && (option === 'CP' || isPassive(record))
      if (follows) yield { from: target, to: record, link: one }
    } else if (option !== 'CA' && processes(one, { target, field, option })) {
      yield { from: record, to: target, link: one }
    }
  }
}

interface Target {
  readonly target: LoadedRecord
  readonly field: string
  readonly option: ProcessOption
}

function processes(
  { definition: { kind } }: RecordLink,
  { target, field, option }: Target,
): boolean {
  if (kind === 'DBF_OUTLINK' && field === 'PROC') return true
  return (kind === 'DBF_FWDLINK' || option === 'PP') && isPassive(target)
}

function isPassive(record: LoadedRecord): boolean {
  const scan = finalValue(record, 'SCAN')
  return !scan || scan.value === 'Passive' || scan.value === ''
}
