import type { Diagnostic } from '../../text/diagnostic.ts'
import { anyVersion } from '../../version/request.ts'
import { architectureText, builtArchitectures } from '../architectures.ts'
import { type ModuleTree, moduleTreeOf } from '../module-tree.ts'
import { resolve } from '../resolve.ts'
import type { SearchRoot, Site } from '../site.ts'
import type { PlaceState, VersionPlace } from '../version-place.ts'

/** All places of the versions of a module. */
export interface VersionList {
  readonly module: string
  /** Highest version first; of equal ones that of the root that is searched first. */
  readonly places: readonly ListedPlace[]
  /** Why `require` without a version takes what it takes, or can take nothing. */
  readonly diagnostics: readonly Diagnostic[]
}

export interface ListedPlace {
  readonly place: VersionPlace
  readonly state: PlaceState
  /** Names, such as `linux-x86_64`; with PSI's level in front where there is one. */
  readonly architectures: readonly string[]
  /** `require <module>`, without a version and with nothing else, takes this one. */
  readonly isTaken: boolean
  /** The root whose equal version comes first. */
  readonly hiddenBy?: SearchRoot
}

/** The versions of a module; no places and the reason if there is no such module. */
export function listVersions(site: Site, module: string): VersionList {
  const tree = moduleTreeOf(site)
  const { modules, diagnostics } = resolve([{ module, version: anyVersion }], site)
  const taken = modules.find(({ name }) => name === module)?.directory
  const places = tree.versions(module).flatMap((version) => {
    const first = version.places.find((place) => tree.state(place).kind === 'usable')
    return version.places.map((place) => listedPlace(tree, place, { first, taken }))
  })
  const isKnown = places.length > 0
  return {
    ...{ module, places },
    // That there is no version to take is no mistake of who asks what there is.
    diagnostics: diagnostics.map((one) => (isKnown ? lowered(one) : one)),
  }
}

function listedPlace(
  tree: ModuleTree,
  place: VersionPlace,
  { first, taken }: { first: VersionPlace | undefined; taken: string | undefined },
): ListedPlace {
  const state = tree.state(place)
  const isHidden = first !== undefined && first !== place && state.kind === 'usable'
  const built =
    state.kind === 'alias' || state.kind === 'wrong link'
      ? []
      : builtArchitectures(tree.site.reader, place.directory)
  return {
    ...{ place, state },
    architectures: built.map(architectureText),
    isTaken: place.directory === taken,
    ...(isHidden && { hiddenBy: first.root }),
  }
}

function lowered(one: Diagnostic): Diagnostic {
  return one.severity === 'error' ? { ...one, severity: 'warning' } : one
}
