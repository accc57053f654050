import { type LockPins, pinnedRequests } from '../modules/lock/pins.ts'
import type { ModuleRequest } from '../modules/module-request.ts'
import type { Resolution } from '../modules/resolution.ts'
import { resolve } from '../modules/resolve.ts'
import type { Site } from '../modules/site.ts'
import { type Diagnostic, diagnostic, hasErrors } from '../text/diagnostic.ts'
import { formatPlace } from '../text/span.ts'
import { formatVersionRequest } from '../version/request.ts'
import { walk } from './walk.ts'
import type { WalkInput, WalkOutcome } from './walk-types.ts'

/** The startup script with all its modules resolved. */
export interface Settled {
  readonly outcome: WalkOutcome
  /** What the script asks for, and what a lock holds of it. */
  readonly requests: readonly ModuleRequest[]
  readonly resolution: Resolution
  readonly diagnostics: readonly Diagnostic[]
}

const mostRounds = 30

/**
 * Walks the script and resolves what it requires until both agree: the path of a snippet needs the
 * directory of its module, and a snippet may require more.
 *
 * Errors: those of walk and resolution, and `SCRIPT_UNSETTLED` if the requests go on changing.
 *
 * @param lock holds modules that the script needs
 */
export function settle(
  input: Omit<WalkInput, 'modules' | 'incomplete'>,
  site: Site,
  lock?: LockPins,
): Settled {
  let resolution: Resolution = { modules: [], diagnostics: [] }
  let outcome = walk({ ...input, modules: [], incomplete: false })
  // What scripts without an end require is not worth a search, which would have to be as long.
  const loops = outcome.diagnostics.filter(({ code }) => code === 'SCRIPT_LOOP')
  if (loops.length > 0) return { outcome, requests: [], resolution, diagnostics: loops }
  // Nothing depends on modules: this walk has seen everything.
  if (outcome.requests.length === 0) {
    return { outcome, requests: [], resolution, diagnostics: outcome.diagnostics }
  }
  for (let round = 0; round < mostRounds; round++) {
    const asked = requestKey(outcome.requests)
    const requests = [...outcome.requests, ...pinsOf(outcome.requests, site, lock)]
    resolution = resolve(requests, site)
    const incomplete = hasErrors(resolution.diagnostics)
    outcome = walk({ ...input, modules: resolution.modules, incomplete })
    if (incomplete || requestKey(outcome.requests) === asked) {
      return {
        ...{ outcome, requests, resolution },
        diagnostics: [...outcome.diagnostics, ...resolution.diagnostics],
      }
    }
  }
  const { requests } = outcome
  return { outcome, requests, resolution, diagnostics: [unsettled(requests)] }
}

function pinsOf(requests: readonly ModuleRequest[], site: Site, lock: LockPins | undefined) {
  return lock ? pinnedRequests(requests, lock, site) : []
}

function requestKey(requests: readonly ModuleRequest[]): string {
  return requests
    .map(({ module, version, at }) =>
      [module, formatVersionRequest(version), at ? formatPlace(at) : ''].join(' '),
    )
    .join('\n')
}

function unsettled(requests: readonly ModuleRequest[]): Diagnostic {
  const last = requests.at(-1)
  const message = `what the script requires depends on the versions that are chosen, without end (last: ${last?.module ?? ''})`
  return diagnostic('SCRIPT_UNSETTLED', message, {
    at: last?.at,
    hint: 'write down the version of this module',
  })
}
