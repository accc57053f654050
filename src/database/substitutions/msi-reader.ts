import { createFindingList, type FindingList } from '../../text/finding-list.ts'
import type { Source } from '../../text/source.ts'
import { addCharacter, addStretch } from './definition-text.ts'
import { report, spareText } from './messages.ts'
import { type Token, tokensOf } from './msi-tokens.ts'
import type { DefinitionText, Row, Substitutions, TemplateName } from './types.ts'

/** The state of one reading by the rules of msi. */
interface Reader {
  readonly source: Source
  readonly next: () => Token
  token: Token
  /** The block that is open. */
  template: TemplateName | undefined
  /** msi: a block that ends behind a global is an error. */
  isBehindGlobal: boolean
  /** The names of the pattern in force. */
  names: readonly Token[] | undefined
  readonly templates: TemplateName[]
  readonly globals: DefinitionText[]
  readonly rows: Row[]
  readonly findings: FindingList
  stop: Substitutions['stop']
  loosePattern: Substitutions['loosePattern']
}

/**
 * Reads a substitution file as msi does. Where that gives up, this goes on behind the set or line
 * with the mistake.
 */
export function readMsi(source: Source): Substitutions {
  const reader: Reader = {
    source,
    next: tokensOf(source.text),
    token: { kind: 'separator', start: 0, end: 0 },
    ...{ template: undefined, isBehindGlobal: false, names: undefined },
    ...{ stop: undefined, loosePattern: undefined },
    ...{ templates: [], globals: [], rows: [], findings: createFindingList() },
  }
  for (stepOver(reader); reader.token.kind !== 'end'; stepOver(reader)) readStatement(reader)
  const { templates, globals, rows, findings, stop, loosePattern, template } = reader
  const read = { source, templates, globals, rows, diagnostics: findings.take() }
  const optional = {
    ...{ ...(stop && { stop }), ...(loosePattern && { loosePattern }) },
    ...(template && !stop && { openBlock: template }),
  }
  return { ...read, dialect: 'msi', ...optional }
}

/** Reads what begins with the token; afterwards the token is the last one of it. */
function readStatement(reader: Reader): void {
  const keyword = keywordOf(reader)
  if (keyword !== '}') reader.isBehindGlobal = false
  switch (keyword) {
    case '{':
      if (reader.names) readValues(reader, reader.names)
      else readSet(reader)
      break
    case '}':
      closeBlock(reader)
      break
    case 'pattern':
      readPattern(reader)
      break
    case 'global':
      readGlobal(reader)
      break
    case 'file':
      readBlock(reader)
      break
    case 'end':
      break
    case 'unclosed':
      failInside(reader)
      break
    default:
      fail(reader, `${shown(reader)} stands where a set, pattern, global or file is expected`)
      skipStray(reader)
  }
}

/** What msi takes a token for; keywords have no quotes. */
function keywordOf({ token, source }: Reader): string {
  if (token.kind !== 'word') return token.kind
  return token.end - token.start < 8 ? source.text.slice(token.start, token.end) : ''
}

function closeBlock(reader: Reader): void {
  if (!reader.template) fail(reader, 'this } closes nothing', 'remove it')
  else if (reader.isBehindGlobal) {
    const message = 'a block cannot end directly behind a global for msi'
    fail(reader, message, 'write the global before the last set, or behind the block')
  }
  reader.template = undefined
  reader.names = undefined
}

function readSet(reader: Reader): void {
  const { start } = reader.token
  const parts = readText(reader)
  if (parts) addRow(reader, parts, start)
}

function readGlobal(reader: Reader): void {
  const { start } = reader.token
  // msi: the word alone is nothing.
  do stepOver(reader)
  while (keywordOf(reader) === 'global')
  if (reader.token.kind !== '{') {
    readStatement(reader)
    return
  }
  const parts = readText(reader)
  reader.isBehindGlobal = true
  if (parts && parts.length > 0) reader.globals.push({ parts, start, end: reader.token.end })
}

/** All up to the closing brace as a definition list: a separator becomes a comma, blanks vanish. */
function readText(reader: Reader): number[] | undefined {
  const parts: number[] = []
  for (;;) {
    const { kind, start, end } = step(reader)
    switch (kind) {
      case '}':
        return parts
      case 'word':
      case 'string':
        addStretch(parts, start, end)
        break
      case 'separator':
        addCharacter(parts, ',', reader.source.text[start] === ',' ? start : -1)
        break
      default:
        failInside(reader)
        return undefined
    }
  }
}

function readBlock(reader: Reader): void {
  const { kind, start, end } = step(reader)
  if (kind !== 'word' && kind !== 'string') {
    fail(reader, 'the name of a template must stand behind file, on the same line')
    return
  }
  const quotes = kind === 'string' ? 1 : 0
  const name = reader.source.text.slice(start + quotes, end - quotes)
  const template: TemplateName = { name, start, end }
  reader.templates.push(template)
  reader.names = undefined
  if (!open(reader, 'behind the name of the template')) return
  reader.template = template
  stepOver(reader)
  const keyword = keywordOf(reader)
  if (keyword === '{' || keyword === 'pattern') {
    readStatement(reader)
    return
  }
  fail(reader, `${shown(reader)} stands where the first set or pattern is expected`)
  if (keyword === '}') closeBlock(reader)
  else skipStray(reader)
}

function readPattern(reader: Reader): void {
  const { start, end } = reader.token
  if (!open(reader, 'behind pattern')) return
  const names: Token[] = []
  for (let token = stepOver(reader); token.kind !== '}'; token = stepOver(reader)) {
    if (!isText(token)) {
      failInside(reader)
      return
    }
    names.push(token)
  }
  reader.names = names
  if (!reader.template) reader.loosePattern ??= { start, end, rows: reader.rows.length }
}

function isText({ kind }: Token): boolean {
  return kind === 'word' || kind === 'string'
}

function readValues(reader: Reader, names: readonly Token[]): void {
  const { start } = reader.token
  const parts: number[] = []
  const spare: Token[] = []
  let count = 0
  for (let token = stepOver(reader); token.kind !== '}'; token = stepOver(reader)) {
    if (!isText(token)) {
      failInside(reader)
      return
    }
    const name = names[count]
    if (count > 0) addCharacter(parts, ',')
    count += 1
    if (!name) spare.push(token)
    else {
      addStretch(parts, name.start, name.end)
      addCharacter(parts, '=')
      addStretch(parts, token.start, token.end)
    }
  }
  if (spare[0]) {
    const message = spareText(names.length, count)
    report(reader, spare[0], { code: 'SUBSTITUTION_VALUES', message })
  }
  addRow(reader, parts, start)
}

function addRow(reader: Reader, parts: readonly number[], start: number): void {
  const { rows, globals, template, token } = reader
  rows.push({ template, parts, start, end: token.end, globals: globals.length })
}

function step(reader: Reader): Token {
  reader.token = reader.next()
  return reader.token
}

/** To the next token that is no separator. */
function stepOver(reader: Reader): Token {
  do step(reader)
  while (reader.token.kind === 'separator')
  return reader.token
}

function open(reader: Reader, where: string): boolean {
  if (stepOver(reader).kind === '{') return true
  fail(reader, `${shown(reader)} stands where { is expected ${where}`)
  return false
}

/** The token for a message. */
function shown({ source, token }: Reader): string {
  if (token.kind === 'end') return 'the end of the file'
  return JSON.stringify(source.text.slice(token.start, token.end))
}

/** A mistake inside of braces: the rest of them is skipped. */
function failInside(reader: Reader): void {
  const { kind } = reader.token
  if (kind === 'unclosed') fail(reader, 'this string has no end on its line', 'close the quote')
  else if (kind === '{') fail(reader, '{ stands inside of braces', 'put the value in double quotes')
  else fail(reader, `${shown(reader)} stands where } is expected`)
  for (let depth = kind === '{' ? 2 : 1; reader.token.kind !== 'end'; ) {
    if (reader.token.kind === '}') depth -= 1
    if (depth === 0) return
    step(reader)
  }
}

/** A word that nobody wants: so is the rest of its line, and a set that begins there. */
function skipStray(reader: Reader): void {
  const { text } = reader.source
  let isInside = reader.token.kind === '{'
  while (reader.token.kind !== 'end' && (isInside || text[reader.token.end] !== '\n')) {
    step(reader)
    if (reader.token.kind === '{') isInside = true
    if (reader.token.kind === '}' && isInside) return
  }
}

/** A syntax error at the token, where msi gives up. */
function fail(reader: Reader, message: string, hint?: string): void {
  const { token, rows } = reader
  report(reader, token, { code: 'SUBSTITUTION_SYNTAX', message, hint })
  reader.stop ??= {
    rows: isSeenEarly(reader) ? rows.length - 1 : rows.length,
    at: token.start,
  }
}

/** msi looks at the token behind a set before it writes the set. */
function isSeenEarly({ token, source, rows }: Reader): boolean {
  const row = rows.at(-1)
  return (
    token.kind === 'unclosed' &&
    row !== undefined &&
    row.end <= token.start &&
    source.text.slice(row.end, token.start).trim() === '' &&
    !source.text.slice(row.end, token.start).includes('\n')
  )
}
