import { formatVersionRequest, type VersionRequest } from '../version/request.ts'
import type { InstalledVersion } from './module-tree.ts'
import type { Requester } from './resolution.ts'
import { askedVersion, demandsOn, openModules, type SearchState } from './search-state.ts'

/**
 * Gives the module to decide next: one that no other open module depends on, so that what somebody
 * asked for gets its highest version and what it depends on gives way. Dependencies are those of
 * the versions that would be taken now; among equals the first name. Only the state counts, not the
 * order of the requests.
 */
export function createOrder(state: SearchState): () => string | undefined {
  const context: Context = { state, preferred: new WeakMap() }
  return () => {
    const open = openModules(state)
    if (open.length <= 1) return open[0]
    const needed = reachedFrom(open, context)
    return open.find((module) => !needed.has(module)) ?? firstOfRings(open, context)
  }
}

interface Context {
  readonly state: SearchState
  /** Versions found before, by who asks for the module and by what is asked in addition. */
  readonly preferred: WeakMap<readonly Requester[], Map<string, InstalledVersion | undefined>>
}

/** All open modules depend on each other: one that is not below another ring of them. */
function firstOfRings(open: readonly string[], context: Context): string | undefined {
  const reach = new Map(open.map((module) => [module, reachedFrom([module], context)]))
  const isAbove = (other: string, module: string) =>
    reach.get(other)?.has(module) && !reach.get(module)?.has(other)
  return open.find((module) => !open.some((other) => isAbove(other, module))) ?? open[0]
}

/** Modules that some modules depend on, directly or through others. */
function reachedFrom(modules: readonly string[], context: Context): ReadonlySet<string> {
  const { tree, decided } = context.state
  const reached = new Set<string>()
  const seen = new Set<InstalledVersion>()
  const waiting = modules.map((module) => preferredVersion(module, undefined, context))
  for (let at = 0; at < waiting.length; at++) {
    const installed = waiting[at]
    if (!installed || seen.has(installed)) continue
    seen.add(installed)
    for (const { module, version } of tree.usable(installed)?.dependencies ?? []) {
      if (decided.has(module)) continue
      reached.add(module)
      waiting.push(preferredVersion(module, version, context))
    }
  }
  return reached
}

/** The highest version that fulfils what is asked so far and by one more. */
function preferredVersion(
  module: string,
  asked: VersionRequest | undefined,
  { state, preferred }: Context,
): InstalledVersion | undefined {
  const { tree } = state
  const demands = demandsOn(state, module)
  const known = preferred.get(demands) ?? new Map<string, InstalledVersion | undefined>()
  preferred.set(demands, known)
  const key = `${module} ${asked ? formatVersionRequest(asked) : ''}`
  if (known.has(key)) return known.get(key)
  const requests = demands.map(askedVersion)
  if (asked) requests.push(asked)
  const found = tree
    .versions(module)
    .find(
      (installed) =>
        requests.every((request) => tree.accepts(installed, request)) && tree.usable(installed),
    )
  known.set(key, found)
  return found
}
