import type { Box, HierarchyGraph } from './graph.ts'
import type { LinkEnd } from './links.ts'

/** A box as drawing programs have it: a frame with small boxes that links end at. */
export interface NodeBox {
  readonly id: string
  readonly title: string
  readonly nodes: readonly DrawnNode[]
  readonly boxes: readonly Box[]
}

export interface DrawnNode {
  readonly id: string
  readonly kind: 'macro' | 'port' | 'record' | 'more'
  readonly label: string
}

/** Records that no link ends at are summed up behind this many. */
const mostRecords = 10

/** The boxes with their nodes. */
export function nodeBoxes({ boxes, links }: HierarchyGraph): NodeBox[] {
  const linked = new Set(links.flatMap(({ port, other }) => [nodeId(port), nodeId(other)]))
  return boxes.map((box) => ({
    id: `b${box.id}`,
    title: [box.path.at(-1), box.file].filter((one) => one !== undefined).join(' · '),
    nodes: nodesOf(box, linked),
    boxes: box.boxes,
  }))
}

function nodesOf(box: Box, linked: ReadonlySet<string>): DrawnNode[] {
  const macros = box.macros.map(({ name, value }): DrawnNode => {
    const id = nodeId({ kind: 'macro', box, name })
    return { id, kind: 'macro', label: `${name} = ${value}` }
  })
  const ports = box.ports.map(({ name, value }): DrawnNode => {
    const id = nodeId({ kind: 'port', box, name })
    return { id, kind: 'port', label: `${name}: ${value}` }
  })
  const records = box.records.map(({ type, name }, index): DrawnNode => {
    const id = nodeId({ kind: 'record', box, index })
    return { id, kind: 'record', label: `${type} ${name}` }
  })
  const shown = records.filter(({ id }, index) => index < mostRecords || linked.has(id))
  const rest = [
    ...(records.length > shown.length ? [`${records.length - shown.length} more records`] : []),
    ...(box.hidden > 0 ? [`${box.hidden} more instances`] : []),
  ]
  const more = rest.map(
    (label, index): DrawnNode => ({ id: `b${box.id}x${index}`, kind: 'more', label }),
  )
  return [...macros, ...shown, ...more, ...ports]
}

/** Boxes in boxes, as deep as they are: each begins, has its own inside and ends. */
export function* nestedBoxes(boxes: readonly NodeBox[]): Generator<NodeBox | 'end'> {
  const [top] = boxes
  const open: (NodeBox | 'end')[] = top ? [top] : []
  for (let next = open.pop(); next; next = open.pop()) {
    yield next
    if (next === 'end') continue
    open.push('end', ...next.boxes.toReversed().flatMap(({ id }) => boxes[id] ?? []))
  }
}

/** The same for a node and for the end of a link at it. */
export function nodeId(end: LinkEnd): string {
  if (end.kind === 'record') return `b${end.box.id}r${end.index}`
  const all = end.kind === 'macro' ? end.box.macros : end.box.ports
  return `b${end.box.id}${end.kind[0]}${all.findIndex(({ name }) => name === end.name)}`
}
