import { anyVersion, parseVersionRequest, type VersionRequest } from '../version/request.ts'
import type { ModuleVersion } from '../version/version.ts'
import { hasErrors } from './advice.ts'
import { nearestVersions, nearness } from './installed-text.ts'
import type { ModuleRequest } from './module-request.ts'
import type { InstalledVersion, ModuleTree } from './module-tree.ts'
import type { RepeatedRequests } from './repeated-requests.ts'
import { requestPlaces } from './request-places.ts'
import { search } from './search.ts'

/** A change of requests after which they can be fulfilled. */
export interface Remedy {
  /** `use stream 2.8.26+1 in st.cmd:4`. */
  readonly text: string
  /** The requests that it changes, and what they become. */
  readonly changes: ReadonlyMap<ModuleRequest, ModuleRequest>
}

/** What shall be put right, and what may be changed for it. */
export interface RemedyQuestion {
  /** All requests that shall be fulfilled afterwards, each once. */
  readonly requests: readonly ModuleRequest[]
  /** Those that may be changed. */
  readonly candidates: readonly ModuleRequest[]
  /** What is written elsewhere, too, and has to be changed there as well. */
  readonly repeated: RepeatedRequests
}

interface Edit {
  readonly request: ModuleRequest
  readonly changed: ModuleRequest
  readonly text: string
  /** How many places have to be edited. */
  readonly places: number
  /** The larger the bigger the change. */
  readonly size: number
}

/** Searches made for one remedy, and tries in each of them. */
const maximumSearches = 200
const triesEach = 2_000

/** What was found, and if it is nothing, whether every change of one or two requests was tried. */
export interface RemedySearch {
  readonly remedy?: Remedy
  readonly isComplete: boolean
}

/**
 * The smallest change that works, found by trying it: at as few places as possible; there another
 * revision, another version near by, no version at all, a version further away, a test version where
 * none was written down. Changes of one request, or of two.
 */
export function findRemedy(tree: ModuleTree, question: RemedyQuestion): RemedySearch {
  const edits = question.candidates
    .flatMap((request) => editsOf(tree, request, question.repeated.get(request)))
    .sort((a, b) => a.size - b.size)
  const isComplete = (edits.length * (edits.length + 1)) / 2 <= maximumSearches
  const changes = [...edits.map((edit) => [edit]), ...pairs(isComplete ? edits : nearest(edits))]
    .slice(0, maximumSearches)
    .sort((a, b) => placeCount(a) - placeCount(b))
  const unlocked = edits.filter(({ request }) => request.unlock)
  const found = [...changes, unlocked].find(
    (change) => change.length > 0 && works(tree, question.requests, change),
  )
  if (!found) return { isComplete }
  const remedy = {
    text: changeText(found),
    changes: new Map(found.map(({ request, changed }) => [request, changed])),
  }
  return { remedy, isComplete }
}

function placeCount(edits: readonly Edit[]): number {
  return edits.reduce((sum, { places }) => sum + places, 0)
}

/** What is unlocked is one command, as one module without the other may not do. */
function changeText(edits: readonly Edit[]): string {
  const locked = edits.filter(({ request }) => request.unlock)
  const unlock = locked[0]?.request.unlock?.(locked.map(({ request }) => request.module))
  const others = edits.filter(({ request }) => !request.unlock).map(({ text }) => text)
  return [...(unlock ? [unlock] : []), ...others].join(' and ')
}

function works(
  tree: ModuleTree,
  requests: readonly ModuleRequest[],
  edits: readonly Edit[],
): boolean {
  const changes = new Map(edits.map(({ request, changed }) => [request, changed]))
  return isSolvable(
    tree,
    requests.map((request) => changes.get(request) ?? request),
  )
}

/** Whether an IOC would start with these requests, as far as few tries tell. */
export function isSolvable(tree: ModuleTree, requests: readonly ModuleRequest[]): boolean {
  const outcome = search(tree, requests, triesEach)
  return outcome.kind === 'solved' && !hasErrors(outcome.state)
}

function editsOf(
  tree: ModuleTree,
  request: ModuleRequest,
  others: readonly ModuleRequest[] = [],
): Edit[] {
  const { module, version: asked } = request
  if (request.unlock) {
    return [
      { request, changed: { ...request, version: anyVersion }, text: '', places: 1, size: -1 },
    ]
  }
  const { count: places, text: where } = requestPlaces([request, ...others])
  const versions = versionsToAsk(tree, request).map(({ version }) => ({
    request,
    changed: { ...request, version: parseVersionRequest(version.text) },
    text: `use ${module} ${version.text}${where}`,
    places,
    size: sizeOf(version, asked),
  }))
  if (asked.kind === 'any') return versions
  const drop = {
    request,
    changed: { ...request, version: anyVersion },
    text: `drop the version of ${module}${where}`,
    places,
    size: 2,
  }
  return [...versions, drop]
}

/** A request without version tries them all, except for test versions. */
function versionsToAsk(
  tree: ModuleTree,
  { module, version: asked }: ModuleRequest,
): readonly InstalledVersion[] {
  if (asked.kind === 'named') return nearestVersions(tree, module, asked)
  return tree.versions(module).filter(({ version }) => version.kind === 'test')
}

function sizeOf(version: ModuleVersion, asked: VersionRequest): number {
  if (asked.kind === 'any') return 5
  return [4, 3, 1, 0][nearness(version, asked.version)] ?? 4
}

/** The five smallest changes of each request, and the one that drops its version. */
function nearest(edits: readonly Edit[]): readonly Edit[] {
  const counts = new Map<ModuleRequest, number>()
  return edits.filter(({ request, changed }) => {
    const count = counts.get(request) ?? 0
    counts.set(request, count + 1)
    return count < 5 || changed.version.kind === 'any'
  })
}

/** Changes of two different requests. */
function pairs(edits: readonly Edit[]): Edit[][] {
  return edits.flatMap((first, index) =>
    edits
      .slice(index + 1)
      .filter(({ request }) => request !== first.request)
      .map((second) => [first, second]),
  )
}
