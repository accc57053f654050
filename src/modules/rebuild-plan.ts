import type { Diagnostic } from '../text/diagnostic.ts'
import { formatVersionRequest } from '../version/request.ts'
import { type ModuleVersion, parseVersion } from '../version/version.ts'
import { listModules } from './list-installed.ts'
import { loadOrder } from './load-order.ts'
import type { ModuleRequest } from './module-request.ts'
import { type InstalledVersion, type ModuleTree, moduleTreeOf } from './module-tree.ts'
import { type Judge, openJudge, type StalePin, type Verdict } from './rebuild-verdict.ts'
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
  /** Lines that stay, so that nothing else becomes another version. */
  readonly kept: readonly { readonly module: string; readonly version: string }[]
}

/** A version that needs an older one and is left as it is. */
export interface LeftOut {
  readonly module: string
  readonly version: string
  readonly reason: string
}

/** What is built again, in this order, and what was wrong with what was looked at. */
export interface RebuildPlan {
  readonly steps: readonly RebuildStep[]
  readonly left: readonly LeftOut[]
  readonly diagnostics: readonly Diagnostic[]
}

/** What everything shall need, and who is asked. */
export interface RebuildRequest {
  readonly module: string
  readonly version: string
  /** Only these, and what they need; none: all modules. */
  readonly only?: readonly Pick<ModuleRequest, 'module' | 'version'>[]
}

/**
 * The modules that ask for an older version of a module, directly or through others, each after those
 * that it needs. Every one gets its next revision (require's documentation, "Example scenario"): what
 * is installed stays as it is. Of each module the newest version counts that does not need a newer
 * one, and whatever it pins. A revision that has the wanted version already, as an earlier run has
 * left it, is taken and not made again. Test versions are left: whoever works with one builds it.
 *
 * @param request the version is installed
 */
export function planRebuild(site: Site, request: RebuildRequest): RebuildPlan {
  const tree = moduleTreeOf(site)
  const judge = openJudge(tree, { ...request, version: parseVersion(request.version) })
  const names = listModules(site).filter((name) => name !== request.module)
  const chosen = request.only
    ? request.only.flatMap((one) => tree.versions(one.module).find(accepting(tree, one)) ?? [])
    : names.flatMap((name) => versionsToBuild(tree.versions(name), judge))
  const stale = chosen.filter((one) => judge.of(one).kind === 'stale')
  const steps = stepsOf(tree, judge, releasesOf(tree, judge, stale))
  const judged = [...judge.judged()].flatMap((one) => tree.usable(one)?.diagnostics ?? [])
  const left = chosen.flatMap((one) => leftOut(one, judge.of(one), request.only !== undefined))
  return { steps, left, diagnostics: judged }
}

function accepting(tree: ModuleTree, { version }: Pick<ModuleRequest, 'version'>) {
  return (one: InstalledVersion): boolean => tree.accepts(one, version) && !!tree.usable(one)
}

/** All test versions, and the newest numeric one that does not need a newer version than the wanted. */
function versionsToBuild(versions: readonly InstalledVersion[], judge: Judge): InstalledVersion[] {
  const isTest = ({ version }: InstalledVersion): boolean => version.kind === 'test'
  const newest = versions.find((one) => !isTest(one) && judge.of(one).kind !== 'other')
  return [...(newest ? [newest] : []), ...versions.filter(isTest)]
}

/** Of those that were asked for by name, it is told too why nothing has to be done. */
function leftOut(
  { module, version }: InstalledVersion,
  verdict: Verdict,
  isNamed: boolean,
): LeftOut[] {
  const why = verdict.kind === 'left' ? verdict.reason : isNamed && nothingToDo[verdict.kind]
  return why ? [{ module, version: version.text, reason: why }] : []
}

const nothingToDo: Readonly<Record<Exclude<Verdict['kind'], 'left'>, string>> = {
  unconcerned: 'it does not ask for a version of it',
  other: 'it needs a newer version, or a test version',
  current: 'it has this version already',
  stale: '',
}

/** A release that somebody needs with the wanted version. */
interface Release {
  readonly name: string
  /** Has the wanted version already. */
  readonly current?: InstalledVersion
  /** Else: what is built again. */
  readonly from: InstalledVersion
  /** Names of the releases it needs. */
  readonly dependencies: readonly { readonly module: string }[]
}

/** One revision more is enough for all revisions of a release that somebody pins. */
function releasesOf(
  tree: ModuleTree,
  judge: Judge,
  stale: readonly InstalledVersion[],
): ReadonlyMap<string, Release> {
  const found = new Map<string, Release>()
  const waiting = [...stale]
  for (let one = waiting.pop(); one; one = waiting.pop()) {
    const name = releaseName(one)
    if (found.has(name)) continue
    const same = tree.versions(one.module).filter((other) => releaseName(other) === name)
    const current = same.find((other) => judge.of(other).kind === 'current')
    const from = same.find((other) => judge.of(other).kind === 'stale') ?? one
    const needed = current ? [] : pinsOf(judge, from).flatMap((pin) => pin.needed ?? [])
    const dependencies = needed.map((other) => ({ module: releaseName(other) }))
    found.set(name, { name, ...(current && { current }), from, dependencies })
    waiting.push(...needed)
  }
  return found
}

function releaseName({ module, version }: InstalledVersion): string {
  return `${module} ${version.kind === 'numeric' ? version.name : version.text}`
}

function pinsOf(judge: Judge, version: InstalledVersion): readonly StalePin[] {
  const verdict = judge.of(version)
  return verdict.kind === 'stale' ? verdict.pins : []
}

function stepsOf(
  tree: ModuleTree,
  judge: Judge,
  releases: ReadonlyMap<string, Release>,
): RebuildStep[] {
  const requests = [...releases.keys()].sort().map((module) => ({ module }))
  const order = loadOrder(releases, requests)
  const results = new Map(
    order.map(({ name, current, from }): [string, string] => {
      const installed = tree.versions(from.module).map(({ version }) => version)
      return [name, current?.version.text ?? nextRevision(from.version, installed)]
    }),
  )
  return order.flatMap((release) => stepOf(release, { tree, judge, results }))
}

interface Naming {
  readonly tree: ModuleTree
  readonly judge: Judge
  readonly results: ReadonlyMap<string, string>
}

function stepOf({ name, current, from }: Release, { tree, judge, results }: Naming): RebuildStep[] {
  const usable = tree.usable(from)
  const to = results.get(name)
  if (current || !usable || to === undefined) return []
  const stale = pinsOf(judge, from)
  const pins = stale.map(({ dependency, needed }) => ({
    module: dependency.module,
    before: formatVersionRequest(dependency.version),
    after: needed ? (results.get(releaseName(needed)) ?? '') : judge.target.version.text,
  }))
  const kept = usable.dependencies
    .filter(
      ({ module, version }) =>
        version.kind === 'named' && !pins.some((pin) => pin.module === module),
    )
    .map(({ module, version }) => ({ module, version: formatVersionRequest(version) }))
  return [{ module: from.module, from: from.version, to, place: usable.place, pins, kept }]
}
