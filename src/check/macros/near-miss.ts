import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import { nearWordFix } from '../../text/fix.ts'
import { suggest } from '../../text/suggest.ts'
import type { CheckedIoc } from '../types.ts'
import type { MacroCall } from './calls.ts'
import { type MacroDefinition, macroDefinitions, type Reader } from './definitions.ts'
import { countMore, isUnused } from './unused-definition.ts'

/** A macro that nothing uses and whose name is near to one that is missing. */
export interface NearMiss {
  readonly definition: MacroDefinition
  readonly reader: Reader
  /** The missing names, best first. */
  readonly names: readonly [string, ...string[]]
  /** The reference has a default, so nobody would notice. */
  readonly hasDefault: boolean
}

/** `PORT` is given, the template uses `PROT`. */
export function* nearMisses(ioc: CheckedIoc): Generator<Diagnostic> {
  const groups = new Map<string, NearMiss[]>()
  for (const definition of macroDefinitions(ioc)) {
    const miss = nearMissOf(definition)
    if (!miss) continue
    const { source } = definition.nameAt
    const key = `${source.name}\0${miss.reader.call.sources[0].name}\0${definition.name}`
    const group = groups.get(key)
    if (group) group.push(miss)
    else groups.set(key, [miss])
  }
  for (const group of groups.values()) yield* report(group)
}

/** The near miss of a definition that nothing uses, if there is one. */
export function nearMissOf(definition: MacroDefinition): NearMiss | undefined {
  if (!isUnused(definition)) return undefined
  for (const [reader, call] of definition.readings) {
    for (const hasDefault of [false, true]) {
      const [first, ...others] = namesNear(definition.name, call, hasDefault)
      if (first !== undefined) return { definition, reader, names: [first, ...others], hasDefault }
    }
  }
  return undefined
}

/** Names that are missing in a reading: other readings of the same text may have them. */
function namesNear(name: string, call: MacroCall, hasDefault: boolean): string[] {
  const candidates: string[] = []
  for (const [candidate, one] of call.missing()) {
    if (one !== hasDefault || isNumbered(name, candidate)) continue
    if (!hasDefault || isSlip(name, candidate)) candidates.push(candidate)
  }
  return suggest(name, candidates)
}

/** Names that differ in numbers only are names of different things. */
function isNumbered(one: string, other: string): boolean {
  return one.replace(/\d+/g, '') === other.replace(/\d+/g, '')
}

/**
 * Names with a default may well be left out, and `LOPR` beside `HOPR` is no slip: here only case and
 * separators, letters in another order, and a letter too many in longer words count.
 */
function isSlip(one: string, other: string): boolean {
  if (fold(one) === fold(other)) return true
  if (one.length === other.length) return sorted(one) === sorted(other)
  return Math.min(one.length, other.length) > 4
}

function fold(name: string): string {
  return name.toUpperCase().replace(/[-_ ]/g, '')
}

function sorted(name: string): string {
  return [...fold(name)].sort().join('')
}

function* report(group: readonly NearMiss[]): Generator<Diagnostic> {
  const [miss] = group
  if (!miss) return
  const { definition, reader, names, hasDefault } = miss
  const { name, nameAt } = definition
  const [wanted] = names
  const file = reader.call.sources[0].name
  const effect = hasDefault ? 'which takes its default' : 'which is not given'
  const fixes = group.flatMap((one) =>
    one.hasDefault || one.definition.readers.size > 1
      ? []
      : nearWordFix(name, one.names, one.definition.nameAt),
  )
  yield diagnostic(
    'MACRO_NEAR_MISS',
    `macro ${name} is given, but ${file} does not use it: it uses ${wanted}, ${effect}`,
    {
      at: nameAt,
      notes: countMore(group.length),
      hint: `did you mean ${names.map((one) => `"${one}"`).join(' or ')}?`,
      fixes,
    },
  )
}
