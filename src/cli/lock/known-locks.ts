import { existsSync } from 'node:fs'
import { findLocks } from '../../host/find-locks.ts'
import { lockSuffix } from '../../modules/lock/lock.ts'
import type { Settings } from '../../settings/settings.ts'

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
