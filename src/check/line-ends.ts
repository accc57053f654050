import { type Diagnostic, diagnostic, type TextEdit } from '../text/diagnostic.ts'
import type { Source } from '../text/source.ts'

/** What a file is for; the IOC reads the last line of a script in its own way. */
export type LineReader = 'script' | 'other'

/**
 * Line ends that editors of other systems leave, or leave out. base (iocsh.cpp: epicsReadline) does
 * not run the last line of a script without a line end.
 */
export function lineEndFindings(source: Source, reader: LineReader): Diagnostic[] {
  return [...lastLine(source, reader), ...carriageReturns(source)]
}

function lastLine(source: Source, reader: LineReader): Diagnostic[] {
  const { name, text } = source
  if (reader === 'script' && /\\\n?$/.test(text)) return joinedLine(source)
  if (text === '' || text.endsWith('\n')) return []
  const start = text.lastIndexOf('\n') + 1
  const isRun = reader === 'script' && /^\s*[^#\s]/.test(text.slice(start))
  const effect = isRun ? ': base alone does not run it, iocsh does' : ''
  const end = { source, start: text.length, end: text.length }
  return [
    diagnostic('LINE_END_MISSING', `the last line of ${name} has no line end${effect}`, {
      at: { source, start, end: text.length },
      severity: isRun ? 'warning' : 'info',
      hint: 'e3 check --fix adds it',
      fixes: [{ at: end, replacement: '\n' }],
    }),
  ]
}

/** Base 7.0.10 goes on reading behind the end of the file. */
function joinedLine(source: Source): Diagnostic[] {
  const { name, text } = source
  const last = text.replace(/\n$/, '')
  const end = { source, start: last.length, end: text.length }
  const message = `the last line of ${name} ends in a backslash, and there is none to join with it: base 7.0.10 alone crashes, iocsh does not`
  return [
    diagnostic('LINE_END_MISSING', message, {
      at: { source, start: last.lastIndexOf('\n') + 1, end: last.length },
      severity: 'warning',
      hint: 'e3 check --fix adds an empty line',
      fixes: [{ at: end, replacement: '\n\n' }],
    }),
  ]
}

function carriageReturns(source: Source): Diagnostic[] {
  const { name, text } = source
  const fixes: TextEdit[] = []
  for (let at = text.indexOf('\r\n'); at >= 0; at = text.indexOf('\r\n', at + 2)) {
    fixes.push({ at: { source, start: at, end: at + 1 }, replacement: '' })
  }
  const [first] = fixes
  if (!first) return []
  const lines = fixes.length === 1 ? '1 line' : `${fixes.length} lines`
  const ends = fixes.length === 1 ? 'ends' : 'end'
  return [
    diagnostic('LINE_END_CRLF', `${lines} of ${name} ${ends} with CR LF, as on Windows`, {
      at: first.at,
      hint: 'e3 check --fix removes the CR',
      fixes,
    }),
  ]
}
