import type { Database, Place } from '../../database/records/types.ts'
import type { SiteRules } from '../../settings/settings.ts'
import type { Entry } from '../../settings/shapes.ts'
import type { IocRule } from '../types.ts'
import { type Breach, byPlace, type IsOurs, namePlace, ours } from './by-place.ts'

/** Names of records and aliases, and values of fields, that are longer than allowed: `SITE_LENGTH`. */
export function siteLengths(rules: SiteRules['lengths'], isOurs: IsOurs): IocRule {
  const byField = new Map(rules.map((rule) => [rule.key.text, rule]))
  return ({ database }) => byPlace(breaches(database, { byField, isOurs }))
}

interface Limits {
  readonly byField: ReadonlyMap<string, Entry<number>>
  readonly isOurs: IsOurs
}

function* breaches({ records, aliases }: Database, { byField, isOurs }: Limits): Generator<Breach> {
  const name = byField.get('name')
  for (const record of ours(records.values(), isOurs)) {
    if (name)
      yield* tooLong(name, { what: 'record name', value: record.name, place: namePlace(record) })
    for (const field of record.fields) {
      const rule = byField.get(field.name)
      if (!rule) continue
      const what = `${field.name} of "${record.name}"`
      yield* tooLong(rule, { what, value: field.value, place: field })
    }
  }
  if (!name) return
  for (const alias of aliases.values()) {
    if (!isOurs(alias.in.source.name)) continue
    yield* tooLong(name, { what: 'alias', value: alias.name, place: namePlace(alias) })
  }
}

function* tooLong(
  { key, value: most }: Entry<number>,
  { what, value, place }: { what: string; value: string; place: Place },
): Generator<Breach> {
  // Characters as people count them; few values are long enough to be counted.
  if (value.length <= most) return
  const length = [...value].length
  if (length <= most) return
  const shown = value.length > 60 ? `${value.slice(0, 60)}…` : value
  yield {
    code: 'SITE_LENGTH',
    message: `the ${what} "${shown}" has ${length} characters, this site allows ${most}`,
    place,
    what: key.text,
    name: value.slice(0, 60),
    notes: [{ message: 'the limit stands here', at: key.at }],
  }
}
