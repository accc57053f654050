import { askedModule, chainOf, type Demands } from './chain.ts'
import type { Conflict } from './conflicts.ts'
import type { DeadEnd, Failure } from './dead-end.ts'
import type { Dependency } from './module-request.ts'
import type { InstalledVersion, ModuleTree } from './module-tree.ts'
import type { Requester } from './resolution.ts'
import { askedVersion } from './search-state.ts'

/** What a conflict comes down to, with what is needed to tell it. */
export type Cause = {
  readonly demands: Demands
  /** Those who ask; for a contradiction at least two, none of them superfluous. */
  readonly requesters: readonly Requester[]
} & (
  | { readonly kind: 'no module' | 'no version' | 'contradiction' | 'dead end' }
  /** The version asked for is there, but not for this architecture or as a wrong link. */
  | { readonly kind: 'unusable'; readonly installed: InstalledVersion }
  | {
      readonly kind: 'cycle'
      readonly installed: InstalledVersion
      readonly path: readonly string[]
      readonly dependency: Dependency
    }
)

/** A version that was tried instead, and why it does not help. */
export interface Alternative {
  readonly installed: InstalledVersion
  readonly cause: Cause
}

/** Causes looked at in one conflict. */
const maximumCauses = 100

/**
 * The cause that involves most of the conflicting requests (the highest version's, among equals),
 * and those of the other versions of modules on the way to it.
 */
export function causeOf(
  tree: ModuleTree,
  { deadEnd }: Pick<Conflict, 'deadEnd'>,
): { readonly cause: Cause; readonly alternatives: readonly Alternative[] } {
  const found: Alternative[] = []
  const cause = collect(tree, deadEnd, found)
  if (cause) return { cause, alternatives: [] }
  const [first] = [...found].sort((a, b) => rootCount(b.cause) - rootCount(a.cause))
  if (!first) return { cause: unexplained(deadEnd), alternatives: [] }
  const alternatives = found.filter(({ installed }) => installed !== first.installed)
  return { cause: first.cause, alternatives }
}

/** The cause if the requests on the module alone are enough, else all those of its versions. */
function collect(tree: ModuleTree, deadEnd: DeadEnd, found: Alternative[]): Cause | undefined {
  const seen = new Set<DeadEnd>([deadEnd])
  const own = ownCause(tree, deadEnd)
  if (own) return own
  const waiting = deadEnd.failures.map((failure) => ({ failure, deadEnd }))
  for (let at = 0; at < waiting.length && found.length < maximumCauses; at++) {
    const next = waiting[at]
    if (!next) break
    const { installed, reason } = next.failure
    if (reason.kind === 'dead end') {
      if (seen.has(reason.deadEnd)) continue
      seen.add(reason.deadEnd)
      const cause = ownCause(tree, reason.deadEnd)
      if (cause) found.push({ installed, cause })
      else waiting.push(...innerFailures(reason.deadEnd))
    } else {
      const cause = failureCause(tree, next.failure, next.deadEnd)
      if (cause) found.push({ installed, cause })
    }
  }
  return undefined
}

function innerFailures(deadEnd: DeadEnd): { failure: Failure; deadEnd: DeadEnd }[] {
  return deadEnd.failures.map((failure) => ({ failure, deadEnd }))
}

/** A cause that lies in who asks for the module, whatever else is chosen. */
function ownCause(tree: ModuleTree, { module, demands }: DeadEnd): Cause | undefined {
  return contradiction(tree, module, { requesters: demands.get(module) ?? [], demands })
}

interface Asked {
  readonly requesters: readonly Requester[]
  readonly demands: Demands
}

function contradiction(
  tree: ModuleTree,
  module: string,
  { requesters, demands }: Asked,
): Cause | undefined {
  const versions = tree.versions(module)
  if (versions.length === 0) {
    return { kind: 'no module', demands, requesters: requesters.slice(0, 1) }
  }
  const accepted = (asked: readonly Requester[]) =>
    versions.filter((version) =>
      asked.every((requester) => tree.accepts(version, askedVersion(requester))),
    )
  const alone = requesters.find((requester) => accepted([requester]).length === 0)
  if (alone) return { kind: 'no version', demands, requesters: [alone] }
  const common = accepted(requesters)
  if (common.length === 0) {
    return { kind: 'contradiction', demands, requesters: fewest(requesters, accepted) }
  }
  const [installed] = common
  if (!installed || common.some((version) => tree.usable(version))) return undefined
  return { kind: 'unusable', demands, requesters: requesters.slice(0, 1), installed }
}

/** Requesters that contradict each other, none of them superfluous. */
function fewest(
  requesters: readonly Requester[],
  accepted: (asked: readonly Requester[]) => readonly unknown[],
): readonly Requester[] {
  return requesters.reduceRight<readonly Requester[]>((left, requester) => {
    const fewer = left.filter((other) => other !== requester)
    return accepted(fewer).length === 0 ? fewer : left
  }, requesters)
}

function failureCause(
  tree: ModuleTree,
  { installed, reason }: Failure,
  { demands, module }: DeadEnd,
): Cause | undefined {
  if (reason.kind === 'cycle') {
    const requesters = (demands.get(module) ?? []).slice(0, 1)
    const { path, dependency } = reason
    return { kind: 'cycle', demands, requesters, installed, path, dependency }
  }
  if (reason.kind !== 'clash') return undefined
  const { dependency } = reason
  const requester: Requester = { kind: 'module', module, version: installed.version, dependency }
  const requesters = [...(demands.get(dependency.module) ?? []), requester]
  return (
    contradiction(tree, dependency.module, { requesters, demands }) ?? {
      kind: 'dead end',
      demands,
      requesters,
    }
  )
}

function unexplained({ module, demands }: DeadEnd): Cause {
  return { kind: 'dead end', demands, requesters: demands.get(module) ?? [] }
}

/** How many direct requests lead to a cause. */
function rootCount({ requesters, demands }: Cause): number {
  const roots = requesters.map((requester) => chainOf(requester, demands).at(-1))
  return new Set(roots.map((root) => root && askedModule(root))).size
}
