import type { Diagnostic } from './diagnostic.ts'
import { formatPlace } from './span.ts'

/**
 * Diagnostics as they are shown: each once, those of one file together in the order of its text,
 * files in the order in which they first appear; what has no place stays where it was found.
 */
export function inFileOrder(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const groups = new Map<unknown, Diagnostic[]>()
  const seen = new Set<string>()
  for (const item of diagnostics) {
    const key = `${item.code}\0${item.message}\0${item.at ? formatPlace(item.at) : ''}`
    if (seen.has(key)) continue
    seen.add(key)
    const source = item.at?.source.name ?? item
    const group = groups.get(source)
    if (group) group.push(item)
    else groups.set(source, [item])
  }
  return [...groups.values()].flatMap((group) =>
    group.sort((a, b) => (a.at?.start ?? 0) - (b.at?.start ?? 0)),
  )
}
