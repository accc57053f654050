import { hasErrors } from '../text/diagnostic.ts'
import type { Span } from '../text/span.ts'
import { formatVersionRequest, matchesRequest } from '../version/request.ts'
import { aliasesOf, asking, type Dependent, fulfilledBy, isFor, otherPlaces } from './dependents.ts'
import { onlyVersion, withoutVersions } from './only-version.ts'
import { resolve } from './resolve.ts'
import type { Site } from './site.ts'
import type { VersionPlace } from './version-place.ts'

/** A version that can be loaded for an architecture only as long as another version is there. */
export interface LostVersion {
  readonly place: VersionPlace
  readonly architecture: string
  /** Its line for the module of the other version; nothing if it needs it through others. */
  readonly at?: Span | undefined
}

/**
 * What could not be loaded any more without a version, although other versions fulfil each `.dep` line
 * by itself: `beta 1.0.0` takes 1.0.0+1 too, but that may be built for another alpha. Directly or
 * through others; each is resolved as if it were required alone, with the version and without it.
 *
 * @param place no link
 * @param lines those of the whole site
 */
export function lostVersions(
  site: Site,
  place: VersionPlace,
  lines: readonly Dependent[],
): readonly LostVersion[] {
  const asked = fulfilledBy(site, place, asking(lines, place.module))
  if (isReplaceable(site, place, asked, lines)) return []
  const names = modulesAbove(place.module, lines)
  const hidden = new Set([place, ...aliasesOf(site, place)].map(({ directory }) => directory))
  return versionsOf(lines.filter((line) => names.has(line.place.module)))
    .filter((one) => {
      const alone = onlyVersion({ ...site, architecture: one.architecture }, named(one.place))
      if (!directoriesFor(alone, one.place)?.has(place.directory)) return false
      return directoriesFor(withoutVersions(alone, hidden), one.place) === undefined
    })
    .map(({ place: by, architecture, lines: own }) => ({
      ...{ place: by, architecture },
      at: own.find(({ dependency }) => dependency.module === place.module)?.dependency.at,
    }))
}

/** Whether other versions do for all lines and need nothing that this one does not need, too. */
function isReplaceable(
  site: Site,
  place: VersionPlace,
  asked: readonly Dependent[],
  lines: readonly Dependent[],
): boolean {
  const others = otherPlaces(site, place)
  const needsOf = (one: VersionPlace, architecture: string): string[] =>
    lines
      .filter((line) => line.place.directory === one.directory)
      .filter((line) => line.architecture === architecture)
      .map(({ dependency: { module, version } }) => `${module} ${formatVersionRequest(version)}`)
  return [...new Set(asked.map(({ architecture }) => architecture))].every((architecture) => {
    const needs = new Set(needsOf(place, architecture))
    return others.some(
      (other) =>
        isFor(site, other, architecture) &&
        needsOf(other, architecture).every((need) => needs.has(need)) &&
        asked.every(
          (line) =>
            line.architecture !== architecture ||
            matchesRequest(other.version, line.dependency.version),
        ),
    )
  })
}

/** All modules that ask for one in some version, directly or through others; not itself. */
function modulesAbove(module: string, lines: readonly Dependent[]): ReadonlySet<string> {
  const askers = new Map<string, Set<string>>()
  for (const { place, dependency } of lines) {
    const known = askers.get(dependency.module) ?? new Set()
    askers.set(dependency.module, known.add(place.module))
  }
  const above = new Set<string>()
  const waiting = [module]
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    const next = [...(askers.get(one) ?? [])].filter((name) => !above.has(name))
    for (const name of next) above.add(name)
    waiting.push(...next)
  }
  above.delete(module)
  return above
}

interface VersionLines extends Pick<Dependent, 'place' | 'architecture'> {
  readonly lines: readonly Dependent[]
}

function versionsOf(lines: readonly Dependent[]): readonly VersionLines[] {
  const versions = new Map<string, VersionLines & { readonly lines: Dependent[] }>()
  for (const line of lines) {
    const { place, architecture } = line
    const key = `${place.directory} ${architecture}`
    const known = versions.get(key) ?? { place, architecture, lines: [] }
    known.lines.push(line)
    versions.set(key, known)
  }
  return [...versions.values()]
}

function named({ root, module, version }: VersionPlace) {
  return { root: root.directory, module, version: version.text }
}

/** Where everything is that is loaded with a version; nothing if it cannot be loaded. */
function directoriesFor(
  site: Site,
  { module, version }: VersionPlace,
): ReadonlySet<string> | undefined {
  const { modules, diagnostics } = resolve([{ module, version: { kind: 'named', version } }], site)
  return hasErrors(diagnostics) ? undefined : new Set(modules.map(({ directory }) => directory))
}
