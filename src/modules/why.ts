import { formatPlace } from '../text/span.ts'
import { compareVersions } from '../version/order.ts'
import type { ModuleVersion } from '../version/version.ts'
import { chainOf, type Demands, requesterText } from './chain.ts'
import { unusableText } from './installed-text.ts'
import type { ModuleRequest } from './module-request.ts'
import { type InstalledVersion, moduleTreeOf } from './module-tree.ts'
import type { ResolvedModule } from './resolution.ts'
import { resolve } from './resolve.ts'
import { askedVersion } from './search-state.ts'
import type { Site } from './site.ts'

/** All that an IOC loads, and the module that is asked about. */
export interface WhyQuestion {
  readonly module: ResolvedModule
  readonly modules: readonly ResolvedModule[]
  readonly requests: readonly ModuleRequest[]
  readonly site: Site
}

/** No more versions than these are gone into. */
const mostOthers = 3

/**
 * Why this version of a module is loaded: who asks for it, each with the chain up to a request, and
 * why higher versions are not.
 */
export function whyLines(question: WhyQuestion): string[] {
  const { module, modules, site } = question
  const demands: Demands = new Map(modules.map((one) => [one.name, one.requestedBy]))
  const higher = moduleTreeOf(site)
    .versions(module.name)
    .filter(({ version }) => compareVersions(version, module.version) > 0)
  return [
    `${module.name} ${module.version.text} in ${module.directory}`,
    ...module.requestedBy.flatMap((requester) =>
      chainOf(requester, demands).map((link, depth) => {
        const at = link.kind === 'request' ? link.request.at : link.dependency.at
        const place = at ? `: ${formatPlace(at)}` : ''
        return `${'  '.repeat(depth + 1)}${requesterText(link)}${place}`
      }),
    ),
    ...higher
      .slice(0, mostOthers)
      .map((other) => `${other.version.text} is not taken: ${whyNot(question, other)}`),
    ...(higher.length > mostOthers ? [`and ${higher.length - mostOthers} more are not taken`] : []),
  ]
}

/** Why another version is not loaded: `4.40.0 is not taken: ...`. */
export function whyNotLine(question: WhyQuestion, version: ModuleVersion): string {
  const { module, site } = question
  const other = moduleTreeOf(site)
    .versions(module.name)
    .find((one) => compareVersions(one.version, version) === 0)
  const reason = other ? whyNot(question, other) : 'it is not installed'
  return `${version.text} is not taken: ${reason}`
}

function whyNot({ module, requests, site }: WhyQuestion, other: InstalledVersion): string {
  const tree = moduleTreeOf(site)
  if (!tree.usable(other)) return `it is ${unusableText(tree, other)}`
  const against = module.requestedBy.find(
    (requester) => !tree.accepts(other, askedVersion(requester)),
  )
  if (against) {
    const at = against.kind === 'request' ? against.request.at : against.dependency.at
    return `${requesterText(against)}${at ? `: ${formatPlace(at)}` : ''}`
  }
  const asked = { module: module.name, version: { kind: 'named' as const, version: other.version } }
  const { diagnostics } = resolve([...requests, asked], site)
  const problem = diagnostics.find(({ severity }) => severity === 'error')
  if (problem) return problem.message
  return other.version.kind === 'test' ? 'nobody names it' : `${module.version.text} is higher`
}
