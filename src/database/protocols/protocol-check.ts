import type { Span } from '../../text/span.ts'
import { didYouMean } from '../../text/suggest.ts'
import { formatProblem } from './formats.ts'
import type { Handler, Protocol, ProtocolFile, Statement } from './protocol-file.ts'
import { type ProtocolToken, references } from './tokens.ts'

/** Why StreamDevice cannot use a protocol. */
export interface ProtocolProblem {
  readonly message: string
  readonly at: Span
  readonly hint?: string
  /** Another library may add what is unknown. */
  readonly isUnsure?: boolean
}

/**
 * A thing in a protocol, its handlers and its variables that StreamDevice cannot compile
 * (StreamCore 2.8.26: compile, compileCommand; step 2 of `StreamProtocolParser`): it looks at those
 * protocols only that records use. Never throws.
 */
export function protocolProblem(
  protocol: Protocol,
  { protocols }: ProtocolFile,
): ProtocolProblem | undefined {
  const { source } = protocol.at
  const all = [...problemsOf({ protocol, protocols, seen: new Set() })]
  const found = all.find(({ isUnsure }) => !isUnsure) ?? all[0]
  if (!found) return undefined
  const { place, ...problem } = found
  return { ...problem, at: { source, start: place.start, end: place.end } }
}

interface Problem extends Omit<ProtocolProblem, 'at'> {
  readonly place: ProtocolToken
}

interface Compiling {
  readonly protocol: Protocol
  readonly protocols: ProtocolFile['protocols']
  /** Lists of commands that have been looked at: several commands may stand for one list. */
  readonly seen: Set<readonly Statement[]>
}

function* problemsOf(compiling: Compiling): Generator<Problem> {
  const { protocol } = compiling
  for (const [name, words] of variablesOf(protocol, numberVariables)) {
    yield* numberProblems(words, `variable ${name}`, compiling)
  }
  for (const [, words] of variablesOf(protocol, stringVariables)) {
    yield* stringProblems(words, 'variable', compiling)
  }
  yield* statementProblems(protocol.statements, compiling)
  const handlers = protocol.handlers()
  for (const { statements } of handlers.values()) yield* statementProblems(statements, compiling)
  for (const handler of handlers.values()) yield* unknownHandler(handler)
}

const numberVariables = [
  ...['locktimeout', 'readtimeout', 'replytimeout', 'writetimeout', 'maxinput', 'pollperiod'],
]
const stringVariables = ['interminator', 'outterminator', 'terminator', 'separator']

function* variablesOf(
  protocol: Protocol,
  names: readonly string[],
): Generator<readonly [string, readonly ProtocolToken[]]> {
  for (const name of names) {
    const words = protocol.variable(name)
    if (words) yield [name, words]
  }
}

function* unknownHandler({ name }: Handler): Generator<Problem> {
  if (knownHandlers.includes(name.text)) return
  const hint = didYouMean(name.text, knownHandlers) ?? `handlers: ${knownHandlers.join(', ')}`
  yield { message: `there is no handler ${name.text}`, place: name, hint }
}

const knownHandlers = ['@init', '@mismatch', '@readtimeout', '@replytimeout', '@writetimeout']

function* statementProblems(
  statements: readonly Statement[],
  compiling: Compiling,
): Generator<Problem> {
  if (compiling.seen.has(statements)) return
  compiling.seen.add(statements)
  for (const statement of statements) {
    if (statement.calls) yield* statementProblems(statement.calls.statements, compiling)
    else yield* commandProblems(statement, compiling)
  }
}

function* commandProblems({ name, words }: Statement, compiling: Compiling): Generator<Problem> {
  switch (name.text) {
    case 'in':
    case 'out':
    case 'exec':
      return yield* stringProblems(words, name.text === 'in' ? 'input' : 'output', compiling)
    case 'wait':
    case 'connect':
      if (words.length > 0) return yield* numberProblems(words, name.text, compiling)
      return yield { message: `${name.text} needs a time in milliseconds`, place: name }
    case 'event':
      return yield* undefinedVariables(words, compiling)
    case 'disconnect':
      if (words[0]) yield { message: 'disconnect takes nothing', place: words[0] }
      return
    default:
      yield unknownCommand(name, words, compiling)
  }
}

const commands = ['in', 'out', 'wait', 'event', 'exec', 'connect', 'disconnect']

function unknownCommand(
  place: ProtocolToken,
  words: readonly ProtocolToken[],
  { protocols }: Compiling,
): Problem {
  const { text } = place
  const isLater = words.length === 0 && protocols.has(text)
  const message = isLater
    ? `protocol ${text} is not defined in front of this`
    : `there is no command ${text}`
  const hint = isLater
    ? 'define a protocol above those that use it'
    : (didYouMean(text, commands) ?? `commands: ${commands.join(', ')}`)
  return { message, place, hint }
}

function* undefinedVariables(
  words: readonly ProtocolToken[],
  { protocol }: Compiling,
): Generator<Problem> {
  for (const { variable, token } of references(words)) {
    if (protocol.variable(variable)) continue
    yield {
      message: `no variable ${variable} is set in protocol ${protocol.name}, or in front of it`,
      place: token,
    }
  }
}

/** `compileNumber`; what is put together from several words is left alone. */
function* numberProblems(
  words: readonly ProtocolToken[],
  what: string,
  compiling: Compiling,
): Generator<Problem> {
  yield* undefinedVariables(words, compiling)
  const [first, ...others] = words
  if (!first || others.length > 0 || first.kind === 'variable') return
  if (/^(0x[\da-f]+|\d+)$/.test(first.text)) return
  yield { message: `${what} is a number, not ${first.text}`, place: first }
}

/** `compileString`. */
function* stringProblems(
  words: readonly ProtocolToken[],
  use: 'input' | 'output' | 'variable',
  compiling: Compiling,
): Generator<Problem> {
  yield* undefinedVariables(words, compiling)
  for (const [index, word] of words.entries()) {
    const problem = word.kind === 'word' ? byteProblem(word.text, use) : undefined
    if (problem !== undefined) yield { message: problem, place: word }
    // Strings one behind the other, and values of variables, are one text.
    const isWhole = ![words[index - 1], words[index + 1]].some((one) => one && one.kind !== 'mark')
    if (word.kind !== 'string' || use === 'variable') continue
    const format = formatProblem(word.text.slice(1, -1), { use, isWhole })
    if (format) yield { ...format, place: word }
  }
}

function byteProblem(text: string, use: 'input' | 'output' | 'variable'): string | undefined {
  if (text === 'skip' || text === '?')
    return use === 'input' ? undefined : `${text} is for input only`
  if (names.has(text)) return undefined
  if (!/^[+-]?(0x[\da-f]+|\d+)$/.test(text)) return `${text} is neither a byte nor in quotes`
  const digits = text.replace(/^[+-]/, '')
  const value = /^0\d/.test(digits) ? Number.parseInt(digits, 8) : Number(digits)
  const least = text.startsWith('-') ? -value : value
  return least > 0xff || least < -0x80 ? `${text} is no byte` : undefined
}

/** Names of bytes (protocol.html, strings). */
const names: ReadonlySet<string> = new Set(
  `nul soh stx etx eot enq ack bel bs ht tab lf nl vt ff np cr so si dle dc1 dc2 dc3 dc4 nak syn etb
  can em sub esc fs gs rs us del`.split(/\s+/),
)
