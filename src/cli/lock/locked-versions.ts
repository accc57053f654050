import { dirname } from 'node:path'
import { type LockedModule, lockSuffix } from '../../modules/lock/lock.ts'
import type { Site } from '../../modules/site.ts'
import { listPlaces, type VersionPlace } from '../../modules/version-place.ts'
import { type Diagnostic, diagnostic, type Note } from '../../text/diagnostic.ts'
import { resolvePath } from '../../text/paths.ts'
import type { KnownLock, ReadLock } from './known-locks.ts'

/**
 * Who would miss a version because of a lock: that was made with it, or finds it nowhere else. A note
 * for each.
 */
export function lockUses(
  locks: readonly ReadLock[],
  { module, version, root }: VersionPlace,
  site: Site,
): Note[] {
  return locks.flatMap((known) => {
    const held = known.lock.modules.get(module)
    if (!held || held.version.text !== version.text) return []
    const isFromHere = rootOf(held, known) === root.directory
    const isElsewhere = placesOf(held, site).some((place) => place.root !== root)
    if (!isFromHere && isElsewhere) return []
    return [{ message: `${whose(known)} is locked to it`, at: held.at }]
  })
}

/**
 * Locked versions that are not installed any more.
 *
 * @param isWanted - by the name of a module
 */
export function goneVersions(
  locks: readonly ReadLock[],
  site: Site,
  isWanted: (module: string, version: string) => boolean,
): Diagnostic[] {
  return locks.flatMap((known) =>
    [...known.lock.modules.values()]
      .filter((held) => isWanted(held.name, held.version.text) && placesOf(held, site).length === 0)
      .map(({ name, version, at, root }) => {
        const message = `${whose(known)} is locked to ${name} ${version.text}, which is not installed`
        return diagnostic('REQUIRE_NOT_FOUND', message, {
          ...{ at, notes: [{ message: `it was locked from ${root}` }] },
          hint: `install it again, or: e3 lock --update ${name} ${scriptOf(known.name)}`,
        })
      }),
  )
}

function placesOf({ name, version }: LockedModule, site: Site): VersionPlace[] {
  return site.roots
    .flatMap((root) => listPlaces(site, { module: name, root }))
    .filter((place) => place.version.text === version.text)
}

function rootOf({ root }: LockedModule, { path }: KnownLock): string {
  return resolvePath(dirname(path), root)
}

function whose({ iocName, name }: KnownLock): string {
  return iocName === undefined ? scriptOf(name) : `the IOC ${iocName}`
}

function scriptOf(lock: string): string {
  return lock.endsWith(lockSuffix) ? lock.slice(0, -lockSuffix.length) : lock
}
