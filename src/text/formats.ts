import type { Diagnostic } from './diagnostic.ts'
import { noteTexts } from './render.ts'
import { positionAt } from './source.ts'
import { originsOf, type Span } from './span.ts'

/** A diagnostic as one line of JSON; the keys are documented in docs/reference/formats.md. */
export function renderJson(item: Diagnostic): string {
  const { code, severity, message, at, notes, hint, more } = item
  return JSON.stringify({
    code,
    severity,
    message,
    ...(more && { more: more.length }),
    ...(at && range(at)),
    notes: notes.map((note) => ({ message: note.message, ...(note.at && range(note.at)) })),
    from: at
      ? [...originsOf(at)].map((link) => ({ message: link.message, ...range(link.at) }))
      : [],
    ...(hint && { hint }),
  })
}

/** A diagnostic as a workflow command of GitHub Actions, which annotates the file. */
export function renderGithub(item: Diagnostic): string {
  const { code, severity, message, at, hint } = item
  const level = severity === 'info' ? 'notice' : severity
  const where = at && range(at)
  const properties = [
    ...(where ? [`file=${property(where.file)}`, `line=${where.line}`, `col=${where.column}`] : []),
    `title=${property(code)}`,
  ]
  const text = [
    message,
    ...noteTexts(item).map((note) => `note: ${note}`),
    ...(hint ? [`help: ${hint}`] : []),
  ]
  return `::${level} ${properties.join(',')}::${data(text.join('\n'))}`
}

function range({ source, start, end }: Span) {
  const from = positionAt(source, start)
  const to = positionAt(source, end)
  return { file: source.name, ...from, endLine: to.line, endColumn: to.column }
}

/** Escapes of the workflow command syntax; a property also may not hold its own separators. */
function data(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A')
}

function property(text: string): string {
  return data(text).replace(/:/g, '%3A').replace(/,/g, '%2C')
}
