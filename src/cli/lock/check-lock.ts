import { identityOfBase, identityOfFile } from '../../host/file-identity.ts'
import { createSourceReader } from '../../host/source-reader.ts'
import type { LockedModule, ModuleLock } from '../../modules/lock/lock.ts'
import { lockInForce } from '../../modules/lock/lock-in-force.ts'
import { resolve } from '../../modules/resolve.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import { compareVersions } from '../../version/order.ts'
import { moduleErrors } from '../check/about-modules.ts'
import { surveyTarget } from '../check/session.ts'
import type { OpenedSite } from '../tree/open-site.ts'
import type { LockTask } from './lock-target.ts'

/**
 * What stands between a script and its lock: what would stop a start, modules that are locked for
 * nothing, and higher versions that would be loaded without the lock.
 *
 * Errors: those of the resolution and of `lockDrift`. Warnings: `LOCK_UNUSED`. Infos: `LOCK_NEWER`.
 */
export function checkLock(task: LockTask, session: OpenedSite): readonly Diagnostic[] {
  const { target, before, isThere, words } = task
  if (!before || !isThere) return [missing(task)]
  const base = session.base && identityOfBase(session.base)
  const lock = lockInForce(before, { base, hashOf: identityOfFile, words })
  const locked = { ...target, lock: { kind: 'given', lock } as const }
  const { diagnostics, resolution, outcome } = surveyTarget(
    locked,
    session,
    createSourceReader(session.cwd),
  )
  const found = moduleErrors(diagnostics)
  // A script that is not wholly known may need more.
  if (found.length > 0) return found
  const needed = new Set(resolution.modules.map(({ name }) => name))
  const unused = [...before.modules.values()].filter(({ name }) => !needed.has(name))
  const free = resolve(outcome.requests, session.site).modules
  return [
    ...found,
    ...unused.map((module) => unusedModule(module, before, words)),
    ...free.flatMap(({ name, version }) => {
      const held = before.modules.get(name)
      if (!held || !needed.has(name) || compareVersions(version, held.version) <= 0) return []
      return [newer(held, version.text, lock.unlock([name]))]
    }),
  ]
}

function missing({ lockName, words }: LockTask): Diagnostic {
  const message = `there is no lock ${lockName}`
  return diagnostic('LOCK_NOT_FOUND', message, { hint: `make it: e3 lock ${words}` })
}

function unusedModule({ name, version, at }: LockedModule, { source }: ModuleLock, words: string) {
  const message = `${source.name} holds ${name} ${version.text}, which nothing requires any more`
  return diagnostic('LOCK_UNUSED', message, { at, hint: `e3 lock ${words}` })
}

function newer({ name, version, at }: LockedModule, other: string, unlock: string): Diagnostic {
  const message = `${name} ${other} would be loaded without the lock, which holds ${version.text}`
  return diagnostic('LOCK_NEWER', message, { at, hint: unlock })
}
