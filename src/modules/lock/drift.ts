import { type Diagnostic, diagnostic, type Note } from '../../text/diagnostic.ts'
import type { Span } from '../../text/span.ts'
import type { Unlock } from '../module-request.ts'
import type { ResolvedModule } from '../resolution.ts'
import {
  type BaseIdentity,
  type LockedFiles,
  type LockedModule,
  lockedFiles,
  type ModuleLock,
} from './lock.ts'

/** What is there now, and the command that locks it. */
export interface DriftQuestion {
  readonly lock: ModuleLock
  /** Nothing is said about the base where there is none. */
  readonly base: BaseIdentity | undefined
  /** Resolved with the lock in force. */
  readonly modules: readonly ResolvedModule[]
  /** SHA-256 of a file, nothing if it cannot be read. */
  hashOf(path: string): string | undefined
  /** `e3 lock st.cmd` */
  readonly command: string
  readonly unlock: Unlock
}

/**
 * What is not as it was locked. Versions are none of it: the lock holds them, or the resolution has
 * said why it cannot.
 *
 * Errors: `LOCK_BASE`, `LOCK_MODULE`, `LOCK_FILES`.
 */
export function lockDrift(question: DriftQuestion): Diagnostic[] {
  return [
    ...baseDrift(question),
    ...question.modules.flatMap((module) => moduleDrift(module, question)),
  ]
}

function baseDrift({ lock, base, command }: DriftQuestion): Diagnostic[] {
  if (!base) return []
  const { version, arch, libCom, at } = lock.base
  const isOther = version !== base.version || arch !== base.arch
  if (!isOther && libCom === base.libCom) return []
  const locked = `base ${version} for ${arch}`
  const message = isOther
    ? `this is base ${base.version} for ${base.arch}, ${lock.source.name} was made with ${locked}`
    : `libCom.so of ${locked} is not the one that ${lock.source.name} was made with`
  const hint = isOther
    ? `use that base: --base <directory>; or lock anew for this one: ${command}`
    : `if the base was built again on purpose, lock anew: ${command}`
  return [diagnostic('LOCK_BASE', message, { at, hint })]
}

function moduleDrift(module: ResolvedModule, question: DriftQuestion): Diagnostic[] {
  const { lock, unlock } = question
  const locked = lock.modules.get(module.name)
  if (!locked) return [notLocked(module, question)]
  const changed = changedFiles(module, locked, question)
  if (changed.length === 0) return []
  const name = `${module.name} ${module.version.text}`
  const notes: Note[] = [
    { message: `it is ${module.directory}` },
    ...(locked.root === module.root ? [] : [{ message: `it was locked from ${locked.root}` }]),
  ]
  return [
    diagnostic('LOCK_FILES', `${name} is not as it was locked: ${changed.join(', ')}`, {
      ...{ at: locked.at, notes },
      hint: `look at it: e3 tree verify ${module.name},${module.version.text}; if it is right: ${unlock([module.name])}`,
    }),
  ]
}

function notLocked(module: ResolvedModule, { lock, command }: DriftQuestion): Diagnostic {
  const message = `${module.name} ${module.version.text} is loaded, but ${lock.source.name} does not hold it`
  return diagnostic('LOCK_MODULE', message, { at: requestPlace(module), hint: command })
}

function requestPlace({ requestedBy: [first] }: ResolvedModule): Span | undefined {
  return first?.kind === 'module' ? first.dependency.at : first?.request.at
}

/** What is to be said about each file: `library changed`. */
function changedFiles(
  module: ResolvedModule,
  { files }: LockedModule,
  { hashOf }: DriftQuestion,
): string[] {
  const now = filesOf(module)
  return lockedFiles.flatMap((one) => {
    const path = now[one]
    const was = files[one]
    const what = one === 'dep' ? '.dep file' : one
    if (path === undefined) return was === undefined ? [] : [`its ${what} is gone`]
    if (was === undefined) return [`it has a ${what} now`]
    return hashOf(path) === was ? [] : [`its ${what} has changed`]
  })
}

/** Paths of the files that are locked. */
export function filesOf({ library, dbd, depFile }: ResolvedModule): LockedFiles {
  return {
    ...(library !== undefined && { library }),
    ...(dbd !== undefined && { dbd }),
    ...(depFile !== undefined && { dep: depFile }),
  }
}
