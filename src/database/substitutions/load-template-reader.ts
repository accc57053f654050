import type { Source } from '../../text/source.ts'
import { addCharacter, addStretch } from './definition-text.ts'
import {
  closeSet,
  expect,
  fail,
  newReader,
  type Reader,
  shown,
  skipBraces,
  step,
} from './load-template-state.ts'
import type { Token } from './load-template-tokens.ts'
import { report, spareText } from './messages.ts'
import type { Row, Substitutions, TemplateName } from './types.ts'

/**
 * Reads a substitution file by the grammar of dbLoadTemplate (dbLoadTemplate.y, one function a
 * rule). Where that gives up, this goes on behind the set or block with the mistake.
 */
export function readLoadTemplate(source: Source, maxVariables: number): Substitutions {
  const reader = newReader(source, maxVariables)
  if (reader.token.kind === 'end') fail(reader, 'the file has no file or global statement')
  if (database.test(source.text)) fail(reader, 'this is a database', 'dbLoadRecords loads it')
  else while (reader.token.kind !== 'end') readStatement(reader)
  const { templates, globals, rows, findings, stop } = reader
  const read = { source, templates, globals, rows, diagnostics: findings.take() }
  return { ...read, dialect: 'dbLoadTemplate', ...(stop && { stop }) }
}

/** What begins with a record has nothing that is of use here; its lines need no message each. */
const database = /^(?:\s|#.*\n)*g?record\s*\(/

/** `global {...}` or `file NAME {...}`. */
function readStatement(reader: Reader): void {
  const { kind } = reader.token
  if (kind === 'global') readGlobal(reader)
  else if (kind === 'file') readBlock(reader)
  else {
    fail(reader, `${shown(reader)} stands where file or global is expected`)
    // A stray set or block: what it holds is of no use.
    if (kind === '{') skipBraces(reader)
    else step(reader)
  }
}

function readGlobal(reader: Reader): void {
  const { start } = reader.token
  step(reader)
  if (!expect(reader, '{', 'behind global')) return
  const parts = readDefinitions(reader)
  if (!closeSet(reader)) return
  if (parts.length > 0) reader.globals.push({ parts, start, end: reader.before })
}

function readBlock(reader: Reader): void {
  step(reader)
  const { kind, start, end } = reader.token
  if (kind !== 'word' && kind !== 'string') {
    fail(reader, `${shown(reader)} stands where the name of a template is expected`)
    return
  }
  const quotes = kind === 'string' ? 1 : 0
  const name = reader.source.text.slice(start + quotes, end - quotes)
  const template: TemplateName = { name, start, end }
  reader.templates.push(template)
  step(reader)
  if (!expect(reader, '{', 'behind the name of the template')) return
  if (reader.token.kind === 'pattern') readPattern(reader, template)
  else readSets(reader, (start, isEmptyWrong) => readSet(reader, { template, start }, isEmptyWrong))
}

function readPattern(reader: Reader, template: TemplateName): void {
  const { maxNames } = reader
  step(reader)
  if (!expect(reader, '{', 'behind pattern')) return
  const names: Token[] = []
  while (reader.token.kind === 'word' || (reader.token.kind === ',' && names.length > 0)) {
    if (reader.token.kind === 'word') names.push(reader.token)
    if (names.length === maxNames + 1 && reader.token.kind === 'word') tooManyNames(reader)
    step(reader)
  }
  if (!closeSet(reader)) return
  const known = names.slice(0, maxNames)
  readSets(reader, (start, isEmptyWrong) =>
    readValues(reader, { template, names: known, start }, isEmptyWrong),
  )
}

function tooManyNames(reader: Reader): void {
  const { maxNames } = reader
  const limit = `of a pattern dbLoadTemplate takes ${maxNames} names`
  report(reader, reader.token, {
    code: 'SUBSTITUTION_LIMIT',
    message: `${limit}: ${shown(reader)} and what follows it are dropped`,
    hint: `var dbTemplateMaxVars ${2 * maxNames} before dbLoadTemplate, or write NAME=VALUE sets`,
  })
}

/** The sets of a block up to its brace; `global` may stand between them. */
function readSets(reader: Reader, readOne: (start: number, isEmptyWrong: boolean) => void): void {
  for (;;) {
    const { kind, start } = reader.token
    switch (kind) {
      case '}':
        step(reader)
        return
      case '{':
        readOne(start, false)
        break
      case 'global':
        readGlobal(reader)
        break
      case 'word':
        if (skipWord(reader)) readOne(start, true)
        break
      case 'file':
        fail(reader, '"file" stands where a set or } is expected', closeHint)
        return
      case 'end':
        fail(reader, 'the last block has no } at its end', closeHint)
        return
      default:
        fail(reader, `${shown(reader)} stands where a set is expected`, setHint(kind))
        skipWrong(reader)
    }
  }
}

function skipWrong(reader: Reader): void {
  const isPattern = reader.token.kind === 'pattern'
  step(reader)
  if (isPattern && reader.token.kind === '{') skipBraces(reader)
}

const closeHint = 'close the block with }'

function setHint(kind: Token['kind']): string | undefined {
  return kind === 'pattern' ? 'begin a new file block for another pattern' : undefined
}

/** dbLoadTemplate.y: a word before the brace of a set is accepted, unless the set is empty. */
function skipWord(reader: Reader): boolean {
  const word = reader.token
  const text = shown(reader)
  step(reader)
  if (reader.token.kind !== '{') {
    fail(reader, `${shown(reader)} stands where { is expected`)
    return false
  }
  report(reader, word, {
    code: 'SUBSTITUTION_DIALECT',
    message: `the word ${text} before this set has no meaning: msi refuses it`,
    hint: 'remove it',
  })
  return true
}

function readSet(
  reader: Reader,
  { template, start }: Pick<Row, 'template' | 'start'>,
  isEmptyWrong: boolean,
): void {
  step(reader)
  const parts = readDefinitions(reader)
  if (isEmptyWrong && parts.length === 0) fail(reader, 'the set behind a word is empty')
  if (closeSet(reader)) addRow(reader, { template, parts, start })
}

/** `NAME=VALUE`, commas between them as one likes, but not before the first. */
function readDefinitions(reader: Reader): number[] {
  const parts: number[] = []
  for (let comma = -1; ; step(reader)) {
    const { kind, start, end } = reader.token
    if (kind === ',' && parts.length > 0) {
      comma = start
      continue
    }
    if (kind !== 'word') return parts
    if (parts.length > 0) addCharacter(parts, ',', comma)
    addStretch(parts, start, end)
    step(reader)
    if (reader.token.kind !== '=') {
      fail(reader, `${reader.source.text.slice(start, end)} has no = behind it`)
      return parts
    }
    addCharacter(parts, '=', reader.token.start)
    step(reader)
    if (!isValue(reader.token)) {
      const name = reader.source.text.slice(start, end)
      const message = `the macro ${name} has no value: ${shown(reader)} stands there`
      fail(reader, message, `${name}=""`)
      return parts
    }
    addValue(parts, reader)
  }
}

function isValue({ kind }: Token): boolean {
  return kind === 'word' || kind === 'string'
}

/** dbLoadTemplate.y: strings in single quotes get double ones, what is inside is not touched. */
function addValue(parts: number[], { token, source }: Reader): void {
  if (source.text[token.start] === "'") {
    addCharacter(parts, '"')
    addStretch(parts, token.start + 1, token.end - 1)
    addCharacter(parts, '"')
  } else addStretch(parts, token.start, token.end)
}

interface Pattern {
  readonly template: TemplateName
  readonly names: readonly Token[]
  readonly start: number
}

function readValues(
  reader: Reader,
  { template, names, start }: Pattern,
  isEmptyWrong: boolean,
): void {
  const parts: number[] = []
  const spare: Token[] = []
  let count = 0
  for (step(reader); isValue(reader.token) || (reader.token.kind === ',' && count > 0); ) {
    if (reader.token.kind !== ',') {
      const name = names[count]
      count += 1
      if (!name) spare.push(reader.token)
      else {
        if (parts.length > 0) addCharacter(parts, ',')
        addStretch(parts, name.start, name.end)
        addCharacter(parts, '=')
        addValue(parts, reader)
      }
    }
    step(reader)
  }
  if (isEmptyWrong && count === 0) fail(reader, 'the set behind a word is empty')
  if (spare[0]) {
    const message = spareText(names.length, count)
    report(reader, spare[0], { code: 'SUBSTITUTION_VALUES', message })
  }
  if (closeSet(reader)) addRow(reader, { template, parts, start })
}

function addRow(reader: Reader, row: Pick<Row, 'template' | 'parts' | 'start'>): void {
  const { template, parts, start } = row
  const globals = reader.globals.length
  reader.rows.push({ template, parts, start, end: reader.before, globals })
}
