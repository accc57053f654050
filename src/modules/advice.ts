import { type Diagnostic, diagnostic } from '../text/diagnostic.ts'
import { withOrigin } from '../text/span.ts'
import { compareVersions } from '../version/order.ts'
import { type Cause, causeOf } from './cause.ts'
import { askedText, chainSpan, requesterText } from './chain.ts'
import { unreadableText, wrongLinkText } from './explain-missing.ts'
import type { ModuleRequest } from './module-request.ts'
import type { InstalledVersion } from './module-tree.ts'
import type { Requester } from './resolution.ts'
import { search } from './search.ts'
import { askedVersion, type Decision, demandsOn, type SearchState } from './search-state.ts'

/** What should be said about a solution that nobody will be surprised by it. */
export function advise(state: SearchState, requests: readonly ModuleRequest[]): Diagnostic[] {
  return [...state.decided.values()].flatMap((decision) => [
    ...dependencyFile(state, decision),
    ...wrongLinks(state, decision),
    ...unreadableFolders(state, decision),
    ...unreadableVersions(state, decision),
    ...duplicates(state, decision),
    ...unnamedTestVersion(state, decision),
    ...heldBack(state, requests, decision),
  ])
}

/** Whether the solution holds a version that cannot be loaded: a start would stop there. */
export function hasErrors(state: SearchState): boolean {
  return [...state.decided.values()].some((decision) =>
    [...dependencyFile(state, decision), ...wrongLinks(state, decision)].some(
      ({ severity }) => severity === 'error',
    ),
  )
}

/** What is wrong with its `.dep` file, with the chain that led to the module. */
function dependencyFile(state: SearchState, { installed, usable }: Decision): Diagnostic[] {
  const { module, version } = installed
  const place = firstPlace(state, module)
  const from = place && { message: `${module} ${version.text} is required here`, at: place }
  return usable.diagnostics.map((item) => {
    const at = item.at ? withOrigin(item.at, from) : place
    return { ...item, ...(at && { at }) }
  })
}

/** Links that would have been taken if they led to what their name says. */
function wrongLinks(state: SearchState, { installed }: Decision): Diagnostic[] {
  const at = firstPlace(state, installed.module)
  return higherVersions(state, installed).flatMap((version) => {
    const wrong = wrongLinkText(state.tree, version)
    return wrong ? [diagnostic('VERSION_LINK_WRONG', wrong.message, { at, hint: wrong.hint })] : []
  })
}

/** Folders of the module in other roots, which may hold a higher version. */
function unreadableFolders(state: SearchState, { installed }: Decision): Diagnostic[] {
  const { module, version } = installed
  return state.tree.unreadable(module).map(({ folder, problem }) => {
    const message = `${folder} cannot be read: ${problem}; ${module} ${version.text} is taken`
    const at = firstPlace(state, module)
    const hint = `ls -ld ${folder}`
    return diagnostic('FILE_UNREADABLE', message, { severity: 'warning', at, hint })
  })
}

/** Versions that may have been taken if they could be looked into. */
function unreadableVersions(state: SearchState, { installed }: Decision): Diagnostic[] {
  const { module, version } = installed
  const at = firstPlace(state, module)
  const places = higherVersions(state, installed).flatMap((higher) => higher.places)
  return places.flatMap((place) => {
    const unreadable = unreadableText(state.tree, place)
    if (!unreadable) return []
    const message = `${unreadable.message}; ${version.text} is taken`
    const { hint } = unreadable
    return [diagnostic('FILE_UNREADABLE', message, { severity: 'warning', at, hint })]
  })
}

/** What all who ask for the module would accept, above the version that is taken. */
function higherVersions(state: SearchState, installed: InstalledVersion): InstalledVersion[] {
  const demands = demandsOn(state, installed.module)
  const accepted = state.tree
    .versions(installed.module)
    .filter((version) => demands.every((one) => state.tree.accepts(version, askedVersion(one))))
  return accepted.slice(0, accepted.indexOf(installed))
}

function duplicates({ tree }: SearchState, { installed, usable }: Decision): Diagnostic[] {
  const { module, version, places } = installed
  const { reader } = tree.site
  const taken = usable.place.directory
  // A root may be given twice under different names
  const others = places.filter(
    (place) =>
      place !== usable.place &&
      tree.state(place).kind === 'usable' &&
      reader.realPath(place.directory) !== reader.realPath(taken),
  )
  if (others.length === 0) return []
  const isOneRoot = others.every(({ root }) => root === usable.place.root)
  const name = `${module} ${version.text}`
  return [
    diagnostic('VERSION_DUPLICATE', `${name} is installed in more than one place`, {
      notes: [
        { message: `${taken} is taken: ${isOneRoot ? 'it' : 'its root'} comes first` },
        ...others.map(({ directory }) => ({ message: `${directory} is not used` })),
      ],
      hint: `remove one of them${isOneRoot ? '' : ', or change the order of the roots'}`,
    }),
  ]
}

/** Documented: without a numeric version "the first test version it finds"; here the last by name. */
function unnamedTestVersion(state: SearchState, { installed }: Decision): Diagnostic[] {
  const { module, version } = installed
  const named = demandsOn(state, module).some((asking) => askedVersion(asking).kind === 'named')
  if (version.kind === 'numeric' || named) return []
  const message = `${module} has no numeric version, the test version ${version.text} is taken`
  const hint = `write the version down: require ${module},${version.text}`
  return [diagnostic('VERSION_TEST_CHOSEN', message, { at: firstPlace(state, module), hint })]
}

/** A direct request got less than the highest version it allows. */
function heldBack(
  state: SearchState,
  requests: readonly ModuleRequest[],
  { installed }: Decision,
): Diagnostic[] {
  const { tree } = state
  const { module, version } = installed
  const request = requests.find((direct) => direct.module === module)
  const best =
    request &&
    tree
      .versions(module)
      .find((other) => tree.accepts(other, request.version) && tree.usable(other))
  if (!best || compareVersions(best.version, version) <= 0) return []
  const asking = demandsOn(state, module).find((other) => !tree.accepts(best, askedVersion(other)))
  // Somebody wrote this version down in another require line
  if (asking?.kind === 'request') return []
  const { why, notes } = asking ? pinnedBy(state, asking) : tryBest(state, requests, best)
  const message = `${module} ${version.text} instead of ${best.version.text}${why}`
  const hint = `if this is what you want, write it down: require ${module},${version.text}`
  return [diagnostic('VERSION_HELD_BACK', message, { at: request.at, notes, hint })]
}

function pinnedBy({ demands }: SearchState, asking: Extract<Requester, { kind: 'module' }>) {
  const message = requesterText(asking)
  const at = chainSpan(asking, demands)
  const why = ` because ${asking.module} ${asking.version.text} pins it`
  return { why, notes: [{ message, ...(at && { at }) }] }
}

/** Why the higher version cannot be had, found by asking for it. */
function tryBest(
  { tree }: SearchState,
  requests: readonly ModuleRequest[],
  { module, version }: InstalledVersion,
) {
  const asked: ModuleRequest = { module, version: { kind: 'named', version } }
  const outcome = search(tree, [...requests, asked], 2_000)
  if (outcome.kind !== 'failed') return { why: '', notes: [] }
  const { cause } = causeOf(tree, { deadEnd: outcome.deadEnd })
  const notes = cause.requesters.map((requester) => {
    const at = chainSpan(requester, cause.demands)
    return { message: requesterText(requester), ...(at && { at }) }
  })
  const texts = [...new Set(cause.requesters.map(askedText))].join(' and ')
  return { why: whyNot(cause.kind, texts), notes }
}

function whyNot(kind: Cause['kind'], asked: string): string {
  switch (kind) {
    case 'no module':
    case 'no version':
    case 'unusable':
      return ` because ${asked} is not installed`
    case 'cycle':
      return ` because ${asked} depends on itself`
    case 'contradiction':
    case 'dead end':
      return ` because ${asked} cannot be loaded together`
  }
}

function firstPlace(state: SearchState, module: string) {
  const [first] = demandsOn(state, module)
  return first && chainSpan(first, state.demands)
}
