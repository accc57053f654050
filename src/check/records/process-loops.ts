import type { Database, LoadedRecord } from '../../database/records/types.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import type { CheckedIoc } from '../types.ts'
import { placeSpan } from './place.ts'
import { processGraph, type Step, stepsOf } from './process-graph.ts'
import { ringsOf } from './rings.ts'

/**
 * Records that process each other in a ring. The IOC stops when it comes to a record that is just
 * being processed (PACT); with asynchronous records or CP links in it the ring may run for ever.
 */
export function* processLoops({ database }: CheckedIoc): Generator<Diagnostic> {
  const { records, next } = processGraph(database)
  for (const ring of ringsOf(next)) {
    const members = ring.map((number) => records[number]).filter((one) => one !== undefined)
    yield report(stepsAlong(database, members))
  }
}

/** The links of a ring in order, the last one leads back to the first record. */
function stepsAlong(database: Database, ring: readonly LoadedRecord[]): readonly Step[] {
  return ring.flatMap((from, index) => {
    const to = ring[(index + 1) % ring.length] ?? from
    return stepBetween(database, from, to) ?? []
  })
}

/** The link may be in either record: see `stepsOf`. */
function stepBetween(database: Database, from: LoadedRecord, to: LoadedRecord): Step | undefined {
  for (const record of [from, to]) {
    for (const step of stepsOf(database, record)) {
      if (step.from === from && step.to === to) return step
    }
  }
  return undefined
}

/** Notes of a long chain: its beginning tells enough. */
const shown = 12

function report(steps: readonly Step[]): Diagnostic {
  const [first] = steps
  const names = steps.slice(0, 4).map(({ from }) => `"${from.name}"`)
  if (steps.length > 4) names.push('...')
  const chain = [...names, `"${first?.from.name}"`].join(' -> ')
  return diagnostic('PROCESS_LOOP', `records process each other in a ring: ${chain}`, {
    at: first && placeSpan(first.link.field),
    notes: steps.slice(0, shown).map(({ from, to, link }) => ({
      message: `${link.field.name} of "${link.record.name}": "${from.name}" processes "${to.name}"`,
      at: placeSpan(link.field),
    })),
  })
}
