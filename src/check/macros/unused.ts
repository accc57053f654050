import { type Diagnostic, diagnostic, type Note } from '../../text/diagnostic.ts'
import { startOf } from '../../text/span.ts'
import type { CheckedIoc } from '../types.ts'
import { type MacroDefinition, macroDefinitions } from './definitions.ts'
import { nearMissOf } from './near-miss.ts'
import { removedBeforeUse } from './removed.ts'
import { isUnused } from './unused-definition.ts'

/**
 * Macros that nothing uses: all of one file for one text at once. Sites hand one list to many
 * templates, so this is no mistake by itself.
 */
export function* unusedMacros(ioc: CheckedIoc): Generator<Diagnostic> {
  const isRemoved = removedBeforeUse(ioc)
  const groups = new Map<string, MacroDefinition[]>()
  for (const definition of macroDefinitions(ioc)) {
    if (!isUnused(definition) || nearMissOf(definition) || isRemoved(definition)) continue
    const key = `${definition.nameAt.source.name}\0${readersOf(definition)}`
    const group = groups.get(key)
    if (group) group.push(definition)
    else groups.set(key, [definition])
  }
  for (const group of groups.values()) yield* report(group)
}

/** `x.template`, or of several the first one and how many there are. */
function readersOf({ readers }: MacroDefinition): string {
  const [first] = readers
  const name = first?.call.sources[0].name ?? ''
  return readers.size < 2 ? name : `${name} and ${readers.size - 1} more`
}

const mostNames = 8

function* report(group: readonly MacroDefinition[]): Generator<Diagnostic> {
  const [first] = group
  if (!first) return
  const names = [...new Set(group.map(({ name }) => name))]
  const shown = names.slice(0, mostNames)
  const more = names.length > mostNames ? ` and ${names.length - mostNames} more` : ''
  const what = names.length === 1 ? 'macro' : 'macros'
  const verb = names.length === 1 ? 'is' : 'are'
  const message = `${what} ${shown.join(', ')}${more} ${verb} given, but ${readersOf(first)} `
  const does = first.readers.size < 2 ? 'does' : 'do'
  const them = names.length === 1 ? 'it' : 'them'
  yield diagnostic('MACRO_UNUSED', `${message}${does} not use ${them}`, {
    at: first.nameAt,
    notes: [...elsewhere(group, shown), ...group.slice(0, mostNames).flatMap(missingInValue)],
  })
}

/** The places of the macros that are not on the line of the first one. */
function elsewhere(group: readonly MacroDefinition[], names: readonly string[]): Note[] {
  const [first] = group
  const shown = first && startOf(first.nameAt).line
  return names
    .flatMap((wanted) => group.find(({ name }) => name === wanted) ?? [])
    .filter(({ nameAt }) => startOf(nameAt).line !== shown)
    .map(({ name, nameAt }) => ({ message: `${name} is given here`, at: nameAt }))
}

/** macLib expands all values, used or not (hierarchy-and-macros.md 6.4). */
function missingInValue({ name, raw, at, readers }: MacroDefinition): Note[] {
  const [reader] = readers
  const inner = /\$[({]([^=,(){}$"']+)[)}]/.exec(raw)?.[1]
  if (inner === undefined || reader?.call.kind !== 'database') return []
  if (reader.call.given.some((one) => one.name === inner)) return []
  return [{ message: `the IOC warns all the same that ${inner} is undefined in ${name}`, at }]
}
