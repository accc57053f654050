import { lstatSync, readlinkSync, realpathSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'

/** By absolute path of a folder: the names in it that count, or all there are and will be. */
export type Watched = ReadonlyMap<string, ReadonlySet<string> | 'all'>

/** Absolute paths. */
export interface Looked {
  /** Files and folders that were looked at; they need not exist. */
  readonly paths: Iterable<string>
  /** Folders whose whole content counts. */
  readonly folders: Iterable<string>
}

/**
 * Where a change may give another answer to what was looked at: at a path itself, at each folder
 * above it, since that may be moved or made, and at each link on the way to it.
 */
export function watchedPlaces({ paths, folders }: Looked): Watched {
  const places = new Map<string, Set<string> | 'all'>()
  const seen = new Set<string>()
  const add = (path: string): void => {
    const folder = dirname(path)
    if (seen.has(path) || folder === path) return
    seen.add(path)
    const names = places.get(folder) ?? new Set()
    places.set(folder, names)
    if (names !== 'all') names.add(basename(path))
    add(folder)
    const target = targetOf(path)
    if (target !== undefined) add(target)
  }
  for (const folder of folders) {
    places.set(folder, 'all')
    add(folder)
  }
  for (const path of paths) add(path)
  return places
}

/** Where a link leads, absolute; nothing if it is none. */
function targetOf(path: string): string | undefined {
  try {
    if (!lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) return undefined
    return resolve(realpathSync(dirname(path)), readlinkSync(path))
  } catch {
    return undefined
  }
}
