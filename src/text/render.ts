import type { Severity } from './codes.ts'
import type { Diagnostic } from './diagnostic.ts'
import { printable } from './printable.ts'
import { lineText } from './source.ts'
import { formatPlace, originsOf, type Span, startOf } from './span.ts'

/** How to draw; plain text unless the output is a terminal that shows colours. */
export interface RenderOptions {
  readonly color?: boolean
  /** Columns for the excerpt of a line. */
  readonly width?: number
}

/**
 * A diagnostic as text for people. The first line has the form `file:line:column: severity[CODE]:
 * message`, which editors and CI systems recognise; excerpt, notes and help follow indented.
 */
export function renderText(
  item: Diagnostic,
  { color = false, width = 100 }: RenderOptions = {},
): string {
  const paint = color ? painted : plain
  const { at } = item
  const label = paint(item.severity, `${item.severity}[${item.code}]`)
  const lines = [`${at ? `${place(at)}: ` : ''}${label}: ${printable(item.message)}`]
  if (at) lines.push(...excerpt(at, width, (text) => paint(item.severity, text)))
  for (const text of noteTexts(item)) lines.push(`  ${paint('info', 'note')}: ${text}`)
  if (item.hint) lines.push(`  ${paint('help', 'help')}: ${printable(item.hint)}`)
  return lines.join('\n')
}

/** Notes with their places, and how the places came to be read; each reason is told once. */
export function noteTexts({ at, notes }: Diagnostic): string[] {
  const chain = at ? origins(at) : []
  const told = new Set(chain)
  const texts = notes.flatMap((note) => [
    placed(note.message, note.at),
    ...(note.at ? untold(origins(note.at), told) : []),
  ])
  return [...texts, ...chain]
}

/** Places of one diagnostic often have the same reasons: each is told once. */
function untold(lines: readonly string[], told: Set<string>): string[] {
  const found = lines.filter((line) => !told.has(line))
  for (const line of found) told.add(line)
  return found
}

type Paint = (kind: Severity | 'help', text: string) => string

const plain: Paint = (_kind, text) => text

const colors: Readonly<Record<Severity | 'help', number>> = {
  error: 31,
  warning: 33,
  info: 36,
  help: 32,
}
const painted: Paint = (kind, text) => `\u001b[1;${colors[kind]}m${text}\u001b[0m`

/** A chain of scripts that load each other may have hundreds of links: its ends tell enough. */
function origins(at: Span): string[] {
  const links = [...originsOf(at)].map((link) => placed(link.message, link.at))
  if (links.length <= 8) return links
  return [...links.slice(0, 4), `… ${links.length - 7} more …`, ...links.slice(-3)]
}

function placed(message: string, at: Span | undefined): string {
  return at ? `${place(at)}: ${printable(message)}` : printable(message)
}

function place(at: Span): string {
  return printable(formatPlace(at))
}

/** The line with the place underlined, cut to the width with the place in view. */
function excerpt(at: Span, width: number, mark: (text: string) => string): string[] {
  const { line, column } = startOf(at)
  const text = lineText(at.source, line)
  if (text.trim() === '') return []
  const gutter = String(line)
  const room = Math.max(20, width - gutter.length - 7)
  const from = column > room - 10 ? column - Math.floor(room / 2) : 0
  const shown = cut(text, from, room)
  const before = printable(text.slice(from, column - 1)).length + (from > 0 ? 1 : 0)
  const marked = printable(text.slice(column - 1, column - 1 + Math.max(1, at.end - at.start)))
  const length = Math.max(1, Math.min(marked.length, shown.length - before))
  return [
    `  ${gutter} | ${shown}`,
    `  ${' '.repeat(gutter.length)} | ${' '.repeat(before)}${mark('^'.repeat(length))}`,
  ]
}

function cut(text: string, from: number, room: number): string {
  const part = printable(text.slice(from, from + room))
  return `${from > 0 ? '…' : ''}${part}${from + room < text.length ? '…' : ''}`
}
