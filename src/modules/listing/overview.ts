import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import { compareVersions, versionKey } from '../../version/order.ts'
import { listModules } from '../list-installed.ts'
import type { Site } from '../site.ts'
import { inspectPlace, readFolder, type VersionPlace } from '../version-place.ts'

/** A module in the list of all modules. */
export interface OverviewRow {
  readonly module: string
  /** The highest numeric version for this architecture, else the highest test version for it. */
  readonly newest?: string
  /** How many versions there are in all roots, links included. */
  readonly versions: number
  /** Directories of the roots that have it, in the order of the search. */
  readonly roots: readonly string[]
}

/**
 * All modules of a site that have a version, by name. Of their versions only as many are looked
 * into as are needed to find one that is built for this architecture. Nothing is kept of what is
 * read: with tens of thousands of versions most of the time would go into the keeping.
 *
 * Warnings: `FILE_UNREADABLE` for folders of modules that may have versions, too.
 *
 * @param isWanted which names
 */
export function listOverview(
  site: Site,
  isWanted: (module: string) => boolean,
): { readonly value: readonly OverviewRow[]; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = []
  const value = listModules(site)
    .filter(isWanted)
    .flatMap((module) => overviewRow(site, module, diagnostics) ?? [])
  return { value, diagnostics }
}

function overviewRow(
  site: Site,
  module: string,
  diagnostics: Diagnostic[],
): OverviewRow | undefined {
  const read = site.roots.map((root) => ({ root, ...readFolder(site, { module, root }) }))
  diagnostics.push(...read.flatMap(unreadable))
  const found = read.filter((one) => one.places.length > 0)
  const places = found.flatMap((one) => one.places)
  if (places.length === 0) return undefined
  const isInOneRoot = found.length === 1
  const newest = newestUsable(site, places)
  return {
    module,
    ...(newest && { newest: newest.version.text }),
    versions: isInOneRoot
      ? places.length
      : new Set(places.map(({ version }) => versionKey(version))).size,
    roots: found.map(({ root }) => root.directory),
  }
}

function unreadable({ folder, problem }: ReturnType<typeof readFolder>): Diagnostic[] {
  if (problem === undefined) return []
  const message = `${folder} cannot be read: ${problem}`
  const hint = `ls -ld ${folder}`
  return [diagnostic('FILE_UNREADABLE', message, { severity: 'warning', hint })]
}

/** Nearly always the highest one: that is found without sorting. Of equal ones the first root's. */
function newestUsable(site: Site, places: readonly VersionPlace[]): VersionPlace | undefined {
  for (let left = places; left.length > 0; ) {
    const highest = left.reduce((best, place) =>
      compareVersions(best.version, place.version) >= 0 ? best : place,
    )
    if (inspectPlace(site, highest).kind === 'usable') return highest
    left = left.filter((place) => place !== highest)
  }
  return undefined
}
