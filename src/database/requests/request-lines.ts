import { utf8Length } from '../../macro/bytes.ts'

/** What a line of a request file is for autosave; offsets in the text. */
export type RequestLine = PvLine | IncludeLine | StrangeLine

/** A PV to be saved, with or without a field. */
export interface PvLine {
  readonly kind: 'pv'
  readonly name: string
  readonly start: number
  readonly end: number
}

/** `file NAME MACROS`. */
export interface IncludeLine {
  readonly kind: 'file'
  readonly name: string
  readonly start: number
  readonly end: number
  /** The definition list as autosave makes it: without quotes, commas for blanks. */
  readonly macros: string
  readonly macrosStart: number
  readonly macrosEnd: number
}

/** Text that autosave passes over, or takes for something else than it seems to be. */
export interface StrangeLine {
  readonly kind: 'ignored' | 'indented'
  readonly start: number
  readonly end: number
}

/**
 * Reads the lines of a request file after macro expansion, as autosave does (save_restore.c,
 * readReqFile): the first word of a line is a PV, `#` begins a comment only as the first character
 * of that word, `file` counts at the very beginning of a line only.
 */
export function* requestLines(text: string): Generator<RequestLine> {
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start)
    const end = newline < 0 ? text.length : newline
    const line = lineOf(text, start, end)
    if (line) yield line
    start = end + 1
  }
}

function lineOf(text: string, start: number, end: number): RequestLine | undefined {
  const first = skipBlanks(text, start, end)
  if (first === end || text[first] === '#') return undefined
  if (text.startsWith('file', start)) return includeOf(text, start + 4, end)
  const behind = endOfWord(text, first, end)
  const name = text.slice(first, behind)
  const place = { start: first, end: behind }
  if (name === 'file' && skipBlanks(text, behind, end) < end) return { kind: 'indented', ...place }
  return firstOfPv.test(name) ? { kind: 'pv', name, ...place } : { kind: 'ignored', ...place }
}

/** isValid1stPVChar, and `$` of macros that are not expanded. */
const firstOfPv = /^[\w:+\-[\]<>;$]/

function includeOf(text: string, behindWord: number, end: number): IncludeLine {
  let start = skipBlanks(text, behindWord, end)
  if (text[start] === '"') start = skipBlanks(text, start + 1, end)
  let behind = start
  while (behind < end && !/[\s"#]/.test(text.charAt(behind))) behind++
  const macrosStart = Math.min(
    end,
    skipBlanks(text, text[behind] === '"' ? behind + 1 : behind, end),
  )
  return {
    ...{ kind: 'file', name: text.slice(start, behind), start, end: behind },
    ...{ macros: listOf(text.slice(behind, end)), macrosStart, macrosEnd: end },
  }
}

/**
 * Quotes go, blanks and commas become one comma. What is shorter than three characters is no list:
 * a separator there is dropped, so that `A=,B=1` becomes `A=B=1`.
 */
function listOf(text: string): string {
  let list = ''
  for (const character of text) {
    if (character === '"') continue
    if (!/[\s,]/.test(character)) list += character
    else if (list.length >= 3 && !list.endsWith(',')) list += ','
  }
  const trimmed = list.endsWith(',') ? list.slice(0, -1) : list
  return trimmed.length < 3 ? '' : trimmed
}

/** Bytes of a line, its end left out, that autosave reads (BUF_SIZE). */
export const maxRequestLine = 198

/** Bytes of the name of a PV that autosave keeps. */
export const maxPvName = 63

/** A line of which autosave loses a part. */
export interface CutLine {
  readonly kind: 'long' | 'open'
  readonly start: number
  readonly end: number
}

/**
 * Lines of a file as it is written that autosave cuts: longer ones than 198 bytes end at the last
 * comma or blank before that, and so does a last line without a line end.
 */
export function* cutLines(text: string): Generator<CutLine> {
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start)
    const end = newline < 0 ? text.length : newline
    const first = skipBlanks(text, start, end)
    if (first < end && text[first] !== '#') {
      if (isLong(text, start, end)) yield { kind: 'long', start: first, end }
      else if (newline < 0 && !/[\s,]$/.test(text)) {
        yield { kind: 'open', start: first, end }
      }
    }
    start = end + 1
  }
}

function isLong(text: string, start: number, end: number): boolean {
  if ((end - start) * 3 <= maxRequestLine) return false
  return end - start > maxRequestLine || utf8Length(text.slice(start, end)) > maxRequestLine
}

function skipBlanks(text: string, start: number, end: number): number {
  let at = start
  while (at < end && /\s/.test(text.charAt(at))) at++
  return at
}

function endOfWord(text: string, start: number, end: number): number {
  let at = start
  while (at < end && !/\s/.test(text.charAt(at))) at++
  return at
}
