import { didYouMean } from '../../text/suggest.ts'
import { foldersOf } from '../definitions/include-path.ts'
import { readAlias, readInnerAlias } from './alias-statements.ts'
import { addField, addInfo, beginRecord, type Name } from './build.ts'
import { dbdKeywords, endOfDbdStatement, partOf } from './dbd-statement.ts'
import type { GrowingRecord } from './growing-record.ts'
import { readHead } from './head.ts'
import { openIncluded } from './include.ts'
import {
  badString,
  describeStart,
  next,
  nextValue,
  openString,
  resumeBehindJson,
  syntaxError,
  unexpected,
} from './mistakes.ts'
import { expect, readName } from './names.ts'
import { takePlainRecords, takePlainValues } from './plain.ts'
import { PlainScanner } from './plain-scanner.ts'
import type { FileReading, Loading, OpenedText } from './reading.ts'
import { repeatedLoad, replayRecords } from './replay.ts'
import {
  closeCurly,
  closeRound,
  comma,
  endOfText,
  jsonToken,
  openCurly,
  openRound,
  Scanner,
  stringToken,
  wordToken,
} from './scanner.ts'
import { newValueNotes } from './value-notes.ts'

/** Reads a file and what it includes. Whatever is in it, reading goes on to its end. */
export function readFile(
  loading: Loading,
  { text, layout, missing }: OpenedText,
  names: readonly string[],
): void {
  const scanner = new Scanner(text.text)
  const hasDollar = text.text.includes('$')
  const { state } = loading
  const repeated = repeatedLoad(state, text, layout)
  const { definitions, forms } = state
  const plain = definitions && new PlainScanner(newValueNotes(text, forms), definitions)
  const file: FileReading = {
    ...{ loading, text, missing, scanner, names, hasDollar, resumedAt: -1 },
    ...{ plain, ...repeated },
  }
  state.texts.push(text)
  next(file)
  while (scanner.kind !== endOfText) readStatement(file)
  const { learner } = repeated
  if (layout && learner) state.patterns.set(layout.template, learner.patterns)
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
    case 'path':
    case 'addpath':
      readPathStatement(file, keyword)
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
  const { scanner } = file
  const taken = (file.replay && replayRecords(file, start)) ?? takePlainRecords(file, start)
  if (taken) {
    scanner.moveTo(taken.at)
    if (taken.opened === undefined) next(file)
    else readBody(file, taken.record, taken.opened)
    return
  }
  const head = readHead(file, start)
  if (!head) return
  const record = beginRecord(file, head)
  if (head.opened !== undefined) readBody(file, record, head.opened)
  else if (next(file) === openCurly) readBody(file, record, scanner.start)
}

/**
 * The statements in the braces of a record, behind the present token.
 *
 * @param start of the opening brace
 */
function readBody(file: FileReading, record: GrowingRecord | undefined, start: number): void {
  const { scanner } = file
  if (record) scanner.moveTo(takePlainValues(file, record, scanner.end))
  next(file)
  for (;;) {
    if (scanner.kind === closeCurly) {
      next(file)
      return
    }
    if (scanner.kind === endOfText) {
      unclosed(file, record, start)
      return
    }
    if (scanner.isWord('field')) {
      readFields(file, record)
      continue
    }
    const word = scanner.kind === wordToken ? scanner.text.slice(scanner.start, scanner.end) : ''
    if (word === 'info') readValueStatement(file, record, word)
    else if (word === 'alias') readInnerAlias(file, record)
    else if (isTopLevel(file, word)) {
      unclosed(file, record, start)
      return
    } else
      unexpected(file, {
        expected: 'field(NAME, "value"), info, alias or "}"',
        hint: didYouMean(word, ['field', 'info', 'alias']),
      })
  }
}

/** At least one field. */
function readFields(file: FileReading, record: GrowingRecord | undefined): void {
  const { scanner } = file
  const { start } = scanner
  const end = record ? takePlainValues(file, record, start) : start
  if (end === start) readValueStatement(file, record, 'field')
  else {
    scanner.moveTo(end)
    next(file)
  }
}

/** The next record begins though the braces of this one are open. */
function isTopLevel({ scanner }: FileReading, word: string): boolean {
  return (
    (word === 'record' || word === 'grecord' || word === 'include' || dbdKeywords.has(word)) &&
    scanner.isLineStart()
  )
}

/** A mistake in the body itself has already been reported. */
function unclosed(file: FileReading, record: GrowingRecord | undefined, opened: number): void {
  if (file.resumedAt > opened) return
  const { start, end } = file.scanner
  const name = record ? ` ${record.name}` : ''
  syntaxError(file, {
    start,
    end,
    message: `the braces of record${name} are not closed`,
    hint: 'add a "}" in front of this place',
  })
}

function readValueStatement(
  file: FileReading,
  record: GrowingRecord | undefined,
  keyword: 'field' | 'info',
): void {
  const { scanner } = file
  // There are millions of these: the texts of messages are constant.
  if (!expect(file, openRound, '"(" behind the keyword')) return
  const name = readName(file, 'a name')
  if (!name || !expect(file, comma, '"," behind the name')) return
  const kind = nextValue(file)
  if (kind !== stringToken && kind !== wordToken && kind !== jsonToken) {
    wrongValue(file, name.value)
    return
  }
  const { start, end, hasEscape, badAt } = scanner
  if (badAt >= 0) badString(file, badAt)
  const value = { start, end, kind, hasEscape: kind === stringToken && hasEscape }
  if (next(file) !== closeRound) {
    unexpected(file, {
      expected: `")" behind the value of ${name.value}`,
      hint: 'put a value with blanks or other signs into double quotes',
    })
    return
  }
  if (keyword === 'field') addField(file, record, { name, value })
  else addInfo(file, record, { name, value })
  next(file)
}

function wrongValue(file: FileReading, name: string): void {
  const { scanner, text } = file
  const { start, end } = scanner
  const first = text.text.charAt(start)
  if (first === '"' || first === "'") {
    openString(file)
    return
  }
  if (first === '{' || first === '[') {
    syntaxError(file, {
      start,
      end,
      message: `the JSON value of ${name} is not valid: ${lastOf(text.text.slice(start, end))}`,
      hint:
        text.text[end - 1] === '/'
          ? 'comments in JSON values begin with # too'
          : 'close its brackets; keys are names or strings, followed by ":"',
    })
    resumeBehindJson(file)
    return
  }
  unexpected(file, {
    expected: `the value of ${name}`,
    hint: `field(${name}, "...")`,
  })
}

/** What of a JSON value does not fit, which is the last of what was read. */
function lastOf(json: string): string {
  const [found] = /"[^"\n]*"$|'[^'\n]*'$|[\w+.-]+$|[^\s]$/.exec(json.slice(-40)) ?? []
  return found === undefined ? 'it has no end' : `${JSON.stringify(found)} cannot stand here`
}

/** `include`, `path` and `addpath` take a value without parentheses. */
function readPathStatement(file: FileReading, keyword: 'include' | 'path' | 'addpath'): void {
  const { loading } = file
  const value = readName(file, `what to ${keyword}`)
  if (!value) return
  if (keyword === 'include') readIncluded(file, value)
  else if (keyword === 'path') loading.path = foldersOf(value.value)
  else loading.path = [...loading.path, ...foldersOf(value.value)]
  next(file)
}

function readIncluded(file: FileReading, name: Name): void {
  const included = openIncluded(file, name)
  if (included) readFile(file.loading, included.opened, included.names)
}

function readDbdStatement(file: FileReading, start: number): void {
  const { scanner, text, loading } = file
  const end = endOfDbdStatement(text.text, start)
  if (!loading.isLost) {
    for (const item of loading.state.define?.(partOf(text, start, end)) ?? []) {
      if (item.severity === 'error') loading.isGood = false
      loading.state.findings.add(item)
    }
  }
  scanner.moveTo(end)
  next(file)
}
