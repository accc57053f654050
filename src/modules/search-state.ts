import type { VersionRequest } from '../version/request.ts'
import type { Dependency, ModuleRequest } from './module-request.ts'
import type { InstalledVersion, ModuleTree, UsableVersion } from './module-tree.ts'
import type { Requester } from './resolution.ts'

/** A partial answer: some modules have a version, others are asked for and still open. */
export interface SearchState {
  readonly tree: ModuleTree
  /** By module: all who ask for it, direct requests first, then in the order of decisions. */
  readonly demands: Map<string, readonly Requester[]>
  /** In the order of decisions. */
  readonly decided: Map<string, Decision>
}

export interface Decision {
  readonly installed: InstalledVersion
  readonly usable: UsableVersion
}

/** The state in which only the direct requests are known. */
export function initialState(tree: ModuleTree, requests: readonly ModuleRequest[]): SearchState {
  const state: SearchState = { tree, demands: new Map(), decided: new Map() }
  addDemands(
    state,
    requests.map((request) => [request.module, { kind: 'request', request }]),
  )
  return state
}

/** Takes a version of a module; from now on its dependencies are asked for. */
export function decide(state: SearchState, decision: Decision): void {
  const { module, version } = decision.installed
  state.decided.set(module, decision)
  addDemands(
    state,
    decision.usable.dependencies.map((dependency) => [
      dependency.module,
      { kind: 'module', module, version, dependency },
    ]),
  )
}

/** Takes the latest decision back. */
export function retract(state: SearchState, module: string): void {
  const { dependencies = [] } = state.decided.get(module)?.usable ?? {}
  const counts = new Map<string, number>()
  for (const { module: name } of dependencies) counts.set(name, (counts.get(name) ?? 0) + 1)
  for (const [name, count] of counts) {
    state.demands.set(name, demandsOn(state, name).slice(0, -count))
  }
  state.decided.delete(module)
}

/** Modules that are asked for and have no version yet, by name. */
export function openModules({ demands, decided }: SearchState): string[] {
  const open = [...demands].filter(([module, asked]) => asked.length > 0 && !decided.has(module))
  return open.map(([module]) => module).sort()
}

export function demandsOn(state: SearchState, module: string): readonly Requester[] {
  return state.demands.get(module) ?? nobody
}

const nobody: readonly Requester[] = []

/** The version somebody asks for. */
export function askedVersion(requester: Requester): VersionRequest {
  return requester.kind === 'request' ? requester.request.version : requester.dependency.version
}

/**
 * Test versions are taken if somebody names them, or if there is no numeric version. Documented:
 * without version `require` takes "the highest numerical version, else a test version".
 */
export function isJustified(state: SearchState, installed: InstalledVersion): boolean {
  const { version, module } = installed
  if (version.kind === 'numeric') return true
  const named = demandsOn(state, module).some((requester) => {
    const asked = askedVersion(requester)
    return asked.kind === 'named' && state.tree.accepts(installed, asked)
  })
  return named || !hasNumeric(state.tree, module)
}

/** The path of decided modules from a dependency back to a module, if that is a cycle. */
export function findCycle(
  state: SearchState,
  { module, dependency }: { readonly module: string; readonly dependency: Dependency },
): readonly string[] | undefined {
  const seen = new Set<string>()
  const follow = (name: string): string[] | undefined => {
    if (name === module) return [name]
    if (seen.has(name)) return undefined
    seen.add(name)
    for (const next of state.decided.get(name)?.usable.dependencies ?? []) {
      const rest = follow(next.module)
      if (rest) return [name, ...rest]
    }
    return undefined
  }
  return follow(dependency.module)
}

/** Lists are never changed, as dead ends keep them; each is made anew once, however many are added. */
function addDemands(
  { demands }: SearchState,
  added: readonly (readonly [module: string, requester: Requester])[],
): void {
  const byModule = new Map<string, Requester[]>()
  for (const [module, requester] of added) {
    const known = byModule.get(module)
    if (known) known.push(requester)
    else byModule.set(module, [...(demands.get(module) ?? []), requester])
  }
  for (const [module, list] of byModule) demands.set(module, list)
}

function hasNumeric(tree: ModuleTree, module: string): boolean {
  return tree
    .versions(module)
    .some((installed) => installed.version.kind === 'numeric' && tree.usable(installed))
}
