import { causeOf } from './cause.ts'
import { askedModule, chainOf } from './chain.ts'
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
  let rest = requests
  for (;;) {
    const outcome = search(tree, rest, fewTries)
    if (outcome.kind === 'solved') return { conflicts, rest, state: outcome.state }
    if (outcome.kind === 'gave up') return { conflicts, rest, state: undefined }
    const conflict = smallest(tree, suspects(tree, rest, outcome.deadEnd))
    conflicts.push(conflict)
    rest = rest.filter((request) => !conflict.requests.includes(request))
  }
}

/** Those requests that the cause leads back to, if they fail without the others. */
function suspects(
  tree: ModuleTree,
  requests: readonly ModuleRequest[],
  deadEnd: DeadEnd,
): Conflict {
  const { cause } = causeOf(tree, { deadEnd })
  const roots = cause.requesters.map((requester) => chainOf(requester, cause.demands).at(-1))
  const modules = new Set(roots.map((root) => root && askedModule(root)))
  const few = requests.filter(({ module }) => modules.has(module))
  const outcome = search(tree, few, fewTries)
  if (outcome.kind === 'failed') return { requests: few, deadEnd: outcome.deadEnd }
  return { requests, deadEnd }
}

/** Leaves out one request after the other as long as the rest still fails. */
function smallest(tree: ModuleTree, start: Conflict): Conflict {
  let conflict = start
  for (const request of start.requests) {
    const fewer = conflict.requests.filter((other) => other !== request)
    const outcome = search(tree, fewer, fewTries)
    if (outcome.kind === 'failed') conflict = { requests: fewer, deadEnd: outcome.deadEnd }
  }
  return conflict
}
