import { compareVersions } from '../version/order.ts'
import { matchesRequest } from '../version/request.ts'
import type { ModuleVersion } from '../version/version.ts'
import type { Dependency } from './module-request.ts'
import type { InstalledVersion, ModuleTree } from './module-tree.ts'

/** A module in the version that everything shall need from now on. */
export interface RebuildTarget {
  readonly module: string
  readonly version: ModuleVersion
}

/** A line of a `.dep` file that leads to an older version of the target. */
export interface StalePin {
  readonly dependency: Dependency
  /** The installed version that the line asks for; nothing if that is the target itself. */
  readonly needed?: InstalledVersion
}

/** What a version needs of the target, by itself or through others. */
export type Verdict =
  /** Nothing, or whatever there is. */
  | { readonly kind: 'unconcerned' }
  /** A newer version, or a test version: somebody's decision. */
  | { readonly kind: 'other' }
  /** The wanted one. */
  | { readonly kind: 'current' }
  /** An older one. */
  | { readonly kind: 'stale'; readonly pins: readonly StalePin[] }
  /** An older one, but it cannot be built for another one, for this reason. */
  | { readonly kind: 'left'; readonly reason: string }

/** Tells what versions need; each is looked at once. */
export interface Judge {
  readonly target: RebuildTarget
  of(version: InstalledVersion): Verdict
  /** What was looked at. */
  judged(): Iterable<InstalledVersion>
}

/** Follows pins to what is installed, depth first with a stack of its own: trees of any depth. */
export function openJudge(tree: ModuleTree, target: RebuildTarget): Judge {
  const verdicts = new Map<InstalledVersion, Verdict>()
  const lookInto = (start: InstalledVersion): void => {
    const entered = new Set<InstalledVersion>()
    const stack = [start]
    for (let one = stack.at(-1); one; one = stack.at(-1)) {
      const isNew = !verdicts.has(one) && !entered.has(one)
      entered.add(one)
      const next = isNew ? neededBy(tree, target, one) : []
      // What was entered before is a cycle: no start would load it.
      const open = next.filter((other) => !verdicts.has(other) && !entered.has(other))
      stack.push(...open)
      if (open.length > 0) continue
      if (!verdicts.has(one)) verdicts.set(one, combine(one, { tree, target, verdicts }))
      stack.pop()
    }
  }
  return {
    target,
    of(version) {
      if (!verdicts.has(version)) lookInto(version)
      return verdicts.get(version) ?? unconcerned
    },
    judged: () => verdicts.keys(),
  }
}

const unconcerned: Verdict = { kind: 'unconcerned' }

function neededBy(
  tree: ModuleTree,
  target: RebuildTarget,
  version: InstalledVersion,
): InstalledVersion[] {
  return (tree.usable(version)?.dependencies ?? [])
    .filter(({ module }) => module !== target.module)
    .flatMap((dependency) => installedFor(tree, dependency) ?? [])
}

/** The version that a line leads to if nobody else asks; any version is nobody's pin. */
function installedFor(
  tree: ModuleTree,
  { module, version: asked }: Dependency,
): InstalledVersion | undefined {
  if (asked.kind === 'any') return undefined
  return tree.versions(module).find((one) => tree.accepts(one, asked) && tree.usable(one))
}

interface Judging {
  readonly tree: ModuleTree
  readonly target: RebuildTarget
  readonly verdicts: ReadonlyMap<InstalledVersion, Verdict>
}

function combine(version: InstalledVersion, judging: Judging): Verdict {
  const { dependencies = [] } = judging.tree.usable(version) ?? {}
  const found = dependencies.map((dependency) => judgeLine(dependency, judging))
  const others = found.find(({ kind }) => kind === 'other') ?? found.find(isLeft)
  if (others) return others
  const pins = found.flatMap((one) => (one.kind === 'stale' ? one.pins : []))
  if (pins.length === 0) return found.find(({ kind }) => kind === 'current') ?? unconcerned
  if (version.version.kind === 'numeric') return { kind: 'stale', pins }
  return { kind: 'left', reason: 'it is a test version' }
}

function isLeft({ kind }: Verdict): boolean {
  return kind === 'left'
}

function judgeLine(dependency: Dependency, { tree, target, verdicts }: Judging): Verdict {
  const { module, version: asked } = dependency
  if (asked.kind === 'any') return unconcerned
  if (module === target.module) return judgeVersion(dependency, asked.version, target.version)
  const needed = installedFor(tree, dependency)
  const verdict = (needed && verdicts.get(needed)) ?? unconcerned
  if (needed && verdict.kind === 'stale') return { kind: 'stale', pins: [{ dependency, needed }] }
  if (!needed || verdict.kind !== 'left') return verdict
  const reason = `it needs ${module} ${needed.version.text}, and ${verdict.reason}`
  return { kind: 'left', reason }
}

/** `1.0.0` in a `.dep` file means any revision of it, so 1.0.0+1 is not newer than what it asks for. */
function judgeVersion(
  dependency: Dependency,
  before: ModuleVersion,
  wanted: ModuleVersion,
): Verdict {
  if (matchesRequest(wanted, { kind: 'named', version: before })) return { kind: 'current' }
  const isOlder = before.kind === 'numeric' && compareVersions(before, wanted) < 0
  return isOlder ? { kind: 'stale', pins: [{ dependency }] } : { kind: 'other' }
}
