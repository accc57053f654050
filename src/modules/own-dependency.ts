import { type Diagnostic, diagnostic } from '../text/diagnostic.ts'
import { askedText, chainOf, requesterText } from './chain.ts'
import type { ResolvedModule } from './resolution.ts'

/**
 * A module that is built must not need another version of itself, directly or through others: no IOC
 * could load both.
 *
 * Errors: `DEPENDENCY_CYCLE`.
 *
 * @param built name and version of the module
 * @param modules what it requires, with all that they need
 */
export function ownDependency(
  built: { readonly name: { readonly text: string }; readonly version: { readonly text: string } },
  modules: readonly ResolvedModule[],
): Diagnostic | undefined {
  const { text: name } = built.name
  const [asking] = modules.find((one) => one.name === name)?.requestedBy ?? []
  if (!asking) return undefined
  const chain = chainOf(asking, new Map(modules.map((one) => [one.name, one.requestedBy])))
  const path = [`${name} ${built.version.text}`, ...chain.toReversed().map(askedText)]
  const root = chain.at(-1)
  const links = chain.filter((link) => link.kind === 'module').toReversed()
  return diagnostic('DEPENDENCY_CYCLE', `${name} depends on itself: ${path.join(' -> ')}`, {
    at: root?.kind === 'request' ? root.request.at : undefined,
    notes: links.map((link) => ({ message: requesterText(link), at: link.dependency.at })),
    hint: 'do not require it, or build what it needs without this module',
  })
}
