import type { Diagnostic } from './diagnostic.ts'
import { createFindingList } from './finding-list.ts'

/**
 * Diagnostics as they are shown: each once, of one code in one file no more than anybody reads (see
 * `FindingList`), those of one file together in the order of its text, files in the order in which
 * they first appear; what has no place stays where it was found.
 */
export function inFileOrder(diagnostics: Iterable<Diagnostic>): Diagnostic[] {
  const list = createFindingList()
  for (const item of diagnostics) list.add(item)
  const groups = new Map<unknown, Diagnostic[]>()
  for (const item of list.take()) {
    const source = item.at?.source.name ?? item
    const group = groups.get(source)
    if (group) group.push(item)
    else groups.set(source, [item])
  }
  return [...groups.values()].flatMap((group) =>
    group.sort((a, b) => (a.at?.start ?? 0) - (b.at?.start ?? 0)),
  )
}
