import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import type { CheckedIoc, GivenMacro } from '../types.ts'
import { type MacroDefinition, macroDefinitions, type Reader } from './definitions.ts'
import { writtenMacros } from './references.ts'
import { countMore } from './unused-definition.ts'

/**
 * Empty values where the text has a default: macLib takes the empty value (hierarchy-and-macros.md
 * 6.2). A default that begins with `#` makes a line that an empty value switches on.
 */
export function* emptyMacros(ioc: CheckedIoc): Generator<Diagnostic> {
  const groups = new Map<string, { first: GivenMacro; message: string; count: number }>()
  for (const definition of macroDefinitions(ioc)) {
    const { empty } = definition
    const [first] = empty
    if (!first) continue
    for (const reader of definition.readers) {
      const message = messageOf(definition, reader)
      if (message === undefined) continue
      const key = `${definition.nameAt.source.name}\0${message}`
      const group = groups.get(key)
      if (group) group.count += empty.length
      else groups.set(key, { first, message, count: empty.length })
    }
  }
  for (const { first, message, count } of groups.values()) {
    const { name, at } = first
    const hint = `remove ${name} for the default, or keep it if it shall be empty`
    yield diagnostic('MACRO_EMPTY', message, { at, notes: countMore(count), hint })
  }
}

function messageOf({ name }: MacroDefinition, { call, used }: Reader): string | undefined {
  if (!used.has(name)) return undefined
  for (const source of call.sources) {
    const fallback = writtenMacros(source).defaults.get(name)
    if (fallback === undefined || fallback.startsWith('#')) continue
    return `macro ${name} is given empty, so the default ${JSON.stringify(fallback)} in ${source.name} is not used`
  }
  return undefined
}
