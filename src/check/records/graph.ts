/**
 * A graph of numbered nodes: those that follow a node are `targets` from `starts[node]` up to
 * `starts[node + 1]`. There may be as many nodes as records, and most have no edge.
 */
export interface Graph {
  readonly size: number
  readonly starts: Int32Array
  readonly targets: Int32Array
}

/** Edges in the order in which they came, each from one node to another. */
export interface Edges {
  readonly from: readonly number[]
  readonly to: readonly number[]
}

/** @param size more than the highest number of a node */
export function graphOf(size: number, { from, to }: Edges): Graph {
  const starts = new Int32Array(size + 1)
  for (const node of from) starts[node + 1] = (starts[node + 1] ?? 0) + 1
  for (let node = 0; node < size; node++) {
    starts[node + 1] = (starts[node + 1] ?? 0) + (starts[node] ?? 0)
  }
  const targets = new Int32Array(from.length)
  const free = starts.slice()
  for (const [index, node] of from.entries()) {
    const at = free[node] ?? 0
    targets[at] = to[index] ?? 0
    free[node] = at + 1
  }
  return { size, starts, targets }
}

/** The node behind an edge of a node, which are counted from 0; nothing if it has not so many. */
export function nextOf({ starts, targets }: Graph, node: number, edge: number): number | undefined {
  const at = (starts[node] ?? 0) + edge
  return at < (starts[node + 1] ?? 0) ? targets[at] : undefined
}

/** All nodes behind a node. */
export function allNextOf({ starts, targets }: Graph, node: number): Int32Array {
  return targets.subarray(starts[node], starts[node + 1])
}
