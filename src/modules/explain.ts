import { type Diagnostic, diagnostic, type Note } from '../text/diagnostic.ts'
import { anyVersion } from '../version/request.ts'
import { type Alternative, type Cause, causeOf } from './cause.ts'
import { askedModule, askedText, chainOf, chainSpan, requesterText } from './chain.ts'
import type { Conflict } from './conflicts.ts'
import { explainCycle } from './explain-cycle.ts'
import { explainMissingModule, explainMissingVersion, explainUnusable } from './explain-missing.ts'
import { installedText } from './installed-text.ts'
import type { ModuleRequest } from './module-request.ts'
import type { ModuleTree } from './module-tree.ts'
import { findRemedy, type Remedy } from './remedy.ts'
import type { RepeatedRequests } from './repeated-requests.ts'
import { askedVersion } from './search-state.ts'

/**
 * A conflict in words: who asks for what, through which modules, what is installed, and the
 * smallest change that works.
 */
export function explain(
  tree: ModuleTree,
  conflict: Conflict,
  { rest, repeated }: OtherRequests,
): Explanation {
  const requests = [...rest, ...conflict.requests]
  const own = findRemedy(tree, { requests, candidates: conflict.requests, repeated })
  const wide = { requests, candidates: requests.filter((one) => repeated.has(one)), repeated }
  const { remedy, isComplete } = own.remedy ? own : findRemedy(tree, wide)
  const problem = problemOf(tree, conflict, { requests, remedy, isComplete })
  return { problem, remedy }
}

/** The requests besides those of a conflict. */
export interface OtherRequests {
  /** They have to stay fulfilled. */
  readonly rest: readonly ModuleRequest[]
  /** All requests as they are written, which alone can be changed. */
  readonly repeated: RepeatedRequests
}

export interface Explanation {
  readonly problem: Diagnostic
  /** What the help says, if it is a change of requests. */
  readonly remedy: Remedy | undefined
}

function problemOf(
  tree: ModuleTree,
  conflict: Conflict,
  found: Pick<ExplainContext, 'requests' | 'remedy' | 'isComplete'>,
): Diagnostic {
  const { cause, alternatives } = causeOf(tree, conflict)
  const notes = alternatives.slice(0, 3).map(alternativeNote)
  const context = { ...found, tree, notes }
  switch (cause.kind) {
    case 'no module':
      return explainMissingModule(cause, context)
    case 'no version':
      return explainMissingVersion(cause, context)
    case 'unusable':
      return explainUnusable(cause, context)
    case 'cycle':
      return explainCycle(cause, context)
    case 'contradiction':
    case 'dead end':
      return explainContradiction(cause, context)
  }
}

/** What all explanations have besides the cause. */
export interface ExplainContext {
  readonly tree: ModuleTree
  /** All that shall be fulfilled. */
  readonly requests: readonly ModuleRequest[]
  readonly remedy: Remedy | undefined
  /** Whether without a remedy there is none. */
  readonly isComplete: boolean
  /** About versions that do not help. */
  readonly notes: readonly Note[]
}

function explainContradiction(cause: Cause, context: ExplainContext): Diagnostic {
  const { tree, remedy, isComplete, notes } = context
  const nothing = isComplete
    ? 'no change of one or two requests helps'
    : 'none of the changes that were tried helps'
  const { requesters, demands } = cause
  const [first] = requesters
  const module = first ? askedModule(first) : ''
  const asked = [...new Set(requesters.map(askedText))]
  const roots = requesters.map((requester) => chainOf(requester, demands).at(-1))
  const direct = roots.flatMap((root) => (root?.kind === 'request' ? [root.request] : []))
  const written = direct.filter(({ unlock }) => !unlock)
  const edited = written.find((request) => remedy?.changes.has(request)) ?? written[0]
  return diagnostic('VERSION_CONFLICT', contradictionText(asked), {
    at: edited?.at ?? (first && chainSpan(first, demands)),
    notes: [
      ...requesters.map((requester) => ({
        message: requesterText(requester),
        ...placeOf(requester, demands),
      })),
      ...notes,
      { message: installedText(tree, module, first ? askedVersion(first) : anyVersion) },
    ],
    hint: remedy?.text ?? `${nothing}: build one of these modules anew`,
  })
}

function contradictionText(asked: readonly string[]): string {
  if (asked.length < 2) return `no version of the modules fulfils all requests for ${asked.join()}`
  return `${asked.slice(0, -1).join(', ')} and ${asked.at(-1)} cannot be loaded together`
}

function placeOf(...args: Parameters<typeof chainSpan>): Pick<Note, 'at'> {
  const at = chainSpan(...args)
  return at ? { at } : {}
}

function alternativeNote({ installed, cause }: Alternative): Note {
  const { module, version } = installed
  const message = `${module} ${version.text} does not help`
  if (cause.kind === 'cycle') return { message: `${message}: it depends on itself` }
  const asking = cause.requesters.filter(({ kind }) => kind === 'module')
  const own = asking.find((requester) => requester.kind === 'module' && requester.module === module)
  const requester = own ?? asking[0]
  if (!requester) return { message }
  const isMissing = cause.kind === 'no module' || cause.kind === 'no version'
  const who = own ? `it asks for ${askedText(own)}` : requesterText(requester)
  return {
    message: `${message}: ${who}${isMissing ? ', which is not installed' : ''}`,
    ...placeOf(requester, cause.demands),
  }
}
