import type { VersionRequest } from '../version/request.ts'
import type { InstalledVersion } from './module-tree.ts'
import { askedVersion, demandsOn, openModules, type SearchState } from './search-state.ts'

/**
 * The module to decide next: one that no other open module depends on, so that what somebody asked
 * for gets its highest version and what it depends on gives way. Dependencies are those of the
 * versions that would be taken now; among equals the first name. Only the state counts, not the
 * order of the requests.
 */
export function nextModule(state: SearchState): string | undefined {
  const open = openModules(state)
  if (open.length <= 1) return open[0]
  const reach = new Map(open.map((module) => [module, reachOf(state, module)]))
  const above = (other: string, module: string) =>
    reach.get(other)?.has(module) && !reach.get(module)?.has(other)
  return open.find((module) => !open.some((other) => above(other, module))) ?? open[0]
}

/** Open modules that one depends on, directly or through others. */
function reachOf(state: SearchState, module: string): ReadonlySet<string> {
  const reached = new Set<string>()
  const seen = new Set<InstalledVersion>()
  const waiting = [preferred(state, module)]
  for (let at = 0; at < waiting.length; at++) {
    const installed = waiting[at]
    if (!installed || seen.has(installed)) continue
    seen.add(installed)
    for (const dependency of state.tree.usable(installed)?.dependencies ?? []) {
      if (state.decided.has(dependency.module)) continue
      reached.add(dependency.module)
      waiting.push(preferred(state, dependency.module, dependency.version))
    }
  }
  return reached
}

/** The highest version that fulfils what is asked so far and by one more. */
function preferred(
  state: SearchState,
  module: string,
  asked?: VersionRequest,
): InstalledVersion | undefined {
  const { tree } = state
  const requests = demandsOn(state, module).map(askedVersion)
  if (asked) requests.push(asked)
  return tree
    .versions(module)
    .find(
      (installed) =>
        requests.every((request) => tree.accepts(installed, request)) && tree.usable(installed),
    )
}
