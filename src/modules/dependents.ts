import { matchesRequest } from '../version/request.ts'
import { builtArchitectures } from './architectures.ts'
import { readDependencies } from './dependency-reading.ts'
import { listModules } from './list-installed.ts'
import type { Dependency } from './module-request.ts'
import type { Site } from './site.ts'
import { inspectPlace, listPlaces, type VersionPlace } from './version-place.ts'

/** A line of a `.dep` file that asks for a module. */
export interface Dependent {
  /** The version whose line it is. */
  readonly place: VersionPlace
  readonly architecture: string
  readonly dependency: Dependency
}

/** All versions of all modules that ask for a module, for whatever architecture. Reads the whole site. */
export function dependentsOf(site: Site, module: string): readonly Dependent[] {
  return asking(dependencyLines(site), module)
}

/** Of all lines, those that ask for a module; what a module says of itself is no need. */
export function asking(lines: readonly Dependent[], module: string): readonly Dependent[] {
  return lines.filter(
    ({ place, dependency }) => dependency.module === module && place.module !== module,
  )
}

/** All lines of all `.dep` files, for whatever architecture. Reads the whole site. */
export function dependencyLines(site: Site): readonly Dependent[] {
  return listModules(site)
    .flatMap((name) => site.roots.flatMap((root) => listPlaces(site, { module: name, root })))
    .filter(({ isLink }) => !isLink)
    .flatMap((place) => dependentsIn(site, place))
}

/** All lines of the `.dep` files of one version. */
function dependentsIn(site: Site, place: VersionPlace): Dependent[] {
  return builtArchitectures(site.reader, place.directory).flatMap(
    ({ architecture, archDirectory }) =>
      readDependencies(site, { module: place.module, archDirectory }).dependencies.map(
        (dependency) => ({ place, architecture, dependency }),
      ),
  )
}

/**
 * Of those who ask for a module, those that this place fulfils.
 *
 * @param place a version, or a link beside versions that is another name of one
 */
export function fulfilledBy(
  site: Site,
  place: VersionPlace,
  dependents: readonly Dependent[],
): readonly Dependent[] {
  const names = [place, ...aliasesOf(site, place)]
  return dependents.filter(({ dependency }) =>
    names.some(({ version }) => matchesRequest(version, dependency.version)),
  )
}

/** Of those, the ones that nothing else fulfils: they could not be loaded without it. */
export function dependingOn(
  site: Site,
  place: VersionPlace,
  dependents: readonly Dependent[],
): readonly Dependent[] {
  const others = otherPlaces(site, place)
  return fulfilledBy(site, place, dependents).filter(
    ({ dependency, architecture }) =>
      !others.some(
        (other) =>
          matchesRequest(other.version, dependency.version) && isFor(site, other, architecture),
      ),
  )
}

/** All versions of its module in all roots but this one, whatever it is called. */
export function otherPlaces(site: Site, place: VersionPlace): readonly VersionPlace[] {
  const lost = new Set([
    place.directory,
    ...aliasesOf(site, place).map(({ directory }) => directory),
  ])
  return site.roots
    .flatMap((root) => listPlaces(site, { module: place.module, root }))
    .filter(({ directory }) => !lost.has(directory))
}

/** Links beside a version that are other names of it. */
export function aliasesOf(site: Site, { module, root, version }: VersionPlace): VersionPlace[] {
  return listPlaces(site, { module, root }).filter((place) => {
    const state = place.isLink ? inspectPlace(site, place) : undefined
    return state?.kind === 'alias' && state.target === version.text
  })
}

/** Whether a version is built for an architecture. */
export function isFor(site: Site, place: VersionPlace, architecture: string): boolean {
  const directory = site.reader.realPath(place.directory)
  if (directory === undefined) return false
  return builtArchitectures(site.reader, directory).some((one) => one.architecture === architecture)
}
