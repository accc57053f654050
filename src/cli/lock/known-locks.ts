import { existsSync } from 'node:fs'
import { findLocks } from '../../host/find-locks.ts'
import { findSettings } from '../../host/find-settings.ts'
import { createSourceReader } from '../../host/source-reader.ts'
import { lockSuffix, type ModuleLock } from '../../modules/lock/lock.ts'
import { readLock } from '../../modules/lock/read-lock.ts'
import type { Settings } from '../../settings/settings.ts'
import { isReadable } from '../../startup/source-reader.ts'
import type { Diagnostic, Result } from '../../text/diagnostic.ts'
import type { CliContext } from '../context.ts'

/** A lock that settings know. */
export interface KnownLock {
  /** Absolute. */
  readonly path: string
  /** As it is shown. */
  readonly name: string
  /** Of an IOC of the settings. */
  readonly iocName?: string
}

/** The locks beside the IOCs of settings, and those that `locks` names; only what is there. */
export async function knownLocks(all: readonly Settings[], cwd: string): Promise<KnownLock[]> {
  const locks = new Map<string, KnownLock>()
  for (const { iocs, locks: patterns, directory } of all) {
    const ofIocs = iocs.map((ioc) => ({
      path: ioc.script.text + lockSuffix,
      iocName: ioc.name.text,
    }))
    const named = await findLocks(
      patterns.map(({ text }) => text),
      directory,
    )
    for (const lock of [...ofIocs, ...named.map((path) => ({ path }))]) {
      if (locks.has(lock.path) || !existsSync(lock.path)) continue
      locks.set(lock.path, { ...lock, name: shownAs(lock.path, cwd) })
    }
  }
  return [...locks.values()]
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
    const read = reader.read(known.path)
    const lock = isReadable(read) ? readLock(read.source) : { value: undefined, diagnostics: [] }
    diagnostics.push(...lock.diagnostics.map((one) => ({ ...one, severity: 'warning' as const })))
    return lock.value ? [{ ...known, lock: lock.value }] : []
  })
  return { value, diagnostics }
}
