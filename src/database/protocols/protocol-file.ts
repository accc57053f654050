import type { Source } from '../../text/source.ts'
import type { Span } from '../../text/span.ts'
import { type ProtocolToken, protocolTokens } from './tokens.ts'

/** A protocol file of StreamDevice, as far as records need to know it. */
export interface ProtocolFile {
  /** By name in lower case: names are not case sensitive. */
  readonly protocols: ReadonlyMap<string, Protocol>
  /** The first thing StreamDevice cannot read: it takes nothing from such a file. */
  readonly problem?: { readonly message: string; readonly at: Span }
}

export interface Protocol {
  /** As written. */
  readonly name: string
  readonly at: Span
  /** Number of the last argument (`$1` ... `$9`) without which it cannot be used. */
  readonly needed: number
  /** Number of the last argument that is mentioned at all, in variables, too. */
  readonly mentioned: number
}

/**
 * Reads names and arguments of protocols (StreamDevice, protocol.html). Commands and formats are
 * not looked at. Never throws.
 */
export function readProtocolFile(source: Source): ProtocolFile {
  const reading: Reading = {
    source,
    protocols: new Map(),
    mentioned: 0,
    needed: 0,
    statement: [],
  }
  for (const token of protocolTokens(source.text)) {
    take(reading, token)
    if (reading.problem) break
  }
  if (!reading.problem) end(reading)
  const { protocols, problem, mentioned } = reading
  return {
    // What a variable of the file mentions, every protocol may use.
    protocols: new Map(
      Array.from(protocols, ([name, one]) => [
        name,
        { ...one, mentioned: Math.max(one.mentioned, mentioned) },
      ]),
    ),
    ...(problem && { problem }),
  }
}

interface GrowingProtocol {
  readonly name: string
  readonly at: Span
  needed: number
  /** Without that of handlers: what another protocol gets that names this one as a command. */
  commands: number
  mentioned: number
}

interface Reading {
  readonly source: Source
  readonly protocols: Map<string, GrowingProtocol>
  /** The one whose body is open. */
  protocol?: GrowingProtocol | undefined
  /** The body of a handler (`@init`) is open: in the protocol, or for all that follow. */
  handler?: ProtocolToken | undefined
  /** Last argument in variables of the file. */
  mentioned: number
  /** Last argument in handlers of the file, which protocols behind them have. */
  needed: number
  /** Tokens of the statement so far. */
  statement: ProtocolToken[]
  problem?: NonNullable<ProtocolFile['problem']>
}

function take(reading: Reading, token: ProtocolToken): void {
  if (token.kind === 'unclosed') fail(reading, token, 'the quote is not closed on its line')
  else if (token.kind !== 'mark') reading.statement.push(token)
  else if (token.text === ';') closeStatement(reading)
  else if (token.text === '{') openBody(reading, token)
  else if (token.text === '}') closeBody(reading, token)
  else reading.statement.push(token)
}

function openBody(reading: Reading, brace: ProtocolToken): void {
  const [name, ...others] = reading.statement
  reading.statement = []
  const stray = others[0] ?? (name?.kind === 'word' ? undefined : (name ?? brace))
  if (!name || stray) {
    fail(reading, stray ?? brace, 'a name and nothing else must stand in front of "{"')
  } else if (name.text.startsWith('@')) openHandler(reading, name)
  else openProtocol(reading, name)
}

function openHandler(reading: Reading, name: ProtocolToken): void {
  if (reading.handler) fail(reading, name, `handler ${name.text} stands in another handler`)
  reading.handler = name
}

function openProtocol(reading: Reading, { text, start, end }: ProtocolToken): void {
  const { source, protocols, needed } = reading
  const at = { source, start, end }
  const name = source.text.slice(start, end)
  const outer = openOne(reading)
  if (outer) {
    fail(reading, at, `protocol ${name} stands in ${outer.what}: a "}" is missing`)
    return
  }
  if (protocols.has(text)) fail(reading, at, `protocol ${name} is defined a second time`)
  reading.protocol = { name, at, needed, commands: 0, mentioned: needed }
}

/** What is open: the innermost body. */
function openOne({ protocol, handler }: Reading) {
  if (handler) return { what: `handler ${handler.text}`, at: handler }
  return protocol && { what: `protocol ${protocol.name}`, at: protocol.at }
}

function closeBody(reading: Reading, brace: ProtocolToken): void {
  const { protocol, handler } = reading
  if (!protocol && !handler) {
    fail(reading, brace, 'there is no "{" for this "}"')
    return
  }
  // protocol.html: the last statement needs no ";".
  closeStatement(reading)
  if (handler) reading.handler = undefined
  else if (protocol) {
    reading.protocols.set(protocol.name.toLowerCase(), protocol)
    reading.protocol = undefined
  }
}

function closeStatement(reading: Reading): void {
  const { statement, protocol, handler, protocols } = reading
  reading.statement = []
  const [first, second] = statement
  if (!first) return
  const last = Math.max(0, ...statement.map((token) => lastArgument(token)))
  if (!protocol && handler) reading.needed = Math.max(reading.needed, last)
  else if (!protocol) {
    if (second?.text !== '=') fail(reading, first, `"=" or "{" is missing behind ${first.text}`)
    reading.mentioned = Math.max(reading.mentioned, last)
  }
  if (!protocol) return
  protocol.mentioned = Math.max(protocol.mentioned, last)
  if (second?.text === '=') return
  const called = second ? undefined : protocols.get(first.text)
  const needed = Math.max(last, called?.commands ?? 0)
  protocol.needed = Math.max(protocol.needed, needed)
  protocol.mentioned = Math.max(protocol.mentioned, needed)
  if (!handler) protocol.commands = Math.max(protocol.commands, needed)
}

/** `$1`, in strings `\$1`. */
function lastArgument({ kind, text }: ProtocolToken): number {
  if (kind === 'variable') return Number(/^\$(\d)$/.exec(text)?.[1] ?? 0)
  if (kind !== 'string') return 0
  const found = text.matchAll(/\\(?:\$(\d)|[\s\S])/g)
  return Math.max(0, ...Array.from(found, ([, digit]) => Number(digit ?? 0)))
}

function end(reading: Reading): void {
  const { statement } = reading
  const open = openOne(reading)
  if (open) fail(reading, open.at, `${open.what} has no "}"`)
  else if (statement[0]) fail(reading, statement[0], 'the last statement has no ";"')
}

function fail(reading: Reading, place: Pick<Span, 'start' | 'end'>, message: string): void {
  const { source } = reading
  reading.problem ??= { message, at: { source, start: place.start, end: place.end } }
}
