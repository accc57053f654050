import { createFindingList, type FindingList } from '../../text/finding-list.ts'
import type { Source } from '../../text/source.ts'
import { type Token, tokensOf } from './load-template-tokens.ts'
import { report } from './messages.ts'
import type { DefinitionText, Row, Substitutions, TemplateName } from './types.ts'

/** The state of one reading by the grammar of dbLoadTemplate. */
export interface Reader {
  readonly source: Source
  /** Names of a pattern; the rest is dropped. */
  readonly maxNames: number
  readonly next: () => Token
  /** The token that is looked at. */
  token: Token
  /** End of the token before it. */
  before: number
  /** Where the last syntax error was: there is one for each place. */
  failedAt: number
  readonly templates: TemplateName[]
  readonly globals: DefinitionText[]
  readonly rows: Row[]
  readonly findings: FindingList
  stop: Substitutions['stop']
}

/** dbLoadTemplate.y: `dbTemplateMaxVars`, unless a script sets it. */
export const defaultMaxVariables = 100

/** A reader that looks at the first token. */
export function newReader(source: Source, maxNames: number): Reader {
  const reader: Reader = {
    source,
    maxNames,
    next: tokensOf(source.text),
    token: { kind: 'end', start: 0, end: 0 },
    ...{ before: 0, failedAt: -1, stop: undefined },
    ...{ templates: [], globals: [], rows: [], findings: createFindingList() },
  }
  step(reader)
  return reader
}

/** The next token. dbLoadTemplate_lex.l: a character that can stand nowhere is reported and left out. */
export function step(reader: Reader): void {
  reader.before = reader.token.end
  for (let run: Token | undefined; ; ) {
    const token = reader.next()
    if (run && (token.kind !== 'wrong' || token.start !== run.end)) {
      reportWrong(reader, run)
      run = undefined
    }
    if (token.kind !== 'wrong') {
      reader.token = token
      return
    }
    run = run ? { ...run, end: token.end } : token
  }
}

function reportWrong(reader: Reader, { start, end }: Token): void {
  const text = reader.source.text.slice(start, end)
  const isQuote = text === '"' || text === "'"
  const message = isQuote
    ? 'this string has no end on its line; its quote is left out'
    : `${JSON.stringify(text)} cannot stand without quotes; it is left out`
  const hint = isQuote ? 'close the quote' : 'put the value in double quotes'
  report(reader, { start, end }, { code: 'SUBSTITUTION_SYNTAX', message, hint })
}

/** The token for a message. */
export function shown({ source, token }: Reader): string {
  if (token.kind === 'end') return 'the end of the file'
  return JSON.stringify(source.text.slice(token.start, token.end))
}

/** A syntax error at the token, where dbLoadTemplate gives up; one for each place. */
export function fail(reader: Reader, message: string, hint?: string): void {
  const { token, rows } = reader
  if (reader.failedAt === token.start) return
  reader.failedAt = token.start
  report(reader, token, { code: 'SUBSTITUTION_SYNTAX', message, hint })
  reader.stop ??= { rows: rows.length, at: token.start }
}

/** Steps over the token if it is of this kind; else that is an error. */
export function expect(reader: Reader, kind: '{', where: string): boolean {
  if (reader.token.kind === kind) {
    step(reader)
    return true
  }
  fail(reader, `${shown(reader)} stands where ${kind} is expected ${where}`)
  return false
}

/**
 * Steps over the brace that ends a set. If something else stands there, the rest of the set is
 * skipped, up to the next set or block if its brace is missing.
 */
export function closeSet(reader: Reader): boolean {
  const isGood = reader.token.kind === '}' && reader.failedAt !== reader.token.start
  if (!isGood) fail(reader, `${shown(reader)} stands where } is expected`)
  while (!endsSet(reader)) step(reader)
  if (reader.token.kind === '}') step(reader)
  return isGood
}

function endsSet({ token, source }: Reader): boolean {
  if (token.kind === 'file') return isFirstOfLine(source.text, token.start)
  return token.kind === '{' || token.kind === '}' || token.kind === 'end'
}

function isFirstOfLine(text: string, start: number): boolean {
  let at = start - 1
  while (text[at] === ' ' || text[at] === '\t') at -= 1
  return at < 0 || text[at] === '\n'
}

/** Steps over a pair of braces and what is inside, the token being the first one. */
export function skipBraces(reader: Reader): void {
  let depth = 0
  do {
    if (reader.token.kind === '{') depth += 1
    if (reader.token.kind === '}') depth -= 1
    step(reader)
  } while (depth > 0 && reader.token.kind !== 'end')
}
