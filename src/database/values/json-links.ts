import type { FieldKind } from '../definitions/types.ts'
import { checkCalc } from './calc.ts'
import { type JsonValue, memberOf, readJson } from './json.ts'

/** How a JSON link is judged. */
export interface JsonLinkContext {
  readonly kind: FieldKind
  /** Link types that are known. */
  readonly linkTypes: ReadonlyMap<string, unknown>
  /**
   * The value was written without quotes: the database parser has read it already and put bare
   * words into quotes. In a quoted value the JSON parser finds them, and takes none.
   */
  readonly isParsed: boolean
}

/** Why the IOC refuses a JSON link. */
export interface JsonLinkProblem {
  readonly message: string
  /** A link type that is not known. */
  readonly unknown?: string
}

/** Checks `{type: ...}` as dbJLinkParse and the link types of base do; others take what they like. */
export function checkJsonLink(text: string, context: JsonLinkContext): JsonLinkProblem | undefined {
  if (!context.isParsed && comment.test(text))
    return { message: 'JSON in quotes has no # comments' }
  const { value, problem } = readJson(text)
  if (problem) return { message: `the JSON is not valid: ${problem.message}` }
  if (value === undefined) return undefined
  const odd = context.isParsed ? undefined : bareWord(value, text)
  if (odd !== undefined) return { message: `${odd} needs quotes in the JSON` }
  return checkLink(value, context)
}

/** How a link of the type that stands first is written; of JSON that says no type, any one. */
export function jsonLinkForm(text: string, linkTypes: JsonLinkContext['linkTypes']): string {
  const [, type = ''] = /^\{\s*["']?(\w+)/.exec(text) ?? []
  const known = forms.get(type) ?? (linkTypes.has(type) ? undefined : forms.get('const'))
  return `form: ${known ?? `{${type}: ...}`}`
}

const forms: ReadonlyMap<string, string> = new Map([
  ['const', '{const: 1.5}'],
  ['calc', '{calc: {expr: "A+1", args: [{const: 1}]}}'],
  ['state', '{state: "name"}'],
  ['trace', '{trace: {const: 1}}'],
  ['debug', '{debug: {const: 1}}'],
])

const comment = /^(?:[^"'#]|"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*')*#/

/** A word that is no value of JSON5, or a key that is no identifier. */
function bareWord(value: JsonValue, text: string): string | undefined {
  if (value.kind === 'word') return literal.test(value.value) ? undefined : value.value
  if (value.kind === 'array') return first(value.items, (item) => bareWord(item, text))
  if (value.kind !== 'object') return undefined
  return first(value.members, (member) => {
    const isQuoted = /["']/.test(text.charAt(member.start))
    if (!isQuoted && !/^[A-Za-z_$][\w$]*$/.test(member.name)) return member.name
    return bareWord(member.value, text)
  })
}

const literal =
  /^(?:true|false|null|[-+]?(?:0[xX][\da-fA-F]+|(?:0|[1-9]\d*)(?:\.\d*)?(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?|Infinity|NaN))$/

function first<T>(items: readonly T[], find: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const found = find(item)
    if (found !== undefined) return found
  }
  return undefined
}

function checkLink(value: JsonValue, context: JsonLinkContext): JsonLinkProblem | undefined {
  if (value.kind !== 'object') return undefined
  const [member, second] = value.members
  if (!member) return undefined
  if (!context.linkTypes.has(member.name)) {
    return { message: `there is no link type ${JSON.stringify(member.name)}`, unknown: member.name }
  }
  if (second) return { message: `a link has one type, here are ${member.name} and ${second.name}` }
  const message = checks[member.name]?.(member.value, context)
  return typeof message === 'string' ? { message } : message
}

type Check = (value: JsonValue, context: JsonLinkContext) => JsonLinkProblem | string | undefined

/** lnkConst.c, lnkCalc.c, lnkState.c, lnkDebug.c, pvalink: what they say while they are parsed. */
const checks: Readonly<Record<string, Check>> = {
  const: checkConst,
  calc: checkCalcLink,
  state: (value, { kind }) => {
    if (kind === 'DBF_FWDLINK') return 'a state link cannot be a forward link'
    return value.kind === 'string' ? undefined : 'state takes the name of a state as a string'
  },
  trace: checkInner,
  debug: checkInner,
  // pvalink_jlif.cpp of pva2pva and of pvxs: no callback for arrays, also inside of what is ignored.
  pva: (value) => (hasList(value) ? 'a pva link has no lists' : undefined),
}

function hasList(value: JsonValue): boolean {
  if (value.kind === 'object') return value.members.some((member) => hasList(member.value))
  return value.kind === 'array'
}

function checkInner(
  value: JsonValue,
  context: JsonLinkContext,
): JsonLinkProblem | string | undefined {
  return value.kind === 'object'
    ? checkLink(value, context)
    : 'this link type takes a link in braces'
}

function checkConst(value: JsonValue, { kind }: JsonLinkContext): string | undefined {
  if (kind !== 'DBF_INLINK') return 'const is for input links only'
  if (value.kind === 'object' || isNull(value))
    return 'const takes a number, a string or a list of one of them'
  if (value.kind !== 'array') return undefined
  if (value.items.some((item) => item.kind === 'object' || item.kind === 'array' || isNull(item))) {
    return 'the list of a const link takes numbers or strings'
  }
  const kinds = new Set(value.items.map((item) => item.kind))
  return kinds.size > 1 ? 'the list of a const link has numbers and strings in it' : undefined
}

function isNull(value: JsonValue): boolean {
  return value.kind === 'word' && value.value === 'null'
}

const calcKeys: ReadonlySet<string> = new Set([
  ...['expr', 'major', 'minor', 'args', 'prec', 'units', 'time'],
])

function checkCalcLink(
  value: JsonValue,
  context: JsonLinkContext,
): JsonLinkProblem | string | undefined {
  const { kind } = context
  if (kind === 'DBF_FWDLINK') return 'a calc link cannot be a forward link'
  if (value.kind !== 'object') return 'calc takes {expr:"...", args:[...]}'
  const isOutput = kind === 'DBF_OUTLINK'
  const odd = value.members.find(({ name }) => !calcKeys.has(name) && !(isOutput && name === 'out'))
  if (odd) return `a calc link has no key ${odd.name}`
  const wanted =
    isOutput && !memberOf(value, 'out') ? 'out' : memberOf(value, 'expr') ? undefined : 'expr'
  if (wanted) return `the calc link has no ${wanted}`
  for (const { name, value: item } of value.members) {
    const problem = checkCalcMember(name, item, context)
    if (problem) return problem
  }
  return undefined
}

function checkCalcMember(
  name: string,
  value: JsonValue,
  context: JsonLinkContext,
): JsonLinkProblem | string | undefined {
  switch (name) {
    case 'expr':
    case 'major':
    case 'minor': {
      if (value.kind !== 'string') return `${name} takes an expression as a string`
      const problem = checkCalc(value.value)
      return problem && `${name} ${JSON.stringify(value.value)}: ${problem.message}`
    }
    case 'prec':
      return value.kind === 'word' ? undefined : 'prec takes a number'
    case 'units':
      return value.kind === 'string' ? undefined : 'units takes a string'
    case 'time':
      return value.kind === 'string' && /^[A-U]$/i.test(value.value)
        ? undefined
        : 'time takes the letter of an argument, "A" to "U"'
    case 'out':
      return checkInner(value, context)
    default:
      return checkArguments(value, context)
  }
}

/** `A` to `U` (postfix.h, CALCPERFORM_NARGS of base 7.0.10; 12 in older ones). */
const mostArguments = 21

function checkArguments(
  value: JsonValue,
  context: JsonLinkContext,
): JsonLinkProblem | string | undefined {
  const items = value.kind === 'array' ? value.items : [value]
  if (items.length > mostArguments)
    return `a calc link takes ${mostArguments} args, here are ${items.length}`
  for (const item of items) {
    if (item.kind === 'string' || item.kind === 'array')
      return 'args takes numbers and links in braces'
    const problem = checkLink(item, { ...context, kind: 'DBF_INLINK' })
    if (problem) return problem
  }
  return undefined
}
