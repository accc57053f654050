import { memo } from '../text/memo.ts'
import { byDescendingVersion, versionKey } from '../version/order.ts'
import { matchesRequest, type VersionRequest } from '../version/request.ts'
import type { ModuleVersion } from '../version/version.ts'
import { createNames } from './aliases.ts'
import { type DependencyReading, readDependencies } from './dependency-reading.ts'
import type { Site } from './site.ts'
import {
  inspectPlace,
  type PlaceState,
  readFolder,
  type UsablePlace,
  type VersionPlace,
} from './version-place.ts'

/** A version of a module, wherever it is installed. */
export interface InstalledVersion {
  readonly module: string
  /** As it is written in the first place; another one may have other leading zeros. */
  readonly version: ModuleVersion
  /** At least one, in the order of the roots. */
  readonly places: readonly VersionPlace[]
}

/**
 * A version that can be loaded on this architecture, from the first root that has it. A name that is
 * an alias there stands for another version, whatever it is in roots behind it.
 */
export interface UsableVersion extends DependencyReading, Omit<UsablePlace, 'kind'> {
  readonly place: VersionPlace
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
  const versions = (module: string) => listings(module).versions
  const names = createNames({ versions, state: states })
  const usable = memo((version: InstalledVersion) => {
    const place = names.deciding(version)
    const state = place && states(place)
    if (!place || state?.kind !== 'usable') return undefined
    const { kind: _kind, ...found } = state
    const { archDirectory } = found
    return { place, ...found, ...readDependencies(site, { module: version.module, archDirectory }) }
  })
  return {
    site,
    versions,
    unreadable: (module) => listings(module).unreadable,
    state: states,
    usable,
    accepts: (version, request) =>
      matchesRequest(version.version, request) ||
      aliases(listings(version.module).links, request).some(
        (link) => names.meaning(link) === version,
      ),
  }
}

/** Links whose own name fulfils the request; numeric names cannot be aliases. */
function aliases(
  links: readonly InstalledVersion[],
  request: VersionRequest,
): readonly InstalledVersion[] {
  if (links.length === 0 || request.kind === 'any' || request.isExact) return []
  return links.filter(({ version }) => matchesRequest(version, request))
}

function listModule(site: Site, module: string) {
  const places = new Map<string, VersionPlace[]>()
  const unreadable: UnreadableFolder[] = []
  for (const root of site.roots) {
    const { places: found, folder, problem } = readFolder(site, { module, root })
    if (problem !== undefined) unreadable.push({ folder, problem })
    for (const place of found) {
      const key = versionKey(place.version)
      const same = places.get(key)
      if (same) same.push(place)
      else places.set(key, [place])
    }
  }
  const versions = [...places.values()].flatMap((same) => installedAt(site, module, same))
  versions.sort((a, b) => byDescendingVersion(a.version, b.version))
  const links = versions.filter(
    ({ version, places }) => version.kind === 'test' && places.some(({ isLink }) => isLink),
  )
  return { versions, links, unreadable }
}

/** One folder may have a version twice, as `1.0.0` and `01.0.0`; it lists them in no order. */
function installedAt(
  { roots }: Site,
  module: string,
  places: readonly VersionPlace[],
): InstalledVersion[] {
  const ordered =
    places.length < 2
      ? places
      : places.toSorted(
          (a, b) =>
            roots.indexOf(a.root) - roots.indexOf(b.root) ||
            byDescendingVersion(a.version, b.version),
        )
  const [first] = ordered
  return first ? [{ module, version: first.version, places: ordered }] : []
}
