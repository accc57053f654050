import { existsSync } from 'node:fs'
import { findLocks } from '../../host/find-locks.ts'
import { findSettings } from '../../host/find-settings.ts'
import { createSourceReader } from '../../host/source-reader.ts'
import { lockSuffix, type ModuleLock } from '../../modules/lock/lock.ts'
import type { Settings } from '../../settings/settings.ts'
import type { Diagnostic, Result } from '../../text/diagnostic.ts'
import type { Span } from '../../text/span.ts'
import type { CliContext } from '../context.ts'
import { readLockFile } from './read-lock-file.ts'

/** A lock that settings know. */
export interface KnownLock {
  /** Absolute. */
  readonly path: string
  /** As it is shown. */
  readonly name: string
  /** Of an IOC of the settings. */
  readonly iocName?: string
  /** Where the settings name it. */
  readonly at: Span
}

/** The locks beside the IOCs of settings, and those that `locks` names; only what is there. */
export async function knownLocks(all: readonly Settings[], cwd: string): Promise<KnownLock[]> {
  const locks = new Map<string, KnownLock>()
  for (const lock of (await Promise.all(all.map(namedLocks))).flat()) {
    if (locks.has(lock.path) || !existsSync(lock.path)) continue
    locks.set(lock.path, { ...lock, name: shownAs(lock.path, cwd) })
  }
  return [...locks.values()]
}

async function namedLocks({
  iocs,
  locks,
  directory,
}: Settings): Promise<Omit<KnownLock, 'name'>[]> {
  const found = await Promise.all(
    locks.map(async ({ text, at }) =>
      (await findLocks(text, directory)).map((path) => ({ path, at })),
    ),
  )
  const ofIocs = iocs.map(({ name, script: { text, at } }) => ({
    ...{ path: text + lockSuffix, iocName: name.text, at },
  }))
  return [...ofIocs, ...found.flat()]
}

function shownAs(path: string, cwd: string): string {
  return path.startsWith(`${cwd}/`) ? path.slice(cwd.length + 1) : path
}

/** A lock with what it holds. */
export interface ReadLock extends KnownLock {
  readonly lock: ModuleLock
}

/**
 * The locks of all who may use a module tree: those that the settings of the working directory know,
 * and those of the settings in or above the roots.
 *
 * @returns what can be read; the others as warnings, since what they hold is not known
 */
export async function locksAround(
  roots: readonly string[],
  { cwd, uid }: Pick<CliContext, 'cwd' | 'uid'>,
): Promise<Result<readonly ReadLock[]>> {
  const reader = createSourceReader(cwd)
  const settings = [cwd, ...roots].map((folder) => findSettings(folder, { cwd, uid, reader }).value)
  const distinct = new Map(settings.map((one) => [one.directory, one]))
  const diagnostics: Diagnostic[] = []
  const value = (await knownLocks([...distinct.values()], cwd)).flatMap((known) => {
    const lock = readLockFile(known, reader)
    diagnostics.push(...lock.diagnostics.map((one) => ({ ...one, severity: 'warning' as const })))
    return lock.value ? [{ ...known, lock: lock.value }] : []
  })
  return { value, diagnostics }
}
