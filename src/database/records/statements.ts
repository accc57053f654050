import type { Span } from '../../text/span.ts'
import { foldersOf } from '../definitions/include-path.ts'
import type { Extent } from '../tokens.ts'
import { readAlias } from './alias-statements.ts'
import { endBody, openBody, readInBody, readValueStatement } from './body.ts'
import { beginRecord } from './build.ts'
import { dbdKeywords, endOfDbdStatement, partOf } from './dbd-statement.ts'
import { readHead } from './head.ts'
import { readInclude } from './include.ts'
import { describeStart, next, syntaxError, unexpected } from './mistakes.ts'
import { readName } from './names.ts'
import { takePlainRecords } from './plain.ts'
import { PlainScanner } from './plain-scanner.ts'
import {
  type FileReading,
  type Loading,
  type OpenedText,
  take,
  type WaitingIncludes,
} from './reading.ts'
import { repeatedLoad, replayRecords } from './replay.ts'
import { closeCurly, endOfText, openCurly, Scanner, wordToken } from './scanner.ts'
import type { LoadedText } from './types.ts'
import { newValueNotes } from './value-notes.ts'

/** Reads a file and what it includes. Whatever is in it, reading goes on to its end. */
export function readFile(loading: Loading, opened: OpenedText, names: readonly string[]): void {
  const { text, layout } = opened
  const hasDollar = text.text.includes('$')
  const file = begin(loading, opened, { names, hasDollar })
  loading.state.texts.push(text)
  next(file)
  readAll(file)
  if (layout && file.learner) {
    loading.state.patterns.set(layout.template, file.learner.patterns)
  }
  if (names.length === 1) end(file)
}

/** Reads a statement of a dbd file. */
export function readPart(
  loading: Loading,
  { text, missing }: OpenedText,
  { start, end: limit, names }: Extent & Pick<FileReading, 'names'>,
): void {
  const part = { ...text, text: text.text.slice(0, limit) }
  const hasDollar = text.text.slice(start, limit).includes('$')
  const opened = { text: part, layout: undefined, missing }
  const file = begin(loading, opened, { names, hasDollar })
  file.scanner.moveTo(start)
  next(file)
  readAll(file)
  end(file)
}

function begin(
  loading: Loading,
  { text, layout, missing }: OpenedText,
  { names, hasDollar }: Pick<FileReading, 'names' | 'hasDollar'>,
): FileReading {
  const scanner = new Scanner(text.text)
  const { state } = loading
  const repeated = repeatedLoad(state, text, layout)
  const { definitions, forms } = state
  const plain = definitions && new PlainScanner(newValueNotes(text, forms), definitions)
  return {
    ...{ loading, text, missing, scanner, names, hasDollar, resumedAt: -1 },
    ...{ plain, ...repeated, behind: 0, waiting: undefined },
  }
}

/** The braces of a record may be open in front of the file, and behind one that is included. */
function readAll(file: FileReading): void {
  const { scanner, loading } = file
  for (;;) {
    if (file.waiting) readWaiting(file, file.waiting)
    const { body } = loading
    if (scanner.kind === endOfText) return
    if (!body) readStatement(file)
    else if (body.opened !== undefined) readInBody(file, body)
    else if (scanner.kind === openCurly) openBody(file, body.record, scanner.start)
    else loading.body = undefined
  }
}

/** The end of the load. */
function end(file: FileReading): void {
  const { body } = file.loading
  if (body?.opened !== undefined) endBody(file, body)
  file.loading.body = undefined
}

/**
 * Included files are read at the end of the line, the last one first (dbLexRoutines.c, db_yyinput:
 * the parser has the whole line already).
 */
function readWaiting(file: FileReading, { lineEnd, files, at }: WaitingIncludes): void {
  const { scanner, loading, behind } = file
  if (scanner.start < lineEnd) return
  file.waiting = undefined
  const cut = behind > lineEnd ? loading.body : undefined
  if (behind > lineEnd) {
    loading.body = undefined
    syntaxError(file, {
      ...at,
      message: 'the line end, where the IOC reads the included file, is inside of what follows',
      hint: 'put nothing behind the name of the file',
    })
  }
  for (const { opened, names } of files.reverse()) readFile(loading, opened, names)
  loading.body = cut ?? loading.body
}

/** One statement of the file, the scanner on its first token; afterwards on the next one. */
function readStatement(file: FileReading): void {
  const { scanner } = file
  const { start } = scanner
  const keyword = scanner.kind === wordToken ? scanner.text.slice(start, scanner.end) : ''
  switch (keyword) {
    case 'record':
    case 'grecord':
      readRecord(file, start)
      return
    case 'alias':
      readAlias(file)
      return
    case 'include':
      readInclude(file)
      return
    case 'path':
    case 'addpath':
      readPath(file, keyword)
      return
    default:
      if (dbdKeywords.has(keyword)) {
        readDbdStatement(file, start)
        return
      }
      readStray(file, keyword)
      return
  }
}

/** What belongs into the braces of a record says nothing new behind a mistake in its head. */
function readStray(file: FileReading, keyword: string): void {
  const { scanner, loading } = file
  const isOfRecord = keyword === 'field' || keyword === 'info' || scanner.kind === closeCurly
  if (!isOfRecord || !loading.isLost) {
    unexpected(file, describeStart(keyword, file.text.source.name))
    return
  }
  if (scanner.kind === closeCurly) next(file)
  else readValueStatement(file, undefined, keyword === 'field' ? 'field' : 'info')
}

function readRecord(file: FileReading, start: number): void {
  const { scanner, loading } = file
  const taken = (file.replay && replayRecords(file, start)) ?? takePlainRecords(file, start)
  if (taken) {
    scanner.moveTo(taken.at)
    if (taken.opened === undefined) next(file)
    else openBody(file, taken.record, taken.opened)
    return
  }
  const head = readHead(file, start)
  if (!head) return
  const record = beginRecord(file, head)
  if (head.opened !== undefined) openBody(file, record, head.opened)
  else {
    loading.body = { record, in: file.text, opened: undefined }
    next(file)
  }
}

/** They take a value without parentheses. */
function readPath(file: FileReading, keyword: 'path' | 'addpath'): void {
  const { loading } = file
  const value = readName(file, `what to ${keyword}`)
  if (!value) return
  const folders = foldersOf(value.value)
  loading.path = keyword === 'path' ? folders : [...loading.path, ...folders]
  next(file)
}

function readDbdStatement(file: FileReading, start: number): void {
  const { scanner, text, loading } = file
  const end = endOfDbdStatement(text.text, start)
  if (!loading.isLost) {
    const { state, path } = loading
    const open = (name: string, at: Span): LoadedText | undefined => {
      const included = loading.open(name, at)?.text
      if (included) state.texts.push(included)
      return included
    }
    const found = state.define?.({ text: partOf(text, start, end), path, open }) ?? []
    for (const item of found) take(loading, item)
  }
  scanner.moveTo(end)
  next(file)
}
