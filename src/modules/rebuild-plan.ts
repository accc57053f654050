import type { Diagnostic } from '../text/diagnostic.ts'
import { compareVersions } from '../version/order.ts'
import { matchesRequest } from '../version/request.ts'
import { type ModuleVersion, parseVersion } from '../version/version.ts'
import { listModules } from './list-installed.ts'
import { loadOrder } from './load-order.ts'
import { type ModuleTree, moduleTreeOf, type UsableVersion } from './module-tree.ts'
import { nextRevision } from './revisions.ts'
import type { Site } from './site.ts'
import type { VersionPlace } from './version-place.ts'

/** A module that has to be built again because of another one. */
export interface RebuildStep {
  readonly module: string
  readonly from: ModuleVersion
  readonly to: string
  /** Where the version is that is followed. */
  readonly place: VersionPlace
  /** Versions that change, by module: those of `.dep` lines, before and after. */
  readonly pins: readonly {
    readonly module: string
    readonly before: string
    readonly after: string
  }[]
}

/** What is built again, in this order, and what was wrong with what was looked at. */
export interface RebuildPlan {
  readonly steps: readonly RebuildStep[]
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * The modules whose newest version asks for an older version of a module, directly or through
 * others, each after those that it needs. Every one gets its next revision (require's
 * documentation, "Example scenario"): what is installed stays as it is.
 *
 * @param version of the module, as it is now wanted everywhere
 */
export function planRebuild(
  site: Site,
  { module, version }: { readonly module: string; readonly version: string },
): RebuildPlan {
  const tree = moduleTreeOf(site)
  const wanted = parseVersion(version)
  const newest = new Map(
    listModules(site)
      .filter((name) => name !== module)
      .flatMap((name) => newestOf(tree, name) ?? [])
      .map((one) => [one.name, one]),
  )
  const order = loadOrder(
    newest,
    [...newest.keys()].map((name) => ({ module: name })),
  )
  const built = new Map<string, RebuildStep>()
  for (const one of order) {
    const pins = one.usable.dependencies.flatMap((dependency) => {
      const { module: needed, version: asked } = dependency
      if (asked.kind === 'any') return []
      const before = asked.version
      const after = needed === module ? newer(before, wanted) : built.get(needed)?.to
      // A pin to a version that is not rebuilt stays, it is somebody's decision.
      const isFollowed =
        needed === module || matchesRequest(built.get(needed)?.from ?? wanted, asked)
      return after !== undefined && isFollowed
        ? [{ module: needed, before: before.text, after }]
        : []
    })
    if (pins.length === 0) continue
    const versions = tree.versions(one.name).map((installed) => installed.version)
    const { version: from } = one.usable.place
    const to = nextRevision(from, versions)
    built.set(one.name, { module: one.name, from, to, place: one.usable.place, pins })
  }
  return {
    steps: [...built.values()],
    diagnostics: order.flatMap(({ usable }) => usable.diagnostics),
  }
}

interface Newest {
  readonly name: string
  readonly usable: UsableVersion
  readonly dependencies: UsableVersion['dependencies']
}

/** Numeric versions only: whoever works with a test version builds it himself. */
function newestOf(tree: ModuleTree, name: string): Newest | undefined {
  for (const installed of tree.versions(name)) {
    if (installed.version.kind !== 'numeric') continue
    const usable = tree.usable(installed)
    if (usable) return { name, usable, dependencies: usable.dependencies }
  }
  return undefined
}

/** `1.0.0` in a `.dep` file means any revision of it, so 1.0.0+1 is not newer than what it asks for. */
function newer(before: ModuleVersion, wanted: ModuleVersion): string | undefined {
  if (before.kind !== 'numeric') return undefined
  if (matchesRequest(wanted, { kind: 'named', version: before })) return undefined
  return compareVersions(before, wanted) < 0 ? wanted.text : undefined
}
