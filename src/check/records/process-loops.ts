import type { LoadedRecord } from '../../database/records/types.ts'
import { type Diagnostic, diagnostic, type Note } from '../../text/diagnostic.ts'
import { placeSpan } from './place.ts'
import { type ProcessGraph, type Step, stepOf } from './process-graph.ts'
import { type LinkScope, linksOfRecord, type RecordLink } from './record-links.ts'
import { startersOf, startNote } from './ring-starts.ts'
import { ringsOf } from './rings.ts'

/**
 * Records that process each other in a ring. The IOC stops when it comes to a record that is just
 * being processed (PACT); with asynchronous records or CP links in it the ring may run for ever.
 */
export function* processLoops(graph: ProcessGraph, scope: LinkScope): Generator<Diagnostic> {
  const rings = ringsOf(graph.graph())
  const starters = startersOf(graph, rings)
  for (const [index, ring] of rings.entries()) {
    const members = ring.flatMap((number) => graph.record(number) ?? [])
    const start = startNote(members, starters.get(index), scope)
    yield report(members, stepsAlong(members, scope), start)
  }
}

interface LinkStep extends Step {
  readonly link: RecordLink
}

/** Notes of a long chain: its beginning tells enough. */
const shown = 12

/** The first links of a ring in order; that of the last record leads back to the first one. */
function stepsAlong(ring: readonly LoadedRecord[], scope: LinkScope): readonly LinkStep[] {
  return ring.slice(0, shown).flatMap((from, index) => {
    const to = ring[(index + 1) % ring.length] ?? from
    return stepBetween({ from, to }, scope) ?? []
  })
}

/** The link may be in either record: see `stepOf`. */
function stepBetween({ from, to }: Step, scope: LinkScope): LinkStep | undefined {
  for (const record of [from, to]) {
    for (const link of linksOfRecord(record, scope)) {
      const step = stepOf(link)
      if (step?.from === from && step.to === to) return { ...step, link }
    }
  }
  return undefined
}

function report(
  ring: readonly LoadedRecord[],
  steps: readonly LinkStep[],
  start: Note,
): Diagnostic {
  const [first] = steps
  const names = ring.slice(0, 4).map(({ name }) => `"${name}"`)
  if (ring.length > 4) names.push(`... ${ring.length - 4} more ...`)
  const chain = [...names, `"${ring[0]?.name}"`].join(' -> ')
  return diagnostic('PROCESS_LOOP', `records process each other in a ring: ${chain}`, {
    at: first && placeSpan(first.link.field),
    notes: [
      ...steps.map(({ from, to, link }) => ({
        message: `${link.field.name} of "${link.record.name}": "${from.name}" processes "${to.name}"`,
        at: placeSpan(link.field),
      })),
      start,
    ],
  })
}
