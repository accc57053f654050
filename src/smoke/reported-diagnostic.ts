import { type Code, codes, type Severity } from '../text/codes.ts'
import { type Diagnostic, diagnostic, type Note } from '../text/diagnostic.ts'
import type { Source } from '../text/source.ts'
import { type Span, withOrigin } from '../text/span.ts'

/** The text of a file that a diagnostic names; undefined if it cannot be read. */
export type TextOf = (name: string) => string | undefined

/**
 * A diagnostic that another program of ours printed with `--format json` (see `renderJson`);
 * undefined for any other line, such as the output of an IOC.
 */
export function readReportedDiagnostic(line: string, textOf: TextOf): Diagnostic | undefined {
  const item = line.startsWith('{') ? parseObject(line) : undefined
  if (!item || !isCode(item['code']) || typeof item['message'] !== 'string') return undefined
  const at = readSpan(item, textOf)
  return diagnostic(item['code'], item['message'], {
    severity: isSeverity(item['severity']) ? item['severity'] : undefined,
    at: at && withOrigins(at, objectsIn(item['from']), textOf),
    notes: objectsIn(item['notes']).map((note) => readNote(note, textOf)),
    hint: typeof item['hint'] === 'string' ? item['hint'] : undefined,
  })
}

type JsonObject = Readonly<Record<string, unknown>>

function parseObject(line: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

function readNote(note: JsonObject, textOf: TextOf): Note {
  const at = readSpan(note, textOf)
  return { message: String(note['message'] ?? ''), ...(at && { at }) }
}

/** `renderJson` writes the chain of reasons as a list, innermost first. */
function withOrigins(at: Span, links: readonly JsonObject[], textOf: TextOf): Span {
  return links.reduce((span, link) => {
    const place = readSpan(link, textOf)
    return place ? withOrigin(span, { message: String(link['message'] ?? ''), at: place }) : span
  }, at)
}

function readSpan(item: JsonObject, textOf: TextOf): Span | undefined {
  const { file, line, column, endLine, endColumn } = item
  if (typeof file !== 'string' || typeof line !== 'number' || typeof column !== 'number') {
    return undefined
  }
  const text = textOf(file) ?? blankUpTo(line, column)
  const start = offsetAt(text, line, column)
  const end =
    typeof endLine === 'number' && typeof endColumn === 'number'
      ? offsetAt(text, endLine, endColumn)
      : start
  const source: Source = { name: file, text }
  return { source, start, end: Math.max(start, end) }
}

/** Line and column stay right also where there is no text to show. */
function blankUpTo(line: number, column: number): string {
  return '\n'.repeat(line - 1) + ' '.repeat(column)
}

function offsetAt(text: string, line: number, column: number): number {
  let start = 0
  for (let at = 1; at < line; at++) {
    const end = text.indexOf('\n', start)
    if (end < 0) return text.length
    start = end + 1
  }
  return Math.min(text.length, start + column - 1)
}

function objectsIn(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isCode(value: unknown): value is Code {
  return typeof value === 'string' && Object.hasOwn(codes, value)
}

function isSeverity(value: unknown): value is Severity {
  return value === 'error' || value === 'warning' || value === 'info'
}
