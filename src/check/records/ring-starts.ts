import type { LoadedRecord } from '../../database/records/types.ts'
import { processOption } from '../../database/values/links.ts'
import type { Note } from '../../text/diagnostic.ts'
import { allNextOf } from './graph.ts'
import { placeSpan } from './place.ts'
import { isPassive, type ProcessGraph, type Step, stepOf } from './process-graph.ts'
import { type LinkScope, linksOfRecord } from './record-links.ts'

/** What makes the first record of a ring process; a note, as a ring at rest does no harm. */
export function startNote(
  ring: readonly LoadedRecord[],
  outside: Step | undefined,
  scope: LinkScope,
): Note {
  for (const record of ring) {
    const own = ownStart(record)
    if (own) return own
  }
  if (outside) {
    const { from, to } = outside
    return {
      message: `"${from.name}", which is not in the ring, starts it: it processes "${to.name}"`,
    }
  }
  for (const record of ring) {
    const first = subscribed(record, scope)
    if (first) return first
  }
  return {
    message:
      'nothing in this IOC starts it: no SCAN, no PINI, no link from outside; a client may do so',
  }
}

/** By the number of a ring: the first step into it from outside. */
export function startersOf(
  steps: ProcessGraph,
  rings: readonly (readonly number[])[],
): ReadonlyMap<number, Step> {
  const starters = new Map<number, Step>()
  if (rings.length === 0) return starters
  const ringOf = new Map(rings.flatMap((ring, index) => ring.map((one) => [one, index] as const)))
  const graph = steps.graph()
  for (let number = 0; number < graph.size; number++) {
    for (const target of allNextOf(graph, number)) {
      const ring = ringOf.get(target)
      if (ring === undefined || ring === ringOf.get(number) || starters.has(ring)) continue
      const [from, to] = [steps.record(number), steps.record(target)]
      if (from && to) starters.set(ring, { from, to })
    }
  }
  return starters
}

function ownStart(record: LoadedRecord): Note | undefined {
  const scan = record.last('SCAN')
  if (scan && !isPassive(record)) {
    const message = `SCAN of "${record.name}" starts it: "${scan.value}"`
    return { message, at: placeSpan(scan) }
  }
  const pini = record.last('PINI')
  if (!pini || /^(?:NO|0|PAUSED?|)$/.test(pini.value.trim())) return undefined
  return { message: `PINI of "${record.name}" starts it`, at: placeSpan(pini) }
}

/** dbCa.c: the first value of a link with CP comes when it is connected, and processes the record. */
function subscribed(record: LoadedRecord, scope: LinkScope): Note | undefined {
  for (const one of linksOfRecord(record, scope)) {
    const { link, field } = one
    if (link.kind !== 'pv' || !stepOf(one)) continue
    const option = processOption(link.modifiers)
    if (option !== 'CP' && option !== 'CPP') continue
    const message = `${option} in ${field.name} of "${record.name}" starts it, once iocInit has connected the link`
    return { message, at: placeSpan(field) }
  }
  return undefined
}
