import { type Diagnostic, diagnostic } from '../text/diagnostic.ts'
import type { Cause } from './cause.ts'
import { chainOf, chainSpan, requesterText } from './chain.ts'
import type { ExplainContext } from './explain.ts'
import type { Requester, RequiringModule } from './resolution.ts'

type Cycle = Extract<Cause, { kind: 'cycle' }>

/** require.c loads what it depends on first, and so runs into a stack overflow here. */
export function explainCycle(cause: Cycle, { remedy, notes }: ExplainContext): Diagnostic {
  const { links, entry } = ringOf(cause)
  const { demands } = cause
  const names = links.map(({ module, version }) => `${module} ${version.text}`)
  const first = links[0]?.module ?? ''
  const root = entry && chainOf(entry, demands).at(-1)
  return diagnostic(
    'DEPENDENCY_CYCLE',
    `${first} depends on itself: ${[...names, first].join(' -> ')}`,
    {
      at: root?.kind === 'request' ? root.request.at : undefined,
      notes: [
        ...links.map((link) => ({ message: requesterText(link), at: link.dependency.at })),
        ...(entry?.kind === 'module'
          ? [
              {
                message: requesterText(entry),
                at: chainSpan(entry, demands) ?? entry.dependency.at,
              },
            ]
          : []),
        ...notes,
      ],
      hint: remedy?.text ?? 'remove one of these lines and build the module without it',
    },
  )
}

/** The `.dep` lines of the ring, from the module that somebody outside asks for. */
function ringOf({ installed, path, dependency, demands }: Cycle) {
  const { module, version } = installed
  const links: RequiringModule[] = [{ kind: 'module', module, version, dependency }]
  for (const [index, name] of path.slice(0, -1).entries()) {
    const found = demands.get(path[index + 1] ?? '')?.find((asking) => isBy(asking, name))
    if (found?.kind === 'module') links.push(found)
  }
  const isInside = (asking: Requester) => links.some((link) => isBy(asking, link.module))
  const outside = links.map((link) => demands.get(link.module)?.find((asking) => !isInside(asking)))
  const start = Math.max(
    0,
    outside.findIndex((asking) => asking !== undefined),
  )
  return { links: [...links.slice(start), ...links.slice(0, start)], entry: outside[start] }
}

function isBy(asking: Requester, module: string): boolean {
  return asking.kind === 'module' && asking.module === module
}
