import type { Definitions, RecordType } from '../../database/definitions/types.ts'
import type { SiteRules } from '../../settings/settings.ts'
import type { Written } from '../../settings/shape.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import { didYouMean, suggest } from '../../text/suggest.ts'
import { ownCommands, staticCommandTable } from '../commands/table.ts'

/** What there is that rules may be for. */
export interface KnownNames {
  /** Of all IOCs that were looked at. */
  readonly definitions: readonly Definitions[]
  readonly commands: readonly Iterable<string>[]
  /** An installed module brings this record type. */
  isInstalledType(name: string): boolean
  /** An installed module brings this command. */
  isInstalledCommand(name: string): boolean
}

/**
 * Names in the rules of a site that nothing has, so that the rule never applies: `SITE_RULE_UNKNOWN`.
 * Modules that are not installed here may have what is not known, so such a name is told only if it
 * is near to one that is known; the fields of a record type that was loaded are all known.
 */
export function unknownNames(rules: SiteRules, known: KnownNames): Diagnostic[] {
  const isOfRecords = [rules.naming, rules.requiredFields, rules.lengths].some(
    ({ length }) => length > 0,
  )
  // Types are read when they are asked for.
  const types = allTypes(isOfRecords ? known.definitions : [])
  return [
    ...unknownTypes(rules, types, known),
    ...unknownFields(rules, types),
    ...unknownCommands(rules, known),
  ]
}

type Types = ReadonlyMap<string, RecordType>

/** Most IOCs have the same: each type is looked up once. */
function allTypes(definitions: readonly Definitions[]): Types {
  const types = new Map<string, RecordType>()
  for (const { recordTypes } of definitions) {
    for (const name of recordTypes.keys()) {
      const type = types.has(name) ? undefined : recordTypes.get(name)
      if (type) types.set(name, type)
    }
  }
  return types
}

function unknownTypes(
  { naming, requiredFields }: SiteRules,
  types: Types,
  { isInstalledType }: KnownNames,
): Diagnostic[] {
  const names = [
    ...naming.flatMap(({ recordTypes }) => recordTypes),
    ...requiredFields.map(({ key }) => key),
  ]
  return names.flatMap((name) => {
    if (name.text === '*' || types.has(name.text)) return []
    if (suggest(name.text, types.keys()).length === 0 || isInstalledType(name.text)) return []
    return neverApplies(name, `no record type is called "${name.text}"`, types.keys())
  })
}

function unknownFields({ requiredFields, lengths }: SiteRules, types: Types): Diagnostic[] {
  const ofType = requiredFields.flatMap(({ key, value }) => {
    const type = types.get(key.text)
    const missing = type ? value.filter(({ text }) => !type.fields.has(text)) : []
    return missing.flatMap((field) =>
      neverApplies(
        field,
        `${key.text} records have no field "${field.text}"`,
        type?.fields.keys() ?? [],
      ),
    )
  })
  const required = requiredFields.filter(({ key }) => key.text === '*')
  const limited = lengths.map(({ key }) => key).filter(({ text }) => text !== 'name')
  const ofAll = [...required.flatMap(({ value }) => value), ...limited].flatMap((field) => {
    const all = [...types.values()]
    if (all.some(({ fields }) => fields.has(field.text))) return []
    const names = new Set(all.flatMap(({ fields }) => [...fields.keys()]))
    if (suggest(field.text, names).length === 0) return []
    return neverApplies(field, `no record type has a field "${field.text}"`, names)
  })
  return [...ofType, ...ofAll]
}

function unknownCommands(
  { forbiddenCommands }: SiteRules,
  { commands, isInstalledCommand }: KnownNames,
): Diagnostic[] {
  if (forbiddenCommands.length === 0) return []
  const names = new Set([...staticCommandTable().commands.keys(), ...ownCommands])
  for (const some of commands) for (const name of some) names.add(name)
  return forbiddenCommands.flatMap(({ key }) => {
    if (names.has(key.text) || suggest(key.text, names).length === 0) return []
    if (isInstalledCommand(key.text)) return []
    return neverApplies(key, `no command is called "${key.text}"`, names)
  })
}

function neverApplies(
  { text, at }: Written,
  what: string,
  candidates: Iterable<string>,
): Diagnostic[] {
  const hint = didYouMean(text, candidates)
  return [diagnostic('SITE_RULE_UNKNOWN', `${what}: this rule never applies`, { at, hint })]
}
