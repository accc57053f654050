import { createMacros } from '../../macro/macros.ts'
import type { Macros } from '../../macro/types.ts'
import type { Source } from '../../text/source.ts'
import type { Span } from '../../text/span.ts'
import type { MacroUse } from '../records/types.ts'

/** The definitions of a load and the file that it read. */
interface UseContext {
  readonly source: Source
  readonly list: string
  readonly definedAt?: (name: string) => Span | undefined
}

/** No chain of macros that people write is deeper. */
const maxDepth = 20

/**
 * What references became: each one that is written, and behind it those in the values of its
 * macros.
 */
export function macroUses(
  places: readonly { readonly start: number; readonly end: number }[],
  { source, list, definedAt }: UseContext,
): MacroUse[] {
  const macros = createMacros()
  macros.define(list)
  const uses: MacroUse[] = []
  for (const { start, end } of places) {
    addUse({ macros, definedAt, uses, seen: new Set() }, source.text.slice(start, end), 0)
  }
  return uses
}

interface Adding {
  readonly macros: Macros
  readonly definedAt: UseContext['definedAt']
  readonly uses: MacroUse[]
  /** Against loops. */
  readonly seen: Set<string>
}

function addUse(adding: Adding, reference: string, depth: number): void {
  const { macros, definedAt, uses, seen } = adding
  const name = nameOf(reference)
  if (seen.has(reference) || depth > maxDepth) return
  seen.add(reference)
  const at = definedAt?.(name)
  const value = macros.expand(reference).text
  uses.push({ reference, name, value, ...(at && { definedAt: at }) })
  const raw = macros.raw(name)
  for (const [inner] of (raw ?? reference.slice(2)).matchAll(references)) {
    addUse(adding, inner, depth + 1)
  }
}

function nameOf(reference: string): string {
  return /^\$[({]([^=,)}]*)/.exec(reference)?.[1] ?? reference
}

const references = /\$\([^()]*\)|\$\{[^{}]*\}/g
