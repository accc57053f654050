import type { LoadedRecord } from '../../database/records/types.ts'
import type { SiteRules } from '../../settings/settings.ts'
import type { Written } from '../../settings/shape.ts'
import type { IocRule } from '../types.ts'
import { type Breach, byPlace, type IsOurs, ours } from './by-place.ts'

/** Fields that a record must set, and does not or to an empty text: `SITE_FIELD`. */
export function siteFields(rules: SiteRules['requiredFields'], isOurs: IsOurs): IocRule {
  const ofType = new Map<string, readonly Written[]>()
  const wantedOf = (type: string): readonly Written[] => {
    const known = ofType.get(type) ?? wantedFields(rules, type)
    ofType.set(type, known)
    return known
  }
  return ({ database }) => byPlace(breaches(ours(database.records.values(), isOurs), wantedOf))
}

function wantedFields(rules: SiteRules['requiredFields'], type: string): readonly Written[] {
  const wanted = rules.filter(({ key }) => key.text === type || key.text === '*')
  const byName = new Map(wanted.flatMap(({ value }) => value.map((field) => [field.text, field])))
  return [...byName.values()]
}

function* breaches(
  records: Iterable<LoadedRecord>,
  wantedOf: (type: string) => readonly Written[],
): Generator<Breach> {
  for (const record of records) {
    for (const wanted of wantedOf(record.type)) {
      const field = record.fields.findLast(({ name }) => name === wanted.text)
      if (field?.value) continue
      // A field that the type does not have cannot be asked for with `*`.
      if (record.definition && !record.definition.fields.has(wanted.text)) continue
      yield breachOf(record, wanted, field !== undefined)
    }
  }
}

function breachOf(record: LoadedRecord, { text: field, at }: Written, isEmpty: boolean): Breach {
  const { name, type } = record
  return {
    code: 'SITE_FIELD',
    message: `the ${type} record "${name}" ${isEmpty ? `has an empty ${field}` : `has no ${field}`}`,
    place: record,
    what: field,
    name,
    notes: [{ message: `this site wants ${field} to be set`, at }],
    hint: `field(${field}, "...")`,
  }
}
