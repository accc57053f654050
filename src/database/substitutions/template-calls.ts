import { utf8Length } from '../../macro/bytes.ts'
import { parseDefinitions } from '../../macro/definitions.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import type { Source } from '../../text/source.ts'
import { type Origin, type Span, withOrigin } from '../../text/span.ts'
import { listText, placedDefinitions } from './definition-text.ts'
import { defaultMaxVariables } from './load-template-state.ts'
import type { PlacedDefinition, Row, Substitutions, TemplateName } from './types.ts'

/** What the command says that loads the file, and how exactly it is followed. */
export interface CallOptions {
  /** The macros of the command: a definition list. */
  readonly macros?: CommandMacros | undefined
  /** Why the file is read; put behind all places. */
  readonly from?: Origin | undefined
  /** `dbTemplateMaxVars`; default 100. */
  readonly maxVariables?: number | undefined
  /**
   * What the program really does: it gives up at the first syntax error, and an empty set without
   * any macros of the command or `global` repeats the set before.
   */
  readonly exact?: boolean
}

export interface CommandMacros {
  readonly list: string
  readonly at: Span
  /** Each with its place; default: all at `at`. */
  readonly definitions?: readonly CallDefinition[]
}

/** One template loaded with one set of macros. */
export interface TemplateCall {
  /** As written, without quotes; its macros are those of the environment. */
  readonly template: string
  readonly at: Span
  /** The set. */
  readonly row: Span
  /** The definition list that dbLoadRecords gets: command, globals, set; the last one wins. */
  readonly macros: string
  /** The same in order, each with its place; names may come more than once. */
  definitions(): readonly CallDefinition[]
  /** What is wrong with this call alone. */
  readonly diagnostics: readonly Diagnostic[]
}

/** A macro and where it gets its value. */
export interface CallDefinition {
  readonly name: string
  /** Raw text, quotes and escapes in it; undefined means: the macro is removed. */
  readonly raw: string | undefined
  readonly at: Span
  /** The name, for a row of a pattern that in its head. */
  readonly nameAt?: Span
}

/**
 * The calls of dbLoadRecords that dbLoadTemplate makes for a file, in order, made as they are asked
 * for. Sets without a `file` are left out.
 */
export function* templateCalls(
  substitutions: Substitutions,
  options: CallOptions = {},
): Generator<TemplateCall> {
  const { source, rows, stop } = substitutions
  const calls: Calls = { ...{ substitutions, options }, prefix: newPrefix(options), last: '' }
  const count = options.exact && stop ? stop.rows : rows.length
  for (let number = 0; number < count; number++) {
    const row = rows[number]
    if (!row?.template) continue
    extendPrefix(calls, row.globals)
    const own = listText(row, source.text)
    yield newCall(calls, { row, template: row.template }, own)
    if (own !== '') calls.last = own
  }
}

interface Placed {
  readonly row: Row
  readonly template: TemplateName
}

interface Calls {
  readonly substitutions: Substitutions
  readonly options: CallOptions
  readonly prefix: Prefix
  /** The text of the last set that had some. */
  last: string
}

/** What stands before the macros of each set. */
interface Prefix {
  list: string
  bytes: number
  readonly definitions: CallDefinition[]
  /** So many globals are in it. */
  globals: number
}

function newPrefix({ macros }: CallOptions): Prefix {
  if (!macros) return { list: '', bytes: 0, definitions: [], globals: 0 }
  const { list, at } = macros
  const known = parseDefinitions(list).map(({ name, raw }) => ({ name, raw, at }))
  const definitions = [...(macros.definitions ?? known)]
  return { list, bytes: utf8Length(list), definitions, globals: 0 }
}

/** No more than this is put before each set, however many globals a file has; see `tooLong`. */
const longestPrefix = 20_000

function extendPrefix({ substitutions, options, prefix }: Calls, count: number): void {
  const { source, globals } = substitutions
  for (; prefix.globals < count; prefix.globals++) {
    const added = globals[prefix.globals]
    if (!added || prefix.list.length > longestPrefix) continue
    const list = listText(added, source.text)
    prefix.bytes += utf8Length(list) + (prefix.list === '' ? 0 : 1)
    prefix.list = joined(prefix.list, list)
    for (const one of placedDefinitions(added, source.text)) {
      prefix.definitions.push(withSpan(one, { source, from: options.from }))
    }
  }
}

function joined(left: string, right: string): string {
  return left === '' || right === '' ? left + right : `${left},${right}`
}

function withSpan(
  { name, raw, start, end, nameStart, nameEnd }: PlacedDefinition,
  { source, from }: { readonly source: Source; readonly from: Origin | undefined },
): CallDefinition {
  // A file with ten thousand rows has hundreds of thousands of these: no spreading.
  const at = from ? { source, start, end, from } : { source, start, end }
  const nameAt = from
    ? { source, start: nameStart, end: nameEnd, from }
    : { source, start: nameStart, end: nameEnd }
  return { name, raw, at, nameAt }
}

function newCall(calls: Calls, { row, template }: Placed, own: string): TemplateCall {
  const { substitutions, options, prefix, last } = calls
  const { source, dialect } = substitutions
  const place = { source, from: options.from }
  const isBare = own === '' && prefix.list === ''
  const repeats = isBare && last !== '' && dialect === 'dbLoadTemplate'
  const macros = joined(prefix.list, repeats && options.exact ? last : own)
  const at = withOrigin({ source, start: row.start, end: row.end }, options.from)
  const known = prefix.definitions.length
  return {
    template: template.name,
    at: withOrigin({ source, start: template.start, end: template.end }, options.from),
    row: at,
    macros,
    definitions: () => [
      ...prefix.definitions.slice(0, known),
      ...placedDefinitions(row, source.text).map((one) => withSpan(one, place)),
    ],
    diagnostics: [
      ...(repeats ? [repeated(at)] : none),
      ...(dialect === 'dbLoadTemplate'
        ? tooLong(prefix.bytes + 1 + utf8Length(own), at, options.maxVariables)
        : none),
    ],
  }
}

const none: readonly Diagnostic[] = []

/** dbLoadTemplate.y: the list is only made empty in front of the text that is then used. */
function repeated(at: Span): Diagnostic {
  const message = 'this empty set is loaded with the macros of the set before it'
  return diagnostic('SUBSTITUTION_EMPTY', message, {
    at,
    notes: [{ message: 'a defect of dbLoadTemplate; msi uses no macros, as it should be' }],
    hint: 'give the set a macro, if only { NONE="" }',
  })
}

/** dbLoadTemplate.y: 50 bytes a variable; each definition with a comma before it, and a NUL. */
function tooLong(
  length: number,
  at: Span,
  maxVariables = defaultMaxVariables,
): readonly Diagnostic[] {
  const mostBytes = maxVariables * 50 - 1
  if (length <= mostBytes) return none
  const message = `the macros of this set are ${length - 1} bytes long: dbLoadTemplate crashes behind ${mostBytes - 1}`
  const hint = `var dbTemplateMaxVars ${10 * maxVariables} before dbLoadTemplate gives ten times the room`
  return [diagnostic('SUBSTITUTION_LIMIT', message, { at, hint })]
}
