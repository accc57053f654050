import { type Span, startOf } from '../text/span.ts'
import { anyVersion, parseVersionRequest } from '../version/request.ts'
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
): Remedy | undefined {
  const edits = candidates
    .flatMap((request) => editsOf(tree, request))
    .sort((a, b) => a.size - b.size)
  let searches = 0
  for (const changes of [...edits.map((edit) => [edit]), ...pairs(edits)]) {
    if (searches++ >= maximumSearches) return undefined
    if (!works(tree, requests, changes)) continue
    return {
      text: changes.map(({ text }) => text).join(' and '),
      requests: changes.map(({ request }) => request),
    }
  }
  return undefined
}

function works(
  tree: ModuleTree,
  requests: readonly ModuleRequest[],
  edits: readonly Edit[],
): boolean {
  const changed = requests.map(
    (request) => edits.find((edit) => edit.request === request)?.changed ?? request,
  )
  return search(tree, changed, triesEach).kind === 'solved'
}

function editsOf(tree: ModuleTree, request: ModuleRequest): Edit[] {
  const { module, version: asked, at } = request
  if (asked.kind === 'any') return []
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

/** Two requests changed at once; few versions of each, or there would be no end to it. */
function* pairs(edits: readonly Edit[]): Generator<readonly Edit[]> {
  const near = new Map<ModuleRequest, Edit[]>()
  for (const edit of edits) near.set(edit.request, [...(near.get(edit.request) ?? []), edit])
  const few = [...near.values()].flatMap((all) => [
    ...all.slice(0, 5),
    ...all.slice(5).filter(({ changed }) => changed.version.kind === 'any'),
  ])
  for (const [index, first] of few.entries()) {
    for (const second of few.slice(index + 1)) {
      if (second.request !== first.request) yield [first, second]
    }
  }
}

/** ` in st.cmd:4`; labels such as `<command line>` without brackets and line. */
export function placeText(at: Span | undefined): string {
  if (!at) return ''
  const { name } = at.source
  return name.startsWith('<') ? ` on the ${name.slice(1, -1)}` : ` in ${name}:${startOf(at).line}`
}
