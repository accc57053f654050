import { portsOf } from '../check-ports.ts'
import type { Pieces } from '../references.ts'
import type { Box } from './graph.ts'

/** A port and what uses it, or the record that it leads to. */
export interface GraphLink {
  /** The box whose file says so. */
  readonly scope: Box
  readonly port: LinkEnd & { readonly kind: 'port' }
  readonly other: LinkEnd
  /** `uses`: the other end has the port in its text; `leads`: the port is a field of the record. */
  readonly kind: 'uses' | 'leads'
}

/** A macro or port by its name, a record by its number among those of the box. */
export type LinkEnd =
  | { readonly kind: 'macro' | 'port'; readonly box: Box; readonly name: string }
  | { readonly kind: 'record'; readonly box: Box; readonly index: number }

/** The links between boxes that are shown. */
export function linksOf(boxes: readonly Box[]): GraphLink[] {
  return boxes.flatMap((box) => [...usesIn(box), ...recordsOf(box)])
}

/** What in a file uses ports of its instances: records, macros of instances, its own ports. */
function* usesIn(scope: Box): Generator<GraphLink> {
  const { template } = scope.instance
  const children = new Map<string, Box>()
  for (const box of scope.boxes) {
    const { expand } = box.instance
    if (expand) children.set(expand.instance, box)
  }
  if (children.size === 0) return
  let index = 0
  for (const item of template.items) {
    if (item.kind !== 'text' || !item.record) continue
    yield* usesOf(item.pieces, { scope, other: { kind: 'record', box: scope, index } }, children)
    index += 1
  }
  for (const [name, { pieces }] of template.ports) {
    yield* usesOf(pieces, { scope, other: { kind: 'port', box: scope, name } }, children)
  }
  for (const box of scope.boxes) {
    for (const [name, { pieces }] of box.instance.expand?.macros ?? []) {
      yield* usesOf(pieces, { scope, other: { kind: 'macro', box, name } }, children)
    }
  }
}

/** One a port, however often a text has it. */
function* usesOf(
  pieces: Pieces,
  user: Pick<GraphLink, 'scope' | 'other'>,
  children: ReadonlyMap<string, Box>,
): Generator<GraphLink> {
  const seen = new Set<string>()
  for (const { instance, port: name, raw } of portsOf(pieces)) {
    const box = children.get(instance)
    if (!box || seen.has(raw)) continue
    seen.add(raw)
    yield { ...user, port: { kind: 'port', box, name }, kind: 'uses' }
  }
}

/** Ports that are records of their own file. */
function* recordsOf(box: Box): Generator<GraphLink> {
  const numbers = new Map(box.records.map(({ name }, index) => [name, index]))
  for (const { name, value } of box.ports) {
    const index = numbers.get(recordIn(value))
    if (index === undefined) continue
    const port = { kind: 'port', box, name } as const
    yield { scope: box, port, other: { kind: 'record', box, index }, kind: 'leads' }
  }
}

/** The record of `record`, `record.FIELD` or `record.FIELD PP`. */
function recordIn(value: string): string {
  return /^[^\s.]*/.exec(value.trimStart())?.[0] ?? ''
}
