import type { Database, Place } from '../../database/records/types.ts'
import type { NamingRule } from '../../settings/settings.ts'
import type { Note } from '../../text/diagnostic.ts'
import { didYouMean } from '../../text/suggest.ts'
import type { IocRule } from '../types.ts'
import { type Breach, byPlace, type IsOurs, namePlace, ours } from './by-place.ts'

/** Names of records and aliases that follow none of the patterns for their type: `SITE_NAME`. */
export function siteNames(rules: readonly NamingRule[], isOurs: IsOurs): IocRule {
  const ofType = new Map<string, readonly NamingRule[]>()
  const rulesFor = (type: string): readonly NamingRule[] => {
    const known = ofType.get(type) ?? rules.filter((rule) => isFor(rule, type))
    ofType.set(type, known)
    return known
  }
  return ({ database }) => byPlace(breaches(named(database, isOurs), rulesFor))
}

/** A name that the site gives, and the type of the record that has it. */
interface Named {
  readonly kind: 'record name' | 'alias'
  readonly name: string
  readonly type: string
  readonly place: Place
}

function* named({ records, aliases }: Database, isOurs: IsOurs): Generator<Named> {
  for (const record of ours(records.values(), isOurs)) {
    const { name, type } = record
    yield { kind: 'record name', name, type, place: record }
  }
  for (const alias of aliases.values()) {
    const { name, record } = alias
    if (isOurs(alias.in.source.name)) yield { kind: 'alias', name, type: record.type, place: alias }
  }
}

function* breaches(
  names: Iterable<Named>,
  rulesFor: (type: string) => readonly NamingRule[],
): Generator<Breach> {
  for (const one of names) {
    const breach = breachOf(one, rulesFor(one.type))
    if (breach) yield breach
  }
}

function isFor({ recordTypes }: NamingRule, type: string): boolean {
  return recordTypes.length === 0 || recordTypes.some(({ text }) => text === type)
}

/** How far a name follows a rule. */
interface Attempt {
  readonly rule: NamingRule
  readonly reached: number
  /** The whole name fits the pattern, but a part of it is not allowed. */
  readonly part?: { readonly name: string; readonly value: string }
}

/** The rule that the name follows best says what is wrong. */
function breachOf(one: Named, rules: readonly NamingRule[]): Breach | undefined {
  let best: Attempt | undefined
  for (const rule of rules) {
    const attempt = attemptOf(one.name, rule)
    if (!attempt) return undefined
    if (!best || rank(attempt) > rank(best)) best = attempt
  }
  return best && describe(one, best)
}

function rank({ reached, part }: Attempt): number {
  return part ? Number.POSITIVE_INFINITY : reached
}

/** Nothing if the name follows the rule. */
function attemptOf(name: string, rule: NamingRule): Attempt | undefined {
  const { isMatch, parts, reached } = rule.pattern.pattern.match(name)
  if (!isMatch) return { rule, reached }
  for (const { key, value: allowed } of rule.parts) {
    const place = parts.get(key.text)
    const value = place && name.slice(place.start, place.end)
    if (value === undefined) continue
    const isValue = allowed.values?.some(({ text }) => text === value) ?? true
    const isForm = allowed.pattern?.pattern.match(value).isMatch ?? true
    if (!isValue || !isForm) return { rule, reached, part: { name: key.text, value } }
  }
  return undefined
}

function describe({ kind, name, place }: Named, { rule, part, reached }: Attempt): Breach {
  const notes = [{ message: 'the pattern stands here', at: rule.pattern.at }]
  const common = { code: 'SITE_NAME', place: namePlace({ ...place, name }), name } as const
  if (part)
    return {
      ...common,
      ...describePart(rule, part, `${kind} "${name}"`),
      notes: [...partNotes(rule, part)],
    }
  const fits =
    reached > 0 && reached < name.length ? `: it fits up to "${name.slice(0, reached)}"` : ''
  return {
    ...common,
    message: `the ${kind} "${name}" follows no naming pattern${fits}`,
    what: 'name',
    notes,
    hint: rule.message?.text ?? `pattern: ${rule.pattern.text}`,
  }
}

type Part = NonNullable<Attempt['part']>

function describePart(
  rule: NamingRule,
  { name: part, value }: Part,
  name: string,
): Pick<Breach, 'message' | 'what' | 'hint'> {
  const allowed = rule.parts.find(({ key }) => key.text === part)?.value
  const values = allowed?.values?.map(({ text }) => text) ?? []
  const near = didYouMean(value, values)
  const pattern = allowed?.pattern ? `pattern: ${allowed.pattern.text}` : undefined
  return {
    message: `the ${name} has "${value}" as ${part}, which is not allowed`,
    what: `${part} ${value}`,
    hint: near ?? allowed?.message?.text ?? rule.message?.text ?? pattern,
  }
}

function* partNotes(rule: NamingRule, { name }: Part): Generator<Note> {
  const part = rule.parts.find(({ key }) => key.text === name)
  if (!part) return
  const values = part.value.values?.map(({ text }) => text) ?? []
  const shown = values.slice(0, 8).join(', ')
  const list = values.length > 8 ? `${shown}, … (${values.length})` : shown
  yield { message: list === '' ? 'the rule' : `allowed: ${list}`, at: part.key.at }
}
