import type { ModuleRequest, Unlock } from '../module-request.ts'
import { moduleTreeOf } from '../module-tree.ts'
import type { Site } from '../site.ts'
import type { LockedModule } from './lock.ts'

/** The modules that a lock holds, and what to do to let go of one. */
export interface LockPins {
  readonly modules: ReadonlyMap<string, LockedModule>
  readonly unlock: Unlock
}

/**
 * Requests for exactly the locked versions, of modules that are needed: those which are asked for,
 * and what depends on them as it was locked. A lock makes nobody load a module.
 */
export function pinnedRequests(
  requests: readonly ModuleRequest[],
  { modules, unlock }: LockPins,
  site: Site,
): readonly ModuleRequest[] {
  const tree = moduleTreeOf(site)
  const needed = new Set(requests.map(({ module }) => module))
  const pins: ModuleRequest[] = []
  // What is added while it is gone through is gone through as well.
  for (const module of needed) {
    const locked = modules.get(module)
    if (!locked) continue
    const { version, at } = locked
    const asked = { kind: 'named', version, isExact: true } as const
    pins.push({ module, version: asked, at, unlock })
    const installed = tree.versions(module).find((one) => tree.accepts(one, asked))
    const usable = installed && tree.usable(installed)
    for (const dependency of usable?.dependencies ?? []) needed.add(dependency.module)
  }
  return pins
}
