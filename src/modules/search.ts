import type { DeadEnd, Failure, Rejection } from './dead-end.ts'
import type { ModuleRequest } from './module-request.ts'
import type { InstalledVersion, ModuleTree } from './module-tree.ts'
import { findNogood, learn, type Nogoods } from './nogoods.ts'
import { createOrder } from './search-order.ts'
import {
  askedVersion,
  type Decision,
  decide,
  demandsOn,
  findCycle,
  initialState,
  isJustified,
  openModules,
  retract,
  type SearchState,
} from './search-state.ts'

export type SearchOutcome =
  | { readonly kind: 'solved'; readonly state: SearchState }
  | { readonly kind: 'failed'; readonly deadEnd: DeadEnd }
  | { readonly kind: 'gave up'; readonly tries: number }

/** Versions tried before the search gives up; a real IOC needs one try for each of its modules. */
export const defaultTries = 100_000

/**
 * One version for each module that is needed, so that every request and every `.dep` line is
 * fulfilled: the first such set if modules are decided in the order of `createOrder` and versions
 * are tried from the highest. Finds one whenever there is one. After a failure it goes back to
 * the latest decision that has a part in it (conflict-directed backjumping) and remembers why.
 */
export function search(
  tree: ModuleTree,
  requests: readonly ModuleRequest[],
  tries: number = defaultTries,
): SearchOutcome {
  const run: Run = {
    state: initialState(tree, requests),
    frames: [],
    nogoods: { bySet: new Map(), hopeless: new Map() },
    left: tries,
  }
  const { state, frames } = run
  const nextModule = createOrder(state)
  for (;;) {
    const module = nextModule()
    if (module !== undefined) frames.push(frameOf(state, module))
    else if (![...state.decided.values()].some(({ installed }) => !isJustified(state, installed))) {
      return { kind: 'solved', state }
    } else reject(state, frames)
    const deadEnd = advance(run)
    if (run.left < 0) return { kind: 'gave up', tries }
    if (deadEnd) return { kind: 'failed', deadEnd }
  }
}

interface Run {
  readonly state: SearchState
  readonly frames: Frame[]
  readonly nogoods: Nogoods
  /** Tries. */
  left: number
}

/** A module that is being decided. */
interface Frame {
  readonly module: string
  readonly versions: readonly InstalledVersion[]
  next: number
  readonly failures: Failure[]
  /** Modules decided earlier without which a rejected version might do. */
  readonly culprits: Set<string>
}

function frameOf({ tree }: SearchState, module: string): Frame {
  const versions = tree.versions(module)
  return { module, versions, next: 0, failures: [], culprits: new Set() }
}

/** The latest decision is refused because a test version is left that nobody names. */
function reject(state: SearchState, frames: readonly Frame[]): void {
  const frame = frames.at(-1)
  if (!frame) return
  retract(state, frame.module)
  for (const module of state.decided.keys()) frame.culprits.add(module)
  addFailure(frame, { kind: 'unnamed test version' })
}

/** Decides the top frame, going back as far as needed; a dead end if nothing is left to try. */
function advance(run: Run): DeadEnd | undefined {
  const { state, frames } = run
  for (let frame = frames.at(-1); frame; ) {
    if (decideFrame(run, frame) || run.left < 0) return undefined
    const deadEnd = deadEndOf(state, frame)
    const culprits = withDemander(state, frame)
    learn(run.nogoods, state, { culprits, deadEnd })
    if (!hasOthers(frame)) run.nogoods.hopeless.set(frame.module, deadEnd)
    frames.pop()
    frame = backTo(run, culprits)
    if (!frame) return deadEnd
    addFailure(frame, { kind: 'dead end', deadEnd })
    for (const culprit of culprits) if (culprit !== frame.module) frame.culprits.add(culprit)
  }
  return undefined
}

/** Whether a version was refused because of another module's. */
function hasOthers({ module, culprits }: Frame): boolean {
  return [...culprits].some((culprit) => culprit !== module)
}

/** Takes decisions back up to the latest one of a culprit. */
function backTo({ state, frames }: Run, culprits: ReadonlySet<string>): Frame | undefined {
  for (let frame = frames.at(-1); frame; frame = frames.at(-1)) {
    retract(state, frame.module)
    if (culprits.has(frame.module)) return frame
    frames.pop()
  }
  return undefined
}

function decideFrame(run: Run, frame: Frame): boolean {
  while (frame.next < frame.versions.length && run.left-- > 0) {
    const installed = frame.versions[frame.next++]
    const checked = installed && checkVersion(run, installed)
    if (!checked) continue
    if (!('rejection' in checked)) {
      decide(run.state, checked)
      return true
    }
    for (const culprit of checked.culprits) frame.culprits.add(culprit)
    addFailure(frame, checked.rejection)
  }
  return false
}

/** Records why the version that was tried last cannot be taken. */
function addFailure(frame: Frame, reason: Rejection): void {
  const installed = frame.versions[frame.next - 1]
  if (installed) frame.failures.push({ installed, reason })
}

interface Refusal {
  readonly rejection: Rejection
  readonly culprits: readonly string[]
}

function checkVersion({ state, nogoods }: Run, installed: InstalledVersion): Decision | Refusal {
  const { tree } = state
  const { module } = installed
  for (const requester of demandsOn(state, module)) {
    if (tree.accepts(installed, askedVersion(requester))) continue
    const culprits = requester.kind === 'module' ? [requester.module] : []
    return { rejection: { kind: 'not asked for', requester }, culprits }
  }
  const usable = tree.usable(installed)
  if (!usable) return { rejection: { kind: 'unusable' }, culprits: [] }
  const nogood = findNogood(nogoods, state, installed)
  if (nogood) {
    const culprits = nogood.versions.map((version) => version.module)
    return { rejection: { kind: 'dead end', deadEnd: nogood.deadEnd }, culprits }
  }
  for (const dependency of usable.dependencies) {
    const deadEnd = nogoods.hopeless.get(dependency.module)
    if (deadEnd) return { rejection: { kind: 'dead end', deadEnd }, culprits: [] }
  }
  return checkDependencies(state, { installed, usable })
}

function checkDependencies(state: SearchState, decision: Decision): Decision | Refusal {
  const { tree, decided } = state
  const { installed, usable } = decision
  const { module } = installed
  for (const dependency of usable.dependencies) {
    const path = findCycle(state, { module, dependency })
    if (path) return { rejection: { kind: 'cycle', path, dependency }, culprits: path }
    const other = decided.get(dependency.module)?.installed
    if (other && !tree.accepts(other, dependency.version)) {
      return { rejection: { kind: 'clash', dependency }, culprits: [dependency.module] }
    }
  }
  const isLast = usable.dependencies.length === 0 && openModules(state).length === 1
  if (isLast && !isJustified(state, installed)) {
    return { rejection: { kind: 'unnamed test version' }, culprits: [...decided.keys()] }
  }
  return decision
}

function deadEndOf({ demands }: SearchState, { module, failures }: Frame): DeadEnd {
  return { module, demands: new Map(demands), failures }
}

/** The module would not be needed without the one that asked for it first. */
function withDemander(state: SearchState, { module, culprits }: Frame): ReadonlySet<string> {
  const first = demandsOn(state, module)[0]
  return first?.kind === 'module' ? new Set([...culprits, first.module]) : culprits
}
