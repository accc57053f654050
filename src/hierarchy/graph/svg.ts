import { printable } from '../../text/printable.ts'
import { xmlContent } from '../../text/xml.ts'
import type { Point } from './arrange.ts'
import type { HierarchyGraph } from './graph.ts'
import {
  anchorOf,
  cut,
  type Detour,
  type Layout,
  laneOf,
  layoutOf,
  metrics,
  type PlacedBox,
} from './layout.ts'
import type { GraphLink } from './links.ts'

const margin = 16
const legend =
  'left: macros   ·   right: ports and their values   ·   line: uses the port   ·   dashed: record of the port'

/** The hierarchy as a picture, boxes in boxes, without any other program. */
export function* svgOf(graph: HierarchyGraph): Generator<string> {
  const layout = layoutOf(graph)
  const { boxes, width, height } = layout
  const { line, letter } = metrics
  const whole = {
    width: Math.max(width, legend.length * letter * 0.9) + 2 * margin,
    height: height + line + 2 * margin,
  }
  const size = `width="${px(whole.width)}" height="${px(whole.height)}"`
  yield `<svg xmlns="http://www.w3.org/2000/svg" ${size} viewBox="${-margin} ${-margin} ${px(whole.width)} ${px(whole.height)}">\n`
  yield `<title>${content(graph.top.file)}</title>\n<style>${style}</style>\n`
  yield `<rect class="paper" x="${-margin}" y="${-margin}" width="100%" height="100%"/>\n`
  for (const one of boxes) yield* boxLines(one)
  for (const link of graph.links) yield linkLine(link, layout)
  yield `<text class="more" x="0" y="${px(height + line + 4)}">${content(legend)}</text>\n</svg>\n`
}

const style = [
  'text{font:12px "DejaVu Sans","Liberation Sans",Helvetica,Arial,sans-serif;fill:#1f2933}',
  '.paper{fill:#fff}.box{fill:#f7f9fb;stroke:#8a99a8}.odd{fill:#fff}',
  '.head{fill:#d5e3f0;stroke:#8a99a8}.name{font-weight:bold}',
  '.macro{fill:#7a4b00}.port{fill:#0b5c3b;text-anchor:end}.more{fill:#66727f;font-style:italic}',
  '.list{fill:#fffdf4;stroke:#d9cfa8}',
  '.uses{fill:none;stroke:#2566a8;stroke-width:1.3;opacity:.75}',
  '.leads{fill:none;stroke:#7b8794;stroke-dasharray:4 3}.dot{fill:#2566a8}',
].join('')

function* boxLines(placed: PlacedBox): Generator<string> {
  const { box, x, y, width, height, title, rows, records, rest } = placed
  const { header, line, padding } = metrics
  const shade = box.path.length % 2 === 1 ? 'box odd' : 'box'
  yield '<g>'
  yield `<title>${content([box.path.join('/'), box.file, box.description].filter(Boolean).join('\n'))}</title>`
  yield `<rect class="${shade}" ${rectangle(placed)} rx="4"/>`
  yield `<rect class="head" ${rectangle({ x, y, width, height: header })} rx="4"/>`
  yield `<text class="name" x="${px(x + padding)}" y="${px(y + 17)}">${content(cut(title, 60))}</text>\n`
  for (const [index, { macro, port }] of rows.entries()) {
    const base = y + header + 4 + (index + 0.72) * line
    const given = { macro: box.macros[index], port: box.ports[index] }
    if (macro !== '') yield label('macro', { x: x + 8, y: base }, [macro, whole(given.macro)])
    if (port !== '') {
      const told = [whole(given.port), given.port?.description].filter(Boolean).join('\n')
      yield label('port', { x: x + width - laneOf(box), y: base }, [port, told])
    }
  }
  if (records) {
    yield `<rect class="list" ${rectangle(records)} rx="3"/>`
    for (const [index, text] of records.lines.entries()) {
      const place = { x: records.x + 7, y: records.y + 4 + (index + 0.72) * line }
      const isMore = index >= box.records.length || text.startsWith('and ')
      yield label(isMore ? 'more' : 'record', place, [text, box.records[index]?.name ?? ''])
    }
  }
  if (rest !== '') yield label('more', { x: x + padding, y: y + height - 8 }, [rest, ''])
  yield '</g>\n'
}

function whole(one: { readonly name: string; readonly value: string } | undefined): string {
  return one ? `${one.name} = ${one.value}` : ''
}

/** A text, and what is told when the pointer rests on it. */
function label(
  kind: string,
  { x, y }: { readonly x: number; readonly y: number },
  [text, told]: readonly [string, string],
): string {
  const title = told === '' ? '' : `<title>${content(told)}</title>`
  return `<text class="${kind}" x="${px(x)}" y="${px(y)}">${title}${content(text)}</text>\n`
}

function linkLine(link: GraphLink, { boxes, detours }: Layout): string {
  const { port, other, kind } = link
  const from = anchorOf(port, boxes, 'right')
  const to = anchorOf(other, boxes, kind === 'leads' ? 'right' : 'left')
  const path = pathOf(link, { from, to, detour: detours.get(link) })
  const title = `<title>${content(`${port.box.path.at(-1) ?? ''}.${port.name}`)}</title>`
  const line = `<path class="${kind}" d="${path}">${title}</path>`
  if (kind === 'leads') return `${line}\n`
  return `${line}<circle class="dot" cx="${px(from.x)}" cy="${px(from.y)}" r="3"/>\n`
}

function pathOf(
  { kind, other }: GraphLink,
  { from, to, detour }: { from: Point; to: Point; detour: Detour | undefined },
): string {
  if (kind === 'leads') return inside(to, from)
  if (detour) return around(from, to, detour)
  return other.kind === 'port' ? inside(from, to) : outside(from, to)
}

/** Around the boxes in between, with round corners. */
function around(from: Point, to: Point, { out, y, in: up }: Detour): string {
  const right = up > out ? 4 : -4
  const [down, rise] = [y > from.y ? 4 : -4, to.y > y ? 4 : -4]
  return [
    `M${px(from.x)} ${px(from.y)}H${px(out - 4)}q4 0 4 ${down}V${px(y - down)}`,
    `q0 ${down} ${right} ${down}H${px(up - right)}q${right} 0 ${right} ${rise}`,
    `V${px(to.y - rise)}q0 ${rise} 4 ${rise}H${px(to.x)}`,
  ].join('')
}

/** To the left edge of something else. */
function outside(from: Point, to: Point): string {
  const reach = Math.min(160, Math.max(28, Math.abs(to.x - from.x) / 2))
  const bend = `${px(from.x + reach)} ${px(from.y)} ${px(to.x - reach)} ${px(to.y)}`
  return `M${px(from.x)} ${px(from.y)}C${bend} ${px(to.x)} ${px(to.y)}`
}

/** To a port of the box around it: straight to the lane, up in it. */
function inside(from: Point, to: Point): string {
  const lane = to.x - metrics.lane + 4
  const bend = `${px(to.x)} ${px(from.y)} ${px(lane)} ${px(to.y)}`
  return `M${px(from.x)} ${px(from.y)}H${px(lane)}C${bend} ${px(to.x)} ${px(to.y)}`
}

function rectangle({
  x,
  y,
  width,
  height,
}: Pick<PlacedBox, 'x' | 'y' | 'width' | 'height'>): string {
  return `x="${px(x)}" y="${px(y)}" width="${px(width)}" height="${px(height)}"`
}

/** Nothing in a name is markup or moves what stands around it. */
function content(text: string): string {
  return text.split('\n').map(printable).map(xmlContent).join('\n')
}

function px(length: number): string {
  return `${Math.round(length * 10) / 10}`
}
