import { type Span, startOf } from '../text/span.ts'
import { anyVersion, parseVersionRequest } from '../version/request.ts'
import { hasErrors } from './advice.ts'
import { nearestVersions, nearness } from './installed-text.ts'
import type { ModuleRequest } from './module-request.ts'
import type { ModuleTree } from './module-tree.ts'
import { search } from './search.ts'

/** A change of requests after which they can be fulfilled. */
export interface Remedy {
  /** `use stream 2.8.26+1 in st.cmd:4`. */
  readonly text: string
  /** The requests that it changes. */
  readonly requests: readonly ModuleRequest[]
}

interface Edit {
  readonly request: ModuleRequest
  readonly changed: ModuleRequest
  readonly text: string
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
 * The smallest change that works, found by trying it: another revision, another version near by,
 * no version at all, a version further away; first for one request, then for two.
 *
 * @param requests all requests that shall be fulfilled afterwards
 * @param candidates those that may be changed
 */
export function findRemedy(
  tree: ModuleTree,
  requests: readonly ModuleRequest[],
  candidates: readonly ModuleRequest[],
): RemedySearch {
  const edits = candidates
    .flatMap((request) => editsOf(tree, request))
    .sort((a, b) => a.size - b.size)
  const isComplete = (edits.length * (edits.length + 1)) / 2 <= maximumSearches
  const changes = [...edits.map((edit) => [edit]), ...pairs(isComplete ? edits : nearest(edits))]
  const unlocked = edits.filter(({ request }) => request.unlock)
  const found = [...changes.slice(0, maximumSearches), unlocked].find(
    (change) => change.length > 0 && works(tree, requests, change),
  )
  if (!found) return { isComplete }
  const remedy = {
    text: changeText(found),
    requests: found.map(({ request }) => request),
  }
  return { remedy, isComplete }
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
  const changed = requests.map(
    (request) => edits.find((edit) => edit.request === request)?.changed ?? request,
  )
  const outcome = search(tree, changed, triesEach)
  return outcome.kind === 'solved' && !hasErrors(outcome.state)
}

function editsOf(tree: ModuleTree, request: ModuleRequest): Edit[] {
  const { module, version: asked, at } = request
  if (asked.kind === 'any') return []
  if (request.unlock) {
    return [{ request, changed: { ...request, version: anyVersion }, text: '', size: -1 }]
  }
  const versions = nearestVersions(tree, module, asked).map(({ version }) => ({
    request,
    changed: { ...request, version: parseVersionRequest(version.text) },
    text: `use ${module} ${version.text}${placeText(at)}`,
    size: [4, 3, 1, 0][nearness(version, asked.version)] ?? 4,
  }))
  const drop = {
    request,
    changed: { ...request, version: anyVersion },
    text: `drop the version of ${module}${placeText(at)}`,
    size: 2,
  }
  return [...versions, drop]
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

/** ` in st.cmd:4`; labels such as `<command line>` without brackets and line. */
function placeText(at: Span | undefined): string {
  if (!at) return ''
  const { name } = at.source
  return name.startsWith('<') ? ` on the ${name.slice(1, -1)}` : ` in ${name}:${startOf(at).line}`
}
