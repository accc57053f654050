import { type Diagnostic, diagnostic } from '../text/diagnostic.ts'
import { advise } from './advice.ts'
import { type Conflict, findConflicts } from './conflicts.ts'
import { explain, type OtherRequests } from './explain.ts'
import { loadOrder } from './load-order.ts'
import { checkModuleName, checkVersionName } from './module-name.ts'
import type { ModuleRequest } from './module-request.ts'
import { type ModuleTree, moduleTreeOf } from './module-tree.ts'
import { groupRequests, withRepeats } from './repeated-requests.ts'
import type { Resolution } from './resolution.ts'
import { checkContents, resolvedModule } from './resolved-module.ts'
import { defaultTries, search } from './search.ts'
import type { SearchState } from './search-state.ts'
import type { Site } from './site.ts'

/**
 * One version of each module that is needed, for all requests of the command line, the script and
 * everything it loads together with the `.dep` files. The versions do not depend on the order of
 * the requests, the load order does. What was read of the tree is remembered as long as the site
 * object lives.
 *
 * Errors: all of docs/reference/module-versions.md as diagnostics; nothing throws.
 */
export function resolve(requests: readonly ModuleRequest[], site: Site): Resolution {
  const tree = moduleTreeOf(site)
  const diagnostics: Diagnostic[] = []
  const accepted = requests.filter((request) => {
    const refusal = checkRequest(request) ?? checkOptional(tree, request)
    if (refusal) diagnostics.push(refusal)
    return !refusal
  })
  const groups = groupRequests(accepted)
  const asked = [...groups.keys()]
  const outcome = search(tree, asked)
  if (outcome.kind === 'solved') return withModules(outcome.state, asked, diagnostics)
  if (outcome.kind === 'gave up') {
    return { modules: [], diagnostics: [...diagnostics, gaveUp(outcome.tries)] }
  }
  const { conflicts, rest, state } = findConflicts(tree, asked)
  const first = ({ requests: [request] }: Conflict) => (request ? asked.indexOf(request) : -1)
  const ordered = [...conflicts].sort((a, b) => first(a) - first(b))
  diagnostics.push(...explainAll(tree, ordered, { rest, repeated: groups }))
  if (!state) return { modules: [], diagnostics: [...diagnostics, gaveUp(defaultTries)] }
  return withModules(state, rest, diagnostics)
}

/** Each further one takes longer, as more has to stay fulfilled. */
const mostTogether = 3

/**
 * The first ones are explained as if the help for those before them were taken, so that it works
 * together; where nothing does, and all others, by themselves.
 */
function explainAll(
  tree: ModuleTree,
  conflicts: readonly Conflict[],
  { rest, repeated }: OtherRequests,
): Diagnostic[] {
  let settled = rest
  return conflicts.map((conflict, index) => {
    const others = index < mostTogether ? settled : rest
    const found = explain(tree, conflict, { rest: others, repeated })
    const isEnough = found.remedy !== undefined || others === rest
    const { problem } = isEnough ? found : explain(tree, conflict, { rest, repeated })
    const changes = found.remedy?.changes
    if (changes) {
      settled = [...others, ...conflict.requests].map((one) => changes.get(one) ?? one)
    }
    return withRepeats(problem, conflict.requests, repeated)
  })
}

function withModules(
  state: SearchState,
  requests: readonly ModuleRequest[],
  diagnostics: readonly Diagnostic[],
): Resolution {
  const byName = new Map(
    [...state.decided].map(([name, decision]) => [name, resolvedModule(state, decision)]),
  )
  const modules = loadOrder(byName, requests)
  return {
    modules,
    diagnostics: [
      ...diagnostics,
      ...advise(state, requests),
      ...modules.flatMap((module) => checkContents(module)),
    ],
  }
}

function checkRequest({ module, version, at }: ModuleRequest): Diagnostic | undefined {
  return (
    checkModuleName(module, at) ??
    (version.kind === 'named' ? checkVersionName(version.version.text, at) : undefined)
  )
}

/** `ifexists`: require.c reports what is missing, as success. */
function checkOptional(
  tree: ModuleTree,
  { module, version, at, optional }: ModuleRequest,
): Diagnostic | undefined {
  if (!optional) return undefined
  const found = tree
    .versions(module)
    .some((installed) => tree.accepts(installed, version) && tree.usable(installed))
  if (found) return undefined
  const { architecture } = tree.site
  const message = `${module} is not installed for ${architecture} and is left out, as asked`
  return diagnostic('REQUIRE_SKIPPED', message, { at })
}

function gaveUp(tries: number): Diagnostic {
  return diagnostic('RESOLUTION_LIMIT', `no set of module versions was found in ${tries} tries`, {
    hint: 'write down the versions of the modules that depend on many others',
  })
}
