import { allNextOf, type Graph, nextOf } from './graph.ts'

/**
 * One ring, a shortest one through its first node, out of each group of nodes that reach each other;
 * in the order of these nodes.
 */
export function ringsOf(graph: Graph): readonly (readonly number[])[] {
  const groups = groupsOf(graph)
  const seen = new Set<number>()
  const rings: (readonly number[])[] = []
  for (let node = 0; node < graph.size; node++) {
    if (nextOf(graph, node, 0) === undefined) continue
    const group = groups[node] ?? 0
    if (seen.has(group) || !allNextOf(graph, node).some((next) => groups[next] === group)) continue
    seen.add(group)
    rings.push(ringThrough(node, graph, groups))
  }
  return rings
}

/** In breadth from the node until it is reached again, without leaving its group. */
function ringThrough(first: number, graph: Graph, groups: Int32Array): readonly number[] {
  const before = new Map<number, number>()
  const queue = [first]
  for (const node of queue) {
    for (const next of allNextOf(graph, node)) {
      if (groups[next] !== groups[first] || before.has(next)) continue
      before.set(next, node)
      if (next === first) return pathTo(first, before)
      queue.push(next)
    }
  }
  return [first]
}

function pathTo(first: number, before: ReadonlyMap<number, number>): readonly number[] {
  const path = [first]
  for (
    let node = before.get(first);
    node !== undefined && node !== first;
    node = before.get(node)
  ) {
    path.push(node)
  }
  return [first, ...path.slice(1).reverse()]
}

/**
 * Numbers of the strongly connected components (Tarjan), with a stack of its own: chains may be as
 * long as there are records.
 */
function groupsOf(graph: Graph): Int32Array {
  const { size } = graph
  const walk: Walk = {
    ...{ graph, groups: new Int32Array(size), order: new Int32Array(size) },
    ...{ lowest: new Int32Array(size), open: [], count: 0 },
  }
  for (let root = 0; root < size; root++) if (walk.order[root] === 0) visit(walk, root)
  return walk.groups
}

interface Walk {
  readonly graph: Graph
  /** From 1; 0 while a node is open. */
  readonly groups: Int32Array
  /** When a node was reached, from 1. */
  readonly order: Int32Array
  /** The earliest open node that can be reached from a node. */
  readonly lowest: Int32Array
  /** Nodes whose group is not known yet. */
  readonly open: number[]
  count: number
}

function visit(walk: Walk, root: number): void {
  const { graph, order, lowest, groups } = walk
  const path = [root]
  const edges = [0]
  enter(walk, root)
  for (let node = path.at(-1); node !== undefined; node = path.at(-1)) {
    const edge = edges[edges.length - 1] ?? 0
    const next = nextOf(graph, node, edge)
    if (next === undefined) {
      path.pop()
      edges.pop()
      leave(walk, node, path.at(-1))
      continue
    }
    edges[edges.length - 1] = edge + 1
    if (order[next] === 0) {
      path.push(next)
      edges.push(0)
      enter(walk, next)
    } else if (groups[next] === 0) lower(lowest, node, order[next])
  }
}

function enter({ order, lowest, open, count }: Walk, node: number): void {
  const reached = open.length + count + 1
  order[node] = reached
  lowest[node] = reached
  open.push(node)
}

function leave(walk: Walk, node: number, parent: number | undefined): void {
  const { order, lowest, groups, open } = walk
  if (parent !== undefined) lower(lowest, parent, lowest[node])
  if (lowest[node] !== order[node]) return
  for (let member = open.pop(); member !== undefined; member = open.pop()) {
    walk.count++
    groups[member] = node + 1
    if (member === node) return
  }
}

function lower(lowest: Int32Array, node: number, to: number | undefined): void {
  if (to !== undefined && to < (lowest[node] ?? 0)) lowest[node] = to
}
