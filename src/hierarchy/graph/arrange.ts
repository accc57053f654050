/** A rectangle that is to be placed. */
export interface Size {
  readonly width: number
  readonly height: number
}

export interface Point {
  readonly x: number
  readonly y: number
}

/** Numbers of two rectangles: the first one shall be on the left of the second one. */
export type Edge = readonly [from: number, to: number]

export interface Arrangement extends Size {
  /** In the order of the rectangles. */
  readonly places: readonly ArrangedPlace[]
}

/** The upper left corner of a rectangle, and the column in which it stands. */
export interface ArrangedPlace extends Point {
  readonly column: number
  /** Right edge of the column: nothing stands between it and the next one. */
  readonly right: number
  readonly isLast: boolean
}

/** Lines run in the gaps between columns. */
const gap = { x: 56, y: 20 } as const

/**
 * Rectangles in columns, from left to right by their edges. Edges that lead in a circle go to the
 * left somewhere; a row that would be too wide to be seen as a whole is broken up.
 */
export function arrange(sizes: readonly Size[], edges: readonly Edge[]): Arrangement {
  const byEdges = inColumns(sizes, layersOf(sizes.length, edges))
  if (byEdges.width <= Math.max(screen, widest * byEdges.height)) return byEdges
  return inColumns(sizes, [[...sizes.keys()]])
}

const widest = 3
const screen = 1400

function inColumns(sizes: readonly Size[], layers: readonly (readonly number[])[]): Arrangement {
  const columns = [...columnsOf(layers, sizes, wantedHeight(sizes))]
  const places: ArrangedPlace[] = []
  let [x, height] = [0, 0]
  for (const [column, rectangles] of columns.entries()) {
    const width = rectangles.reduce((most, index) => Math.max(most, sizes[index]?.width ?? 0), 0)
    const isLast = column === columns.length - 1
    let y = 0
    for (const index of rectangles) {
      places[index] = { x, y, column, right: x + width, isLast }
      y += (sizes[index]?.height ?? 0) + gap.y
    }
    height = Math.max(height, y - gap.y)
    x += width + gap.x
  }
  return { places, width: Math.max(0, x - gap.x), height }
}

/** So that the whole is about as wide as a screen. */
function wantedHeight(sizes: readonly Size[]): number {
  let [tallest, area] = [0, 0]
  for (const { width, height } of sizes) {
    tallest = Math.max(tallest, height)
    area += (width + gap.x) * (height + gap.y)
  }
  return Math.max(tallest, Math.sqrt(area * heightToWidth))
}

const heightToWidth = 0.7

/** Each layer is one column, or several if it would be too high. */
function* columnsOf(
  layers: readonly (readonly number[])[],
  sizes: readonly Size[],
  wanted: number,
): Generator<readonly number[]> {
  for (const layer of layers) {
    let column: number[] = []
    let height = 0
    for (const index of layer) {
      const own = (sizes[index]?.height ?? 0) + gap.y
      if (column.length > 0 && height + own > wanted + gap.y) {
        yield column
        column = []
        height = 0
      }
      column.push(index)
      height += own
    }
    if (column.length > 0) yield column
  }
}

/** Numbers by layer: each is behind all that have an edge to it, but for circles. */
function layersOf(count: number, edges: readonly Edge[]): number[][] {
  const next = Array.from({ length: count }, (): number[] => [])
  const waiting = new Array<number>(count).fill(0)
  for (const [from, to] of edges) {
    if (from === to) continue
    next[from]?.push(to)
    waiting[to] = (waiting[to] ?? 0) + 1
  }
  const layers: number[][] = []
  const layerOf = new Array<number>(count).fill(0)
  const left = new Set(waiting.keys())
  let ready = [...left].filter((index) => waiting[index] === 0)
  while (left.size > 0) {
    // In a circle the first one that is left is as good as any other.
    const [index = 0] = ready.length > 0 ? ready : left
    ready = ready.slice(1)
    if (!left.delete(index)) continue
    const layer = layerOf[index] ?? 0
    layers[layer] = [...(layers[layer] ?? []), index]
    for (const one of next[index] ?? []) {
      layerOf[one] = Math.max(layerOf[one] ?? 0, layer + 1)
      waiting[one] = (waiting[one] ?? 0) - 1
      if (waiting[one] === 0) ready.push(one)
    }
  }
  return layers
}
