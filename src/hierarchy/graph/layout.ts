import { type Arrangement, arrange, type Edge, type Point, type Size } from './arrange.ts'
import type { Box, HierarchyGraph } from './graph.ts'
import type { GraphLink, LinkEnd } from './links.ts'

/** Where everything of a picture is, in pixels. */
export interface Layout extends Size {
  /** In the order of the boxes of the graph: what is inside others comes later. */
  readonly boxes: readonly PlacedBox[]
  /** Lines that would cross boxes: they go around below them. */
  readonly detours: ReadonlyMap<GraphLink, Detour>
}

/** The way of a line: down in the gap at `out`, along `y`, up in the gap at `in`. */
export interface Detour {
  readonly out: number
  readonly y: number
  readonly in: number
}

export interface PlacedBox extends Point, Size {
  readonly box: Box
  readonly title: string
  /** Macros on the left, ports on the right, line by line. */
  readonly rows: readonly { readonly macro: string; readonly port: string }[]
  /** The list of its records, at its own place where boxes are beside it. */
  readonly records: (Point & Size & { readonly lines: readonly string[] }) | undefined
  /** What is not shown; empty if all is. */
  readonly rest: string
}

/** `lane`: room on the right for lines that come to ports from the inside. */
export const metrics = {
  line: 18,
  header: 26,
  padding: 14,
  letter: 6.7,
  lane: 44,
  track: 7,
} as const

/** Longer texts are cut; the whole text is told when the pointer rests on it. */
const longest = { name: 34, value: 30 }
const mostRecords = 10

export function layoutOf({ boxes, links }: HierarchyGraph): Layout {
  const uses = new Map<number, GraphLink[]>(boxes.map(({ id }) => [id, []]))
  for (const link of links) if (link.kind === 'uses') uses.get(link.scope.id)?.push(link)
  const sized: SizedBox[] = []
  // What is inside others comes first.
  for (const box of boxes.toReversed()) sized[box.id] = sizeOf(box, sized, uses.get(box.id) ?? [])
  const { placed, detours } = placeAll(sized)
  const [top] = placed
  return { boxes: placed, detours, width: top?.width ?? 0, height: top?.height ?? 0 }
}

interface SizedBox extends Size, Omit<PlacedBox, keyof (Point & Size) | 'records'> {
  readonly list: (Size & { readonly lines: readonly string[] }) | undefined
  /** Of the boxes inside, then the list of records. */
  readonly inside: Arrangement
  /** Height above what is inside. */
  readonly head: number
  /** Lines that go around. */
  readonly tracks: ReadonlyMap<GraphLink, Track>
}

/** Which of the tracks below all boxes a line takes; `above` is the gap above its end. */
type Track = number | 'above'

function sizeOf(box: Box, sized: readonly SizedBox[], links: readonly GraphLink[]): SizedBox {
  const { header, line, padding, track } = metrics
  const title = [box.path.at(-1), box.file].filter((one) => one !== undefined).join('  ·  ')
  const rows = rowsOf(box)
  const rest = restOf(box)
  const lines = recordLines(box)
  const list =
    lines.length > 0
      ? { lines, width: widest(lines) + padding, height: lines.length * line + 8 }
      : undefined
  const inner = box.boxes.flatMap(({ id }) => sized[id] ?? [])
  const inside = arrange([...inner, ...(list ? [list] : [])], links.flatMap(edgeOf))
  const tracks = tracksOf(links, inside)
  const head = header + rows.length * line + (rows.length > 0 ? 8 : 0)
  const numbers = [...tracks.values()].filter((one) => one !== 'above')
  const lowest = numbers.reduce((most, one) => Math.max(most, one), -1)
  const below = lowest < 0 ? 0 : (lowest + 2) * track
  const body = inside.height > 0 ? inside.height + 2 * padding + below : 0
  const widths = [
    textWidth(cut(title, 60)) + 2 * padding,
    widest(rows.map(({ macro, port }) => `${macro}${port}`)) + 3 * padding + laneOf(box),
    inside.width + 2 * padding + Math.max(laneOf(box), tracks.size > 0 ? 16 : 0),
    textWidth(rest) + 2 * padding,
    120,
  ]
  const height = head + body + (rest === '' ? 0 : line + 4) + (body === 0 ? 4 : 0)
  return { box, title, rows, rest, list, inside, head, tracks, width: Math.max(...widths), height }
}

/** Room for the lines from the inside to the ports of a box. */
export function laneOf({ ports }: Box): number {
  return ports.length > 0 ? metrics.lane : 0
}

function rowsOf({ macros, ports }: Box): { macro: string; port: string }[] {
  return Array.from({ length: Math.max(macros.length, ports.length) }, (_, index) => {
    const [macro, port] = [macros[index], ports[index]]
    return {
      macro: macro ? `${cut(macro.name, longest.name)} = ${cut(macro.value, longest.value)}` : '',
      port: port ? `${cut(port.value, longest.value)} : ${cut(port.name, longest.name)}` : '',
    }
  })
}

function recordLines({ records }: Box): string[] {
  const isCut = records.length > mostRecords + 1
  const lines = (isCut ? records.slice(0, mostRecords) : records).map(
    ({ type, name }) => `${cut(type, 12)}  ${cut(name, longest.name)}`,
  )
  return isCut ? [...lines, `and ${records.length - mostRecords} more records`] : lines
}

function restOf({ hidden, inside, records }: Box): string {
  if (hidden === 0) return ''
  const more = inside.records - records.length
  return `${hidden} more instances, not shown; ${more} records in all instances`
}

/** What is inside a box by number: its boxes, then the list of its records. */
function edgeOf({ scope, port, other }: GraphLink): Edge[] {
  if (other.kind === 'port') return []
  return [[port.box.index, other.kind === 'record' ? scope.boxes.length : other.box.index]]
}

/** Lines to the next column need no detour; those of one port share a track. */
function tracksOf(links: readonly GraphLink[], { places }: Arrangement): Map<GraphLink, Track> {
  const tracks = new Map<GraphLink, Track>()
  const ports = new Map<string, { first: number; last: number; links: GraphLink[] }>()
  for (const link of links) {
    const { port } = link
    const from = places[port.box.index]
    const [[, to] = []] = edgeOf(link)
    const target = to === undefined ? undefined : places[to]
    if (!from) continue
    const column = target?.column ?? Number.POSITIVE_INFINITY
    if (target ? column === from.column + 1 : from.isLast) continue
    if (column === from.column) {
      tracks.set(link, 'above')
      continue
    }
    const key = `${port.box.index} ${port.name}`
    const known = ports.get(key) ?? { first: column, last: column, links: [] }
    ports.set(key, known)
    known.first = Math.min(known.first, column, from.column)
    known.last = Math.max(known.last, column - 1, from.column)
    known.links.push(link)
  }
  const free: number[] = []
  for (const one of [...ports.values()].sort((a, b) => a.first - b.first)) {
    const found = free.findIndex((last) => last < one.first)
    const track = found < 0 ? free.length : found
    free[track] = one.last
    for (const link of one.links) tracks.set(link, track)
  }
  return tracks
}

/** From the outside to the inside: a box knows where it is before what is in it. */
function placeAll(sized: readonly SizedBox[]): {
  placed: PlacedBox[]
  detours: Map<GraphLink, Detour>
} {
  const detours = new Map<GraphLink, Detour>()
  const corners = new Map<number, Point>([[0, { x: 0, y: 0 }]])
  const placed = sized.map(({ list, inside, head, tracks, ...size }): PlacedBox => {
    const corner = corners.get(size.box.id) ?? { x: 0, y: 0 }
    const start = { x: corner.x + metrics.padding, y: corner.y + head + metrics.padding }
    const absolute = ({ x, y }: Point): Point => ({ x: start.x + x, y: start.y + y })
    for (const [index, child] of size.box.boxes.entries()) {
      const place = inside.places[index]
      if (place) corners.set(child.id, absolute(place))
    }
    for (const [link, track] of tracks) {
      detours.set(link, detourOf(link, { inside, start, track, width: size.width }))
    }
    const last = list && inside.places.at(-1)
    return { ...size, ...corner, records: last && { ...list, ...absolute(last) } }
  })
  return { placed, detours }
}

/** Neighbouring lines in a gap are a little apart. */
function detourOf(
  link: GraphLink,
  {
    inside,
    start,
    track,
    width,
  }: { inside: Arrangement; start: Point; track: Track; width: number },
): Detour {
  const [[, to] = []] = edgeOf(link)
  const from = inside.places[link.port.box.index]
  const target = to === undefined ? undefined : inside.places[to]
  const number = track === 'above' ? link.port.box.index : track
  const shift = 4 + ((number * 3) % 20)
  // In front of the first column there is only the padding.
  const before = target?.column === 0 ? Math.min(shift, metrics.padding - 4) : shift + 4
  const lane = start.x - metrics.padding + width - metrics.lane + 4
  return {
    out: start.x + (from?.right ?? 0) + shift,
    y:
      track === 'above'
        ? start.y + (target?.y ?? 0) - 4
        : start.y + inside.height + (track + 1) * metrics.track,
    in: target ? start.x + target.x - before : lane,
  }
}

/** The point where a line begins or ends: the middle of a row, at its outer end. */
export function anchorOf(end: LinkEnd, boxes: readonly PlacedBox[], side: 'left' | 'right'): Point {
  const placed = boxes[end.box.id]
  if (!placed) return { x: 0, y: 0 }
  const { header, line } = metrics
  if (end.kind === 'record') {
    const { records = placed } = placed
    const last = 'lines' in records ? records.lines.length - 1 : 0
    const y = records.y + 4 + (Math.min(end.index, last) + 0.5) * line
    return { x: side === 'left' ? records.x : records.x + records.width, y }
  }
  const rows = end.kind === 'macro' ? end.box.macros : end.box.ports
  const index = rows.findIndex(({ name }) => name === end.name)
  const x = end.kind === 'macro' ? placed.x : placed.x + placed.width
  return { x, y: placed.y + header + 4 + (index + 0.5) * line }
}

export function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text
}

function widest(lines: readonly string[]): number {
  return lines.reduce((most, one) => Math.max(most, textWidth(one)), 0)
}

/** About as wide as the letters of usual fonts are. */
function textWidth(text: string): number {
  return text.length * metrics.letter
}
