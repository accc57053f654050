import { dirname, relative, resolve } from 'node:path'
import { identityOfBase, identityOfFile } from '../../host/file-identity.ts'
import { createSourceReader } from '../../host/source-reader.ts'
import { filesOf } from '../../modules/lock/drift.ts'
import type { LockedFiles, ModuleLock } from '../../modules/lock/lock.ts'
import { lockInForce } from '../../modules/lock/lock-in-force.ts'
import type { LockContents, ModuleContents } from '../../modules/lock/lock-text.ts'
import type { ResolvedModule } from '../../modules/resolution.ts'
import { hasErrors, type Result } from '../../text/diagnostic.ts'
import { formatVersionRequest } from '../../version/request.ts'
import { moduleErrors } from '../check/about-modules.ts'
import { surveyTarget } from '../check/session.ts'
import type { CheckTarget } from '../check/targets.ts'
import type { OpenedSite } from '../tree/open-site.ts'

/** A startup script that is locked, or whose lock is looked at. */
export interface LockTask {
  readonly target: CheckTarget
  /** As it is shown. */
  readonly lockName: string
  /** Behind `e3 lock`, to lock it. */
  readonly words: string
  /** The lock that is there already, or for a new one elsewhere that beside the script. */
  readonly before: ModuleLock | undefined
  /** It is the first of these. */
  readonly isThere: boolean
  /** What the lock is to remember of the command line. */
  readonly arguments: readonly string[]
}

/**
 * What the script loads today, while the modules that are held stay at their locked versions.
 *
 * @param isHeld - by the name of a module
 */
export function contentsOf(
  { target, before, words, ...task }: LockTask,
  session: OpenedSite,
  isHeld: (module: string) => boolean,
): Result<LockContents | undefined> {
  const { base, cwd } = session
  if (!base) return { value: undefined, diagnostics: [] }
  const held = before && {
    ...lockInForce(before, { base: undefined, hashOf: identityOfFile, words }),
    modules: new Map([...before.modules].filter(([name]) => isHeld(name))),
    drift: () => [],
  }
  const locked: CheckTarget = { ...target, lock: { kind: 'given', lock: held } }
  const surveyed = surveyTarget(locked, session, createSourceReader(cwd))
  const diagnostics = moduleErrors(surveyed.diagnostics)
  if (hasErrors(diagnostics)) return { value: undefined, diagnostics }
  const folder = dirname(resolve(cwd, task.lockName))
  const contents: LockContents = {
    arguments: task.arguments,
    base: identityOfBase(base),
    requests: surveyed.outcome.requests.map(({ module, version }) =>
      [module, formatVersionRequest(version)].filter(Boolean).join(','),
    ),
    modules: surveyed.resolution.modules.map((module) => moduleContents(module, folder, session)),
  }
  return { value: contents, diagnostics }
}

function moduleContents(
  module: ResolvedModule,
  folder: string,
  { settings }: OpenedSite,
): ModuleContents {
  const { name, version, root } = module
  const repository = settings.source ? settings.directory : folder
  const isInside = repository !== '/' && `${root}/`.startsWith(`${repository}/`)
  return {
    ...{ name, version: version.text, files: hashesOf(filesOf(module)) },
    root: isInside ? relative(folder, root) || '.' : root,
  }
}

function hashesOf(paths: LockedFiles): LockedFiles {
  return Object.fromEntries(
    Object.entries(paths).flatMap(([key, path]) => {
      const hash = identityOfFile(path)
      return hash === undefined ? [] : [[key, hash]]
    }),
  )
}
