import type { Diagnostic } from './diagnostic.ts'
import { startOf } from './span.ts'

/** So many of the other places are named. */
const mostPlaces = 5

/**
 * Findings for people: what is wrong at many places for one cause is shown whole where it comes
 * first, with a note about the others. Formats for programs have a finding for each place, and the
 * summary counts each.
 */
export function oncePerCause(findings: readonly Diagnostic[]): readonly Diagnostic[] {
  const groups = new Map<string, Diagnostic[]>()
  for (const item of findings) {
    const key = keyOf(item)
    if (key === undefined) continue
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return findings.flatMap((item) => {
    const group = groups.get(keyOf(item) ?? '') ?? [item]
    if (group.length === 1) return [item]
    return item === group[0] ? [withPlaces(item, group.slice(1))] : []
  })
}

/** What a site judges in another way is another finding. */
function keyOf({ code, severity, at, cause }: Diagnostic): string | undefined {
  return cause === undefined || !at ? undefined : [code, severity, cause].join('\0')
}

function withPlaces(first: Diagnostic, others: readonly Diagnostic[]): Diagnostic {
  const places = others.flatMap(({ at }) => (at ? [`${at.source.name}:${startOf(at).line}`] : []))
  const count = places.length === 1 ? 'one more place' : `${places.length} more places`
  const more = places.length > mostPlaces ? ', ...' : ''
  const message = `the same at ${count}: ${places.slice(0, mostPlaces).join(', ')}${more}`
  return { ...first, notes: [...first.notes, { message }] }
}
