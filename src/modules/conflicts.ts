import type { DeadEnd } from './dead-end.ts'
import type { ModuleRequest } from './module-request.ts'
import type { ModuleTree } from './module-tree.ts'
import { search } from './search.ts'
import type { SearchState } from './search-state.ts'

/** Requests that cannot be fulfilled together; without any one of them the others can. */
export interface Conflict {
  readonly requests: readonly ModuleRequest[]
  readonly deadEnd: DeadEnd
}

/** What is wrong with a list of requests and what is left of it. */
export interface Conflicts {
  readonly conflicts: readonly Conflict[]
  /** Requests that have no part in any of them, and their solution. */
  readonly rest: readonly ModuleRequest[]
  readonly state: SearchState | undefined
}

/** Tries for each of the many searches below; a conflict shows long before. */
const fewTries = 5_000

/**
 * Splits requests that have no solution into conflicts as small as possible, so that each mistake
 * is reported once, with the requests that matter and no others.
 */
export function findConflicts(tree: ModuleTree, requests: readonly ModuleRequest[]): Conflicts {
  const conflicts: Conflict[] = []
  let rest: ModuleRequest[] = []
  for (const request of requests) {
    const outcome = search(tree, [request], fewTries)
    if (outcome.kind !== 'failed') rest.push(request)
    else conflicts.push({ requests: [request], deadEnd: outcome.deadEnd })
  }
  for (;;) {
    const outcome = search(tree, rest, fewTries)
    if (outcome.kind === 'solved') return { conflicts, rest, state: outcome.state }
    if (outcome.kind === 'gave up') return { conflicts, rest, state: undefined }
    const conflict = smallest(tree, rest, outcome.deadEnd)
    conflicts.push(conflict)
    rest = rest.filter((request) => !conflict.requests.includes(request))
  }
}

/** Leaves out one request after the other as long as the rest still fails. */
function smallest(
  tree: ModuleTree,
  requests: readonly ModuleRequest[],
  deadEnd: DeadEnd,
): Conflict {
  let conflict: Conflict = { requests, deadEnd }
  for (const request of requests) {
    const fewer = conflict.requests.filter((other) => other !== request)
    const outcome = search(tree, fewer, fewTries)
    if (outcome.kind === 'failed') conflict = { requests: fewer, deadEnd: outcome.deadEnd }
  }
  return conflict
}
