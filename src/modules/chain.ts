import { type Span, withOrigin } from '../text/span.ts'
import { formatVersionRequest } from '../version/request.ts'
import type { Requester } from './resolution.ts'
import { askedVersion } from './search-state.ts'

/** Who asks for what, by module, direct requests first: where a chain of reasons is read from. */
export type Demands = ReadonlyMap<string, readonly Requester[]>

/** Name of the module that is asked for. */
export function askedModule(requester: Requester): string {
  return requester.kind === 'request' ? requester.request.module : requester.dependency.module
}

/** `asyn 4.42.0+0`, or `asyn` if any version will do. */
export function askedText(requester: Requester): string {
  return `${askedModule(requester)} ${formatVersionRequest(askedVersion(requester))}`.trimEnd()
}

/** `stream 2.8.26+0 asks for asyn 4.42.0+0`, `asyn 4.42.0+0 is locked here`. */
export function requesterText(requester: Requester): string {
  if (requester.kind === 'request') {
    return `${askedText(requester)} is ${requester.request.unlock ? 'locked' : 'asked for'} here`
  }
  return `${requester.module} ${requester.version.text} asks for ${askedText(requester)}`
}

/**
 * All who asked, from the one given up to a direct request: each is there because the next one
 * asked for it. Of several that ask for a module the first is taken, a direct request if any.
 */
export function chainOf(requester: Requester, demands: Demands): Requester[] {
  const chain = [requester]
  const seen = new Set<string>()
  for (let link = requester; link.kind === 'module' && !seen.has(link.module); ) {
    seen.add(link.module)
    const parent = demands.get(link.module)?.[0]
    if (!parent) break
    chain.push(parent)
    link = parent
  }
  return chain
}

/** The place of a request with the whole chain behind it, as notes are drawn from. */
export function chainSpan(requester: Requester, demands: Demands): Span | undefined {
  return chainOf(requester, demands).reduceRight<Span | undefined>((above, link) => {
    if (link.kind === 'request') return link.request.at
    const message = `${link.module} ${link.version.text} is required here`
    return withOrigin(link.dependency.at, above && { message, at: above })
  }, undefined)
}
