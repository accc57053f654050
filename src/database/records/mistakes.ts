import { type FileReading, report } from './reading.ts'
import { endOfText, wrongToken } from './scanner.ts'

/** dbLex.l: values are strings of JSON5, names are not. */
export function badString(file: FileReading, start: number): void {
  const isEscape = file.text.text.charAt(start) === '\\'
  const end = start + (isEscape ? 2 : 1)
  const what = JSON.stringify(file.text.text.slice(start, end))
  syntaxError(file, {
    ...{ start, end },
    message: isEscape ? `${what} is no escape` : `a value cannot have the character ${what} in it`,
    hint: isEscape ? 'write two digits behind \\x' : 'write \\t for a tab',
  })
}

/** Reports the token the scanner is on and goes on behind it, where a statement begins. */
export function unexpected(
  file: FileReading,
  { expected, hint }: { expected: string; hint?: string | undefined },
): void {
  const { scanner, text } = file
  const { start, kind } = scanner
  const end = Math.max(scanner.end, start)
  if (kind === wrongToken && text.text.charAt(start) === '"') {
    openString(file)
    return
  }
  const found = text.text.slice(start, Math.min(end, start + 40))
  const message =
    kind === endOfText
      ? `the file ends where ${expected} is expected`
      : `${JSON.stringify(found)} stands where ${expected} is expected`
  syntaxError(file, { start, end, message, hint })
  resume(file)
}

/** dbLex.l: strings cannot go over a line end. What was meant to follow it is on the same line. */
export function openString(file: FileReading): void {
  const { scanner } = file
  const { start, end } = scanner
  syntaxError(file, {
    start,
    end,
    message: 'this string has no end on its line',
    hint: 'close the quote',
  })
  scanner.moveTo(start + 1)
  resume(file)
}

/** Moves to the next token. Characters that begin none are left out, as by the IOC, and reported. */
export function next(file: FileReading): number {
  const { scanner } = file
  while (scanner.next() === wrongToken && !scanner.isOpen) reportStray(file)
  return scanner.kind
}

/** Moves to the value of a field or info item, as `next`. */
export function nextValue(file: FileReading): number {
  const { scanner } = file
  while (scanner.nextValue() === wrongToken && !scanner.isOpen) reportStray(file)
  return scanner.kind
}

function reportStray(file: FileReading): void {
  const { start, end, text } = file.scanner
  file.loading.isGood = false
  if (file.hasDollar && file.missing.blame(start, end)) return
  report(file, {
    ...{ code: 'DB_SYNTAX', start, end },
    message: `${JSON.stringify(text.slice(start, Math.min(end, start + 20)))} cannot stand here`,
    hint: 'put texts with such characters into double quotes',
  })
}

interface SyntaxFinding {
  readonly start: number
  readonly end: number
  readonly message: string
  readonly hint?: string | undefined
}

/** The IOC gives the file up here: the rest is read for further mistakes only. */
export function syntaxError(file: FileReading, finding: SyntaxFinding): void {
  const { loading, missing } = file
  const isBlamed = file.hasDollar && missing.blame(finding.start, finding.end)
  if (!isBlamed) {
    const notes = loading.isLost ? [] : [{ message: 'the IOC reads nothing behind this place' }]
    report(file, { code: 'DB_SYNTAX', notes, ...finding })
  }
  loading.isGood = false
  loading.isLost = true
}

/**
 * Moves to the next thing that looks like the beginning of a statement or is a closing brace; that
 * may be the token which was not expected.
 */
export function resume(file: FileReading): void {
  const { scanner } = file
  const { text, start, end } = scanner
  beginning.lastIndex = start > file.resumedAt ? start : Math.max(end, start + 1)
  const match = beginning.exec(text)
  file.resumedAt = match ? match.index : text.length
  scanner.moveTo(file.resumedAt)
  next(file)
}

const beginning =
  /(?<![\w.:-])(?:g?record|field|info|alias|menu|recordtype|device|driver|link|registrar|function|variable|breaktable)[ \t]{0,20}\(|\}|^[ \t]{0,80}(?:include|path|addpath)[ \t]{1,20}"/gm
