import type { Diagnostic } from '../text/diagnostic.ts'
import { expandLoop, tooMany } from './findings.ts'
import type { Expand, Template } from './template.ts'

/** A flat database of more records and instances is a mistake. */
const mostRecords = 10_000_000

/**
 * Whether a hierarchy has an end, and a size that can be written: templates that expand themselves
 * and templates that double each other are errors.
 *
 * @param limit - of records and instances together
 */
export function checkSize(top: Template, limit: number = mostRecords): Diagnostic[] {
  const { loops, order } = walk(top)
  if (loops.length > 0) return loops
  const counts = countsIn(order)
  const sizes = new Map(
    [...counts].map(([one, { records, instances }]) => [one, records + instances]),
  )
  const size = sizes.get(top) ?? 0
  return size > limit ? [tooMany(size, limit, heaviest(top, sizes))] : []
}

/** What is in a template and all that it expands. */
export interface Counts {
  readonly records: number
  readonly instances: number
}

/** Of a template without loops and all below it. */
export function countsOf(top: Template): ReadonlyMap<Template, Counts> {
  return countsIn(walk(top).order)
}

/** @param order - what is expanded before what expands it */
function countsIn(order: readonly Template[]): Map<Template, Counts> {
  const counts = new Map<Template, Counts>()
  for (const template of order) {
    let records = template.items.filter((item) => item.kind === 'text' && item.record).length
    let instances = 0
    for (const expand of template.instances.values()) {
      const inside = expand.template && counts.get(expand.template)
      records += inside?.records ?? 0
      instances += 1 + (inside?.instances ?? 0)
    }
    counts.set(template, { records, instances })
  }
  return counts
}

interface Step {
  readonly template: Template
  readonly expands: readonly Expand[]
  /** Number of the next expand. */
  next: number
}

/** All templates, those that are expanded before those that expand them. */
function walk(top: Template): { loops: Diagnostic[]; order: Template[] } {
  const loops: Diagnostic[] = []
  const order: Template[] = []
  const depths = new Map<Template, number>()
  const finished = new Set<Template>()
  const stack: Step[] = []
  const enter = (template: Template): void => {
    depths.set(template, stack.length)
    stack.push({ template, expands: [...template.instances.values()], next: 0 })
  }
  enter(top)
  for (let step = stack.at(-1); step; step = stack.at(-1)) {
    const expand = step.expands[step.next]
    step.next += 1
    const template = expand?.template
    if (!expand) {
      stack.pop()
      finished.add(step.template)
      order.push(step.template)
    } else if (template && !finished.has(template)) {
      const depth = depths.get(template)
      if (depth === undefined) enter(template)
      else loops.push(expandLoop(stack.slice(depth).flatMap(currentOf)))
    }
  }
  return { loops, order }
}

function currentOf({ expands, next }: Step): Expand[] {
  const expand = expands[next - 1]
  return expand ? [expand] : []
}

function sizeOf({ template }: Expand, sizes: ReadonlyMap<Template, number>): number {
  return (template && sizes.get(template)) ?? 0
}

/** From the top the expands that bring most. */
function heaviest(top: Template, sizes: ReadonlyMap<Template, number>): Expand[] {
  const chain: Expand[] = []
  for (let template: Template | undefined = top; template; ) {
    let found: Expand | undefined
    for (const expand of template.instances.values()) {
      if (!found || sizeOf(expand, sizes) > sizeOf(found, sizes)) found = expand
    }
    if (found) chain.push(found)
    template = found?.template
  }
  return chain
}
