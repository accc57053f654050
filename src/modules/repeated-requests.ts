import type { Diagnostic, Note } from '../text/diagnostic.ts'
import { formatVersionRequest } from '../version/request.ts'
import type { ModuleRequest } from './module-request.ts'

/** Requests that ask for the same thing, by the first of them; in the order of the requests. */
export type RepeatedRequests = ReadonlyMap<ModuleRequest, readonly ModuleRequest[]>

/**
 * Puts equal requests together: what is decided about one is decided about all, so only the first
 * takes part in the search. A snippet that is loaded a hundred times asks a hundred times.
 */
export function groupRequests(requests: readonly ModuleRequest[]): RepeatedRequests {
  const groups = new Map<string, ModuleRequest[]>()
  for (const request of requests) {
    const exact = request.version.kind === 'named' && request.version.isExact ? ' exactly' : ''
    const key = `${request.module},${formatVersionRequest(request.version)}${exact}`
    const group = groups.get(key)
    if (group) group.push(request)
    else groups.set(key, [request])
  }
  return new Map(
    [...groups.values()].flatMap(([first, ...others]) => (first ? [[first, others]] : [])),
  )
}

/** The diagnostic with the places of the same requests elsewhere, as far as they help. */
export function withRepeats(
  item: Diagnostic,
  requests: readonly ModuleRequest[],
  groups: RepeatedRequests,
): Diagnostic {
  const notes = requests.flatMap((request) => repeatNotes(groups.get(request) ?? []))
  return { ...item, notes: [...item.notes, ...notes] }
}

const mostNotes = 3

function repeatNotes(others: readonly ModuleRequest[]): Note[] {
  const shown = others.length > mostNotes ? mostNotes - 1 : mostNotes
  const notes = others.slice(0, shown).map(({ module, at }) => ({
    ...{ message: `${module} is required here, too`, ...(at && { at }) },
  }))
  const more = others.length - notes.length
  return more > 0 ? [...notes, { message: `and in ${more} more places` }] : notes
}
