import type { DeadEnd } from './dead-end.ts'
import type { InstalledVersion } from './module-tree.ts'
import type { SearchState } from './search-state.ts'

/**
 * Sets of versions that are known to lead to a dead end when they are taken together. Without them
 * a chain of modules with many revisions each would be searched once for every combination.
 */
export interface Nogoods {
  readonly bySet: Map<InstalledVersion, Nogood[]>
  /** Modules of which no version can be taken whatever the others are. */
  readonly hopeless: Map<string, DeadEnd>
}

interface Nogood {
  readonly versions: readonly InstalledVersion[]
  readonly deadEnd: DeadEnd
}

/** Remembers that the present versions of these modules led to the dead end. */
export function learn(
  nogoods: Nogoods,
  { decided }: SearchState,
  { culprits, deadEnd }: { readonly culprits: Iterable<string>; readonly deadEnd: DeadEnd },
): void {
  const versions = [...culprits].flatMap((module) => decided.get(module)?.installed ?? [])
  for (const version of versions) {
    const known = nogoods.bySet.get(version)
    if (known) known.push({ versions, deadEnd })
    else nogoods.bySet.set(version, [{ versions, deadEnd }])
  }
}

/** A set that would be complete with this version. */
export function findNogood(
  nogoods: Nogoods,
  { decided }: SearchState,
  installed: InstalledVersion,
): Nogood | undefined {
  return nogoods.bySet
    .get(installed)
    ?.find(({ versions }) =>
      versions.every(
        (version) => version === installed || decided.get(version.module)?.installed === version,
      ),
    )
}
