import type { Evaluator } from '../evaluate.ts'
import { childOf, type Instance } from '../instance.ts'
import type { OpenHierarchy } from '../open.ts'
import { type Counts, countsOf } from '../order.ts'
import type { Definition, Template } from '../template.ts'
import { type GraphLink, linksOf } from './links.ts'

/** What a picture of a hierarchy shows. */
export interface HierarchyGraph {
  readonly top: Box
  /** All boxes, the top first, those that are inside others behind them. */
  readonly boxes: readonly Box[]
  readonly links: readonly GraphLink[]
}

/** The top file, or an instance. */
export interface Box {
  /** Number of the box; the top is 0. */
  readonly id: number
  /** Number among the boxes of the box around it. */
  readonly index: number
  /** Names of instances from the top, macros put in; empty for the top. */
  readonly path: readonly string[]
  /** File of the template. */
  readonly file: string
  readonly description: string
  /** Given by the expand. */
  readonly macros: readonly BoxValue[]
  readonly ports: readonly BoxPort[]
  /** Those of the file itself, in its order. */
  readonly records: readonly BoxRecord[]
  /** Instances that are shown. */
  readonly boxes: readonly Box[]
  /** Instances of the file that are not shown. */
  readonly hidden: number
  /** All that is inside, shown or not, the records of the file itself included. */
  readonly inside: Counts
  readonly instance: Instance
}

export interface BoxValue {
  readonly name: string
  readonly value: string
}

export interface BoxPort extends BoxValue {
  readonly description: string
}

export interface BoxRecord {
  readonly type: string
  readonly name: string
}

export interface GraphLimits {
  /** Levels of instances below the top; all if nothing is said. */
  readonly depth?: number | undefined
  /** Boxes beside the top; of a level that does not fit nothing is shown, or of the first one a part. */
  readonly limit: number
}

/** A hierarchy as boxes in boxes, level by level until the limit is reached. */
export function hierarchyGraph(
  { top, evaluator }: OpenHierarchy,
  { depth = Number.POSITIVE_INFINITY, limit }: GraphLimits,
): HierarchyGraph {
  const counts = countsOf(top.template)
  const boxes: GrowingBox[] = []
  const add = (instance: Instance, path: readonly string[], index: number): GrowingBox => {
    const box = boxOf(instance, { id: boxes.length, index, path, evaluator, counts })
    boxes.push(box)
    return box
  }
  add(top, [], 0)
  // The list grows while it is walked: level by level.
  for (const box of boxes) {
    const { instance, path } = box
    const expands = [...instance.template.instances.values()].filter(({ template }) => template)
    const room = limit + 1 - boxes.length
    const isShown = path.length < depth && (expands.length <= room || box.id === 0)
    for (const expand of isShown ? expands.slice(0, room) : []) {
      const child = childOf(instance, expand.instance)
      if (!child) continue
      const name = evaluator.text(expand.marker, instance)
      box.boxes.push(add(child, [...path, name], box.boxes.length))
    }
    box.hidden = instance.template.instances.size - box.boxes.length
  }
  const [first] = boxes
  if (!first) throw new Error('a hierarchy has no top')
  return { top: first, boxes, links: linksOf(boxes) }
}

interface GrowingBox extends Box {
  readonly boxes: Box[]
  hidden: number
}

function boxOf(
  instance: Instance,
  {
    evaluator,
    counts,
    ...place
  }: Pick<Box, 'id' | 'index' | 'path'> & {
    readonly evaluator: Evaluator
    readonly counts: ReadonlyMap<Template, Counts>
  },
): GrowingBox {
  const { template, expand, parent } = instance
  const values = (definitions: ReadonlyMap<string, Definition>, scope: Instance) =>
    [...definitions].map(([name, { pieces, description = '' }]) => ({
      ...{ name, description, value: evaluator.text(pieces, scope) },
    }))
  return {
    ...{ ...place, instance, file: template.source.name, description: template.description },
    macros: expand && parent ? values(expand.macros, parent) : [],
    ports: values(template.ports, instance),
    records: template.items.flatMap((item) =>
      item.kind === 'text' && item.record
        ? [{ type: item.record.type, name: evaluator.text(item.record.name, instance) }]
        : [],
    ),
    ...{ boxes: [], hidden: 0, inside: counts.get(template) ?? { records: 0, instances: 0 } },
  }
}
