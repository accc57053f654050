import { memo } from '../text/memo.ts'
import { byDescendingVersion } from '../version/order.ts'
import { matchesRequest, type VersionRequest } from '../version/request.ts'
import type { ModuleVersion } from '../version/version.ts'
import { type DependencyReading, readDependencies } from './dependency-reading.ts'
import type { Site } from './site.ts'
import { inspectPlace, type PlaceState, readFolder, type VersionPlace } from './version-place.ts'

/** A version of a module, wherever it is installed. */
export interface InstalledVersion {
  readonly module: string
  readonly version: ModuleVersion
  /** At least one, in the order of the roots. */
  readonly places: readonly VersionPlace[]
}

/** A version that can be loaded on this architecture, from the first root that has it. */
export interface UsableVersion extends DependencyReading {
  readonly place: VersionPlace
  readonly base: string
  readonly archDirectory: string
}

/**
 * The module tree of a site. Reads what is asked for when it is asked for, and only once: the
 * folders of the modules in question, not the roots; of the versions those that are considered.
 */
export interface ModuleTree {
  readonly site: Site
  /** All versions of a module, highest first, not looked into. */
  versions(module: string): readonly InstalledVersion[]
  /** Folders of the module that cannot be read. */
  unreadable(module: string): readonly UnreadableFolder[]
  state(place: VersionPlace): PlaceState
  /** Nothing if the version is not there for this architecture or is a wrong link. */
  usable(version: InstalledVersion): UsableVersion | undefined
  /** By its version, or by the name of a link beside it that leads to it. */
  accepts(version: InstalledVersion, request: VersionRequest): boolean
}

export interface UnreadableFolder {
  readonly folder: string
  readonly problem: string
}

const trees = new WeakMap<Site, ModuleTree>()

/** The tree of a site, the same one each time: walk and resolution ask again and again. */
export function moduleTreeOf(site: Site): ModuleTree {
  const known = trees.get(site) ?? openModuleTree(site)
  trees.set(site, known)
  return known
}

/** A tree that remembers all it has read; for one start of an IOC. */
export function openModuleTree(site: Site): ModuleTree {
  const listings = memo((module: string) => listModule(site, module))
  const states = memo((place: VersionPlace) => inspectPlace(site, place))
  const usable = memo((version: InstalledVersion) => {
    for (const place of version.places) {
      const state = states(place)
      if (state.kind !== 'usable') continue
      const { base, archDirectory } = state
      const reading = readDependencies(site, { module: version.module, archDirectory })
      return { place, base, archDirectory, ...reading }
    }
    return undefined
  })
  return {
    site,
    versions: (module) => listings(module).versions,
    unreadable: (module) => listings(module).unreadable,
    state: states,
    usable,
    accepts: (version, request) =>
      matchesRequest(version.version, request) ||
      aliases(listings(version.module).versions, request).some((place) => {
        const state = states(place)
        return state.kind === 'alias' && state.target === version.version.text
      }),
  }
}

/** Links whose own name fulfils the request; numeric names cannot be aliases. */
function aliases(
  versions: readonly InstalledVersion[],
  request: VersionRequest,
): readonly VersionPlace[] {
  if (request.kind === 'any' || request.isExact || request.version.kind === 'numeric') return []
  return versions
    .filter(({ version }) => matchesRequest(version, request))
    .flatMap(({ places }) => places.filter(({ isLink }) => isLink))
}

function listModule(site: Site, module: string) {
  const places = new Map<string, VersionPlace[]>()
  const unreadable: UnreadableFolder[] = []
  for (const root of site.roots) {
    const { places: found, folder, problem } = readFolder(site, { module, root })
    if (problem !== undefined) unreadable.push({ folder, problem })
    for (const place of found) {
      const same = places.get(place.version.text)
      if (same) same.push(place)
      else places.set(place.version.text, [place])
    }
  }
  const versions = [...places.values()].flatMap((same): InstalledVersion[] =>
    same[0] ? [{ module, version: same[0].version, places: same }] : [],
  )
  versions.sort((a, b) => byDescendingVersion(a.version, b.version))
  return { versions, unreadable }
}
