import { didYouMean } from '../../text/suggest.ts'
import { readInnerAlias } from './alias-statements.ts'
import { addField, addInfo } from './build.ts'
import { dbdKeywords } from './dbd-statement.ts'
import type { GrowingRecord } from './growing-record.ts'
import { readInclude } from './include.ts'
import {
  badString,
  next,
  nextValue,
  openString,
  resumeBehindJson,
  syntaxError,
  unexpected,
} from './mistakes.ts'
import { expect, readName } from './names.ts'
import { takePlainValues } from './plain.ts'
import type { FileReading, RecordBody } from './reading.ts'
import {
  closeCurly,
  closeRound,
  comma,
  jsonToken,
  openRound,
  stringToken,
  wordToken,
} from './scanner.ts'

/** @param opened - where the brace is that has just been read */
export function openBody(
  file: FileReading,
  record: GrowingRecord | undefined,
  opened: number,
): void {
  const { scanner, loading } = file
  loading.body = { record, in: file.text, opened }
  if (record) scanner.moveTo(takePlainValues(file, record, scanner.end))
  next(file)
}

/** One statement in the braces of a record, or their end. */
export function readInBody(file: FileReading, body: RecordBody): void {
  const { scanner, loading } = file
  const { record } = body
  if (scanner.kind === closeCurly) {
    loading.body = undefined
    next(file)
    return
  }
  if (scanner.isWord('field')) {
    readFields(file, record)
    return
  }
  const word = scanner.kind === wordToken ? scanner.text.slice(scanner.start, scanner.end) : ''
  if (word === 'info') readValueStatement(file, record, word)
  else if (word === 'alias') readInnerAlias(file, record)
  else if (word === 'include') readInclude(file)
  else if (isTopLevel(file, word)) endBody(file, body)
  else
    unexpected(file, {
      expected: 'field(NAME, "value"), info, alias or "}"',
      hint: didYouMean(word, ['field', 'info', 'alias']),
    })
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
  return (word === 'record' || word === 'grecord' || dbdKeywords.has(word)) && scanner.isLineStart()
}

/** The braces of a record are not closed. A mistake in the body itself has already been reported. */
export function endBody(file: FileReading, { record, in: text, opened = 0 }: RecordBody): void {
  file.loading.body = undefined
  if (text === file.text && file.resumedAt > opened) return
  const { start, end } = file.scanner
  const name = record ? ` ${record.name}` : ''
  syntaxError(file, {
    start,
    end,
    message: `the braces of record${name} are not closed`,
    hint: 'add a "}" in front of this place',
  })
}

export function readValueStatement(
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
  const { start, end, hasEscape, badAt, depth } = scanner
  if (badAt >= 0) badString(file, badAt)
  if (kind === jsonToken && depth > leastRoom) checkDepth(file)
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

/** dbYacc.y: the parser has room for 500 symbols, what stands in front of the value included. */
const room = 500

/** With nine for the value itself, one for the fields before it, one for the statements before it. */
const leastRoom = room - 11

function checkDepth(file: FileReading): void {
  const { scanner, loading, names } = file
  const { start, end, depth, text } = scanner
  const { opened = 0 } = loading.body ?? {}
  const isFirst = names.length === 1 && firstHead.test(text.slice(0, opened))
  const isFirstField = firstField.test(text.slice(opened + 1, start))
  if (depth <= leastRoom + (isFirst ? 1 : 0) + (isFirstField ? 1 : 0)) return
  syntaxError(file, {
    ...{ start, end },
    message: 'this JSON value is too long for the IOC: its parser has room for about 245 elements',
    hint: 'put it into double quotes, or set it when the IOC runs',
  })
}

const firstHead = /^(?:\s|#[^\n]*\n)*g?record\s*\([^(){}]*\)\s*$/
const firstField = /^(?:\s|#[^\n]*\n)*(?:field|info)\s*\([^(){}]*$/

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
