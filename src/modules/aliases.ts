import { memo } from '../text/memo.ts'
import type { InstalledVersion } from './module-tree.ts'
import type { PlaceState, VersionPlace } from './version-place.ts'

/** What the names of versions stand for: in one root a link, in another one a directory. */
export interface Names {
  /** The place that decides what a name is: that of the first root in which it can be loaded. */
  deciding(version: InstalledVersion): VersionPlace | undefined
  /** What a name is an alias of; nothing if it is a version of its own. */
  meaning(name: InstalledVersion): InstalledVersion | undefined
}

/** @param tree what is known of places and versions */
export function createNames(tree: {
  versions(module: string): readonly InstalledVersion[]
  state(place: VersionPlace): PlaceState
}): Names {
  const target = memo((place: VersionPlace) => {
    const state = tree.state(place)
    if (state.kind !== 'alias') return undefined
    return placeBeside(place, state.target, tree.versions(place.module))
  })
  const deciding = memo(({ places }: InstalledVersion) => {
    const isLoadable = (place: VersionPlace) =>
      tree.state(target(place)?.place ?? place).kind === 'usable'
    const isAlias = (place: VersionPlace) => tree.state(place).kind === 'alias'
    return places.find(isLoadable) ?? places.find(isAlias)
  })
  return {
    deciding,
    meaning(name) {
      const place = deciding(name)
      return place && target(place)?.installed
    },
  }
}

/** The version of this name in the same folder. */
function placeBeside({ root }: VersionPlace, name: string, versions: readonly InstalledVersion[]) {
  for (const installed of versions) {
    const place = installed.places.find((one) => one.root === root && one.version.text === name)
    if (place) return { installed, place }
  }
  return undefined
}
