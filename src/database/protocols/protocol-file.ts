import type { Source } from '../../text/source.ts'
import type { Span } from '../../text/span.ts'
import { type ProtocolToken, protocolTokens, references } from './tokens.ts'

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
  readonly statements: readonly Statement[]
  /** Those of the file in front of it and its own, by name: the last one of a name counts. */
  handlers(): ReadonlyMap<string, Handler>
  /** The value of a variable, of its own or of the file in front of it. */
  variable(name: string): readonly ProtocolToken[] | undefined
}

/** A command. */
export interface Statement {
  readonly name: ProtocolToken
  /** What stands behind the name. */
  readonly words: readonly ProtocolToken[]
  /** It stands for the commands of a protocol further above. */
  readonly calls?: Pick<Protocol, 'statements'>
}

/** `@init { ... }` */
export interface Handler {
  readonly name: ProtocolToken
  readonly statements: readonly Statement[]
}

/**
 * Reads protocols (StreamDevice, protocol.html, and step 1 of `StreamProtocolParser`). For what
 * stands in their commands see `protocolProblem`. Never throws.
 */
export function readProtocolFile(source: Source): ProtocolFile {
  const reading: Reading = {
    ...{ source, protocols: new Map(), mentioned: 0, needed: 0, statement: [] },
    shared: { variables: new Map(), handlers: [], count: 0 },
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

interface GrowingProtocol extends Protocol {
  needed: number
  /** Without that of handlers: what another protocol gets that names this one as a command. */
  commands: number
  mentioned: number
  readonly statements: Statement[]
  readonly ownHandlers: GrowingHandler[]
  readonly ownVariables: Map<string, readonly ProtocolToken[]>
}

interface GrowingHandler extends Handler {
  readonly statements: Statement[]
}

/** What stands outside of protocols; each protocol has what stands in front of it. */
interface Shared {
  /** The values of a variable, each with the number of definitions in front of it. */
  readonly variables: Map<string, { readonly place: number; words: readonly ProtocolToken[] }[]>
  readonly handlers: { readonly place: number; readonly handler: GrowingHandler }[]
  /** Of definitions so far. */
  count: number
}

interface Reading {
  readonly source: Source
  readonly protocols: Map<string, GrowingProtocol>
  /** The one whose body is open. */
  protocol?: GrowingProtocol | undefined
  /** The body of a handler (`@init`) is open: in the protocol, or for all that follow. */
  handler?: GrowingHandler | undefined
  readonly shared: Shared
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
  const { protocol, shared } = reading
  if (reading.handler) fail(reading, name, `handler ${name.text} stands in another handler`)
  const handler = { name, statements: [] }
  reading.handler = handler
  if (protocol) protocol.ownHandlers.push(handler)
  else shared.handlers.push({ place: shared.count++, handler })
}

function openProtocol(reading: Reading, { text, start, end }: ProtocolToken): void {
  const { source, protocols, needed, shared } = reading
  const at = { source, start, end }
  const name = source.text.slice(start, end)
  const outer = openOne(reading)
  if (outer) {
    fail(reading, at, `protocol ${name} stands in ${outer.what}: a "}" is missing`)
    return
  }
  if (protocols.has(text)) fail(reading, at, `protocol ${name} is defined a second time`)
  reading.protocol = {
    ...{ name, at, needed, commands: 0, mentioned: needed, statements: [] },
    ...definitions(shared),
  }
}

function definitions(
  shared: Shared,
): Pick<GrowingProtocol, 'ownHandlers' | 'ownVariables' | 'handlers' | 'variable'> {
  const { count } = shared
  const ownHandlers: GrowingHandler[] = []
  const ownVariables: GrowingProtocol['ownVariables'] = new Map()
  return {
    ownHandlers,
    ownVariables,
    handlers() {
      const before = shared.handlers.filter(({ place }) => place < count)
      const all = [...before.map(({ handler }) => handler), ...ownHandlers]
      return new Map(all.map((handler) => [handler.name.text, handler]))
    },
    variable(name) {
      const before = shared.variables.get(name)?.findLast(({ place }) => place < count)
      return ownVariables.get(name) ?? before?.words
    },
  }
}

/** What is open: the innermost body. */
function openOne({ protocol, handler }: Reading) {
  if (handler) return { what: `handler ${handler.name.text}`, at: handler.name }
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
  const { statement } = reading
  reading.statement = []
  const [first, second, ...others] = statement
  if (!first) return
  const isAssignment = second?.kind === 'mark' && second.text === '='
  const stray = (isAssignment ? others : statement).find(
    ({ kind, text }) => kind === 'mark' && text === '=',
  )
  if (stray) fail(reading, stray, '"=" cannot stand here: ";" is missing in front, or quotes')
  else if (first.kind !== 'word' || !/^[@a-z]/.test(first.text))
    fail(reading, first, `no statement begins with ${first.text}`)
  else if (isAssignment) assign(reading, first, others)
  else if (openOne(reading)) addCommand(reading, first, statement.slice(1))
  else fail(reading, first, `"=" or "{" is missing behind ${first.text}`)
}

function assign(reading: Reading, name: ProtocolToken, words: readonly ProtocolToken[]): void {
  const { protocol, handler, shared } = reading
  if (handler) fail(reading, name, `handlers cannot set variables: ${name.text}`)
  if (name.text.startsWith('@')) fail(reading, name, `no variable begins with "@": ${name.text}`)
  // parseValue: those of the file only, also in protocols.
  const lost = references(words).find((one) => !shared.variables.has(one.variable))
  if (lost) {
    const message = `no variable ${lost.variable} is set in front of this, outside of protocols`
    fail(reading, lost.token, message)
  }
  const last = lastOf(words)
  if (protocol) {
    protocol.mentioned = Math.max(protocol.mentioned, last)
    protocol.ownVariables.set(name.text, words)
    return
  }
  reading.mentioned = Math.max(reading.mentioned, last)
  const value = { place: shared.count++, words }
  const before = shared.variables.get(name.text)
  if (before) before.push(value)
  else shared.variables.set(name.text, [value])
}

function addCommand(reading: Reading, name: ProtocolToken, words: readonly ProtocolToken[]): void {
  const { protocol, handler, protocols } = reading
  if (name.text.startsWith('@')) fail(reading, name, `"{" is missing behind ${name.text}`)
  const calls = words.length === 0 ? protocols.get(name.text) : undefined
  const statements = (handler ?? protocol)?.statements
  statements?.push({ name, words, ...(calls && { calls }) })
  const needed = Math.max(lastOf(words), calls?.commands ?? 0)
  if (!protocol) reading.needed = Math.max(reading.needed, needed)
  else {
    protocol.needed = Math.max(protocol.needed, needed)
    protocol.mentioned = Math.max(protocol.mentioned, needed)
    if (!handler) protocol.commands = Math.max(protocol.commands, needed)
  }
}

function lastOf(words: readonly ProtocolToken[]): number {
  return words.reduce((last, word) => Math.max(last, lastArgument(word)), 0)
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
