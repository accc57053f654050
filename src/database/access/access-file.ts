import type { Code } from '../../text/codes.ts'
import { type Diagnostic, type DiagnosticDetails, diagnostic } from '../../text/diagnostic.ts'
import type { LoadedText } from '../records/types.ts'
import {
  type Cursor,
  fail,
  need,
  needName,
  needNames,
  peek,
  recover,
  skipUnknown,
  take,
} from './cursor.ts'
import { readRule } from './rules.ts'
import { type AccessToken, accessTokens } from './tokens.ts'

/** An access security file, as far as records need to know it. */
export interface AccessFile {
  /** Names of its ASGs. */
  readonly groups: ReadonlySet<string>
  /** The whole file could be read. */
  readonly isComplete: boolean
  readonly diagnostics: readonly Diagnostic[]
}

/** What the parts of the reader share. */
export interface AccessReading {
  readonly text: LoadedText
  readonly cursor: Cursor
  /** First definitions by kind and name. */
  readonly defined: Readonly<Record<GroupKind, Map<string, AccessToken>>>
  report(code: Code, message: string, details: AccessDetails): void
}

export interface AccessDetails extends Omit<DiagnosticDetails, 'at'> {
  readonly token: AccessToken
}

export type GroupKind = 'UAG' | 'HAG' | 'ASG'

/**
 * Reads an access security file after macro expansion (Application Developer's Guide, access
 * security; compared with base 7.0.10). Never throws; goes on behind mistakes, though the IOC
 * refuses the whole file at the first one.
 */
export function readAccessFile(text: LoadedText): AccessFile {
  const diagnostics: Diagnostic[] = []
  const all = accessTokens(text.text)
  const reading: AccessReading = {
    text,
    cursor: { tokens: all.filter(({ kind }) => kind !== 'strange'), at: 0, failure: undefined },
    defined: { UAG: new Map(), HAG: new Map(), ASG: new Map() },
    report(code, message, { token, ...details }) {
      const at = text.spanOf(token.start, token.end)
      diagnostics.push(diagnostic(code, message, { at, ...details }))
    },
  }
  const strange = all.filter(({ kind }) => kind === 'strange')
  for (const token of strange) reportStrange(reading, token)
  const lines = new Set(strange.map(({ start }) => text.text.lastIndexOf('\n', start)))
  const isComplete = readAll(reading, lines) && strange.length === 0
  return { groups: new Set(reading.defined.ASG.keys()), isComplete, diagnostics }
}

/** @param strangeLines - where lines begin of which enough has been said */
function readAll(reading: AccessReading, strangeLines: ReadonlySet<number>): boolean {
  const { cursor, text } = reading
  let isComplete = true
  do {
    readItem(reading)
    if (!cursor.failure) continue
    isComplete = false
    if (!strangeLines.has(text.text.lastIndexOf('\n', cursor.failure.token.start - 1))) {
      reportFailure(reading, cursor.failure)
    }
    recover(cursor, text.text)
  } while (peek(cursor).kind !== 'end')
  return isComplete
}

function reportStrange({ report, text }: AccessReading, token: AccessToken): void {
  const isMacro = /^\$[({]/.test(text.text.slice(token.start, token.start + 2))
  const hint = isMacro
    ? 'macros are expanded only after asSetSubstitutions("NAME=value")'
    : 'put the name in double quotes'
  report('ACCESS_SYNTAX', `"${token.text}" cannot stand in a name`, { token, hint })
}

function reportFailure(
  { report }: AccessReading,
  { token, wanted }: NonNullable<Cursor['failure']>,
): void {
  const { kind, text } = token
  if (kind === 'unclosed') {
    report('ACCESS_SYNTAX', 'the quote is not closed on its line', { token })
    return
  }
  const here = kind === 'end' ? 'here the file ends' : `here is "${text}"`
  const hint = kind === 'keyword' ? `as a name it needs quotes: "${text}"` : undefined
  report('ACCESS_SYNTAX', `${wanted} is expected, ${here}`, { token, hint })
}

function readItem(reading: AccessReading): void {
  const { cursor } = reading
  const token = peek(cursor)
  const { kind, text } = token
  if (kind === 'keyword' && (text === 'UAG' || text === 'HAG' || text === 'ASG')) {
    cursor.at += 1
    readGroup(reading, text)
  } else if (kind === 'word' || kind === 'string') {
    cursor.at += 1
    skipUnknown(cursor)
    if (cursor.failure) return
    const message = `base does not know "${text}" and passes over this block`
    reading.report('ACCESS_IGNORED', message, { token, hint: 'UAG, HAG or ASG' })
  } else fail(cursor, 'UAG, HAG or ASG')
}

function readGroup(reading: AccessReading, kind: GroupKind): void {
  const { cursor } = reading
  need(cursor, '(')
  const name = needName(cursor, `the name of the ${kind}`)
  if (name) define(reading, kind, name)
  need(cursor, ')')
  const { kind: next, text } = peek(cursor)
  if (cursor.failure || next !== 'mark' || text !== '{') return
  if (kind === 'ASG') readAsg(reading, name?.text ?? '')
  else needNames(cursor, '{}', kind === 'UAG' ? 'the name of a user' : 'the name of a host')
}

function define(
  { defined, report, text }: AccessReading,
  kind: GroupKind,
  name: AccessToken,
): void {
  const known = defined[kind]
  const first = known.get(name.text)
  if (!first) {
    known.set(name.text, name)
    return
  }
  const at = text.spanOf(first.start, first.end)
  const notes = [{ message: 'the first one', at }]
  const message = `${kind} "${name.text}" is defined a second time`
  report('ACCESS_TWICE', message, { token: name, notes })
}

/** An input letter and the CALCs of one ASG. */
export interface AsgInputs {
  readonly inputs: Map<string, AccessToken>
  readonly uses: { readonly letters: ReadonlySet<string>; readonly token: AccessToken }[]
}

function readAsg(reading: AccessReading, name: string): void {
  const { cursor } = reading
  const asg: AsgInputs = { inputs: new Map(), uses: [] }
  need(cursor, '{')
  do {
    const { kind, text } = peek(cursor)
    if (kind === 'keyword' && text === 'RULE') readRule(reading, asg)
    else if (kind === 'keyword' && text.startsWith('INP')) readInput(reading, asg)
    else fail(cursor, 'RULE or INPA to INPU')
  } while (!cursor.failure && !take(cursor, '}'))
  if (!cursor.failure) reportInputs(reading, name, asg)
}

function readInput({ cursor, report }: AccessReading, { inputs }: AsgInputs): void {
  const token = peek(cursor)
  cursor.at += 1
  need(cursor, '(')
  const pv = needName(cursor, 'the name of a PV')
  need(cursor, ')')
  if (cursor.failure) return
  if (inputs.has(token.text)) {
    const message = `${token.text} is given a second time, the last one counts`
    report('ACCESS_INPUT', message, { token, hint: 'take one of them away' })
  } else if (pv?.text.trim() === '') {
    const message = `${token.text} names no PV: the IOC stops there`
    report('ACCESS_INPUT', message, { token: pv, severity: 'error', hint: 'take it away' })
  }
  inputs.set(token.text, token)
}

function reportInputs({ report }: AccessReading, name: string, { inputs, uses }: AsgInputs): void {
  for (const { letters, token } of uses) {
    const missing = [...letters].filter((letter) => !inputs.has(`INP${letter}`)).sort()
    const [first] = missing
    if (!first) continue
    const wanted = missing.map((letter) => `INP${letter}`).join(', ')
    const message = `the expression uses ${missing.join(', ')}, but ASG "${name}" has no ${wanted}`
    report('ACCESS_INPUT', message, { token, hint: `INP${first}("name of a PV")` })
  }
}
