import { quoteShellWord } from '../../text/shell-words.ts'
import { didYouMean } from '../../text/suggest.ts'
import type { Extent } from '../tokens.ts'
import { dbdKeywords } from './dbd-statement.ts'
import { type FileReading, report } from './reading.ts'
import { endOfText, wrongToken } from './scanner.ts'
import type { LoadedText } from './types.ts'

/** dbLex.l: values are strings of JSON5, names are not. */
export function badString(file: FileReading, start: number): void {
  const isEscape = file.text.text.charAt(start) === '\\'
  const end = start + (isEscape ? 2 : 1)
  const found = file.text.text.slice(start, end)
  const message = isEscape
    ? `"${found}" is no escape`
    : `a value cannot have the character ${JSON.stringify(found)} in it`
  syntaxError(file, {
    ...{ start, end, message },
    hint: hintForBad(found),
  })
}

function hintForBad(found: string): string {
  if (found === '\\x') return 'write two digits behind \\x'
  if (found === '\\u') return 'write four digits behind \\u'
  if (found === '\t') return 'write \\t for a tab'
  return found.startsWith('\\') ? 'write \\\\ for a backslash' : 'remove it'
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
  const [sign] = /^"[(),]"/.exec(expected) ?? []
  const missing = sign && `put ${sign} in front of this place`
  syntaxError(file, { start, end, message, hint: hint ?? missing })
  resume(file)
}

const keywords = ['record', 'grecord', 'alias', 'include', 'path', 'addpath']

/** What to say of a word that begins no statement of a database. */
export function describeStart(
  keyword: string,
  name: string,
): { expected: string; hint?: string | undefined } {
  const expected = 'a statement such as record(ai, "name") { ... }'
  if (keyword === 'template' || keyword === 'expand') {
    const flattened = `flatten it: e3 flatten ${quoteShellWord(name)} -o <file>`
    const hint = name.endsWith('.vdb')
      ? `an IOC cannot include a hierarchical database: ${flattened}`
      : `this is a hierarchical database: call it .vdb, or ${flattened}`
    return { expected, hint }
  }
  const hint = strangers.get(keyword) ?? didYouMean(keyword, [...keywords, ...dbdKeywords])
  return { expected, hint }
}

const bodyOnly = 'this belongs into the braces of a record: is there a "}" too many above?'
const substitutionFile = 'this is a substitution file: load it with dbLoadTemplate'

/** What to do about words that begin statements of other files or of other places. */
const strangers: ReadonlyMap<string, string> = new Map([
  ['field', bodyOnly],
  ['info', bodyOnly],
  ['file', substitutionFile],
  ['global', substitutionFile],
  ['substitute', 'only msi knows such lines: load what e3 msi makes of the file'],
])

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
  file.behind = scanner.end
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
function resume(file: FileReading): void {
  const { scanner } = file
  const { text, start, end } = scanner
  beginning.lastIndex = start > file.resumedAt ? start : Math.max(end, start + 1)
  const match = beginning.exec(text)
  file.resumedAt = match ? match.index : text.length
  scanner.moveTo(file.resumedAt)
  next(file)
}

/**
 * As `resume`, behind a JSON value that is not valid: braces in it are not those of the record, so
 * that the round bracket at the end of the statement is looked for first.
 */
export function resumeBehindJson(file: FileReading): void {
  const { scanner } = file
  const { text, end } = scanner
  statement.lastIndex = end
  const value = text.slice(end, statement.exec(text)?.index)
  const at = value.search(closing)
  if (at < 0) {
    resume(file)
    return
  }
  file.resumedAt = end + at + 1
  scanner.moveTo(file.resumedAt)
  next(file)
}

/** What ends a statement: a line end, a brace, a comment or another statement follows. */
const closing = /\)[ \t]*(?:[\r\n}#]|$)/
const statement = /(?<![\w.:-])(?:g?record|field|info|alias)[ \t]{0,20}\(/g
const beginning =
  /(?<![\w.:-])(?:g?record|field|info|alias|menu|recordtype|device|driver|link|registrar|function|variable|breaktable)[ \t]{0,20}\(|\}|^[ \t]{0,80}(?:include|path|addpath)[ \t]{1,20}"/gm

/** Reports at a token, unless macros without a value are the reason. */
export function complain(
  file: FileReading,
  { start, end }: Extent,
  finding: Omit<Parameters<typeof report>[1], 'start' | 'end'>,
): void {
  if (file.hasDollar && hasReference(file.text, { start, end })) {
    if (file.missing.blame(start, end)) return
  }
  report(file, { ...finding, start, end })
}

function hasReference({ text }: LoadedText, { start, end }: Extent): boolean {
  const dollar = text.indexOf('$', start)
  return dollar >= 0 && dollar < end
}
