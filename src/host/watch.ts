import { type FSWatcher, statfsSync, statSync, watch } from 'node:fs'
import type { Watched } from './watched-places.ts'

/** Watches folders, not their subfolders. */
export interface Watching {
  /**
   * Watches exactly these places from now on. True if some folder was not watched before, or another
   * one was in its place: what has changed there until now was not seen.
   */
  watchPlaces(places: Watched): boolean
  close(): void
}

/** What editors do to save a file is several events: they count as one. */
const debounceMilliseconds = 15
const pollMilliseconds = 1000

/**
 * Calls back soon after something may have changed in the places; whoever listens looks whether it
 * did. The system does not tell what other hosts change on network file systems: with a folder
 * there, or when the system can watch no more, the call comes every second. Folders that are not
 * there are seen when they appear if the one above is watched.
 */
export function watchFolders(onChange: () => void): Watching {
  const watched = new Map<string, WatchedFolder>()
  let places: Watched = new Map()
  let pending: NodeJS.Timeout | undefined
  let polling: NodeJS.Timeout | undefined
  const changed = (): void => {
    pending ??= setTimeout(() => {
      pending = undefined
      onChange()
    }, debounceMilliseconds)
  }
  const open = (path: string, identity: string): void => {
    const folder: WatchedFolder = { identity, watcher: undefined }
    watched.set(path, folder)
    if (isOnNetwork(path)) return
    const watcher = openWatcher(path, (name) => {
      const names = places.get(path)
      if (names === 'all' || name === null || names?.has(name)) changed()
    })
    watcher?.on('error', () => {
      watcher.close()
      folder.watcher = undefined
      poll()
    })
    folder.watcher = watcher
  }
  const poll = (): void => {
    const isNeeded = [...watched.values()].some(({ watcher }) => !watcher)
    if (isNeeded) polling ??= setInterval(onChange, pollMilliseconds)
    else {
      clearInterval(polling)
      polling = undefined
    }
  }
  const close = (path: string): void => {
    watched.get(path)?.watcher?.close()
    watched.delete(path)
  }
  return {
    watchPlaces(wanted) {
      places = wanted
      for (const path of watched.keys()) if (!wanted.has(path)) close(path)
      let hasNew = false
      for (const path of wanted.keys()) {
        const identity = identityOf(path)
        if (identity === watched.get(path)?.identity) continue
        close(path)
        if (identity === undefined) continue
        open(path, identity)
        hasNew = true
      }
      poll()
      return hasNew
    },
    close() {
      for (const path of watched.keys()) close(path)
      clearTimeout(pending)
      clearInterval(polling)
    },
  }
}

/** A folder that is watched, by the system or, without a watcher, by looking at it. */
interface WatchedFolder {
  readonly identity: string
  watcher: FSWatcher | undefined
}

/**
 * Tells a folder from another one that took its place, links followed: the system goes on to watch
 * the old one. The number of a folder that was removed may be used again at once, so the time of its
 * making counts, too. Nothing if there is no folder.
 */
function identityOf(path: string): string | undefined {
  try {
    const stat = statSync(path, { bigint: true, throwIfNoEntry: false })
    return stat?.isDirectory() ? `${stat.dev}:${stat.ino}:${stat.birthtimeNs}` : undefined
  } catch {
    return 'hidden'
  }
}

function openWatcher(
  folder: string,
  changed: (name: string | null) => void,
): FSWatcher | undefined {
  try {
    return watch(folder, (_event, name) => changed(name))
  } catch {
    return undefined
  }
}

/** Types of statfs(2): NFS, SMB, CIFS, SMB2, AFS, Ceph, 9p, Lustre, GPFS, FUSE (sshfs). */
const networkTypes: ReadonlySet<number> = new Set([
  0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x5346414f, 0x00c36400, 0x01021997, 0x0bd00bd0,
  0x47504653, 0x65735546,
])

function isOnNetwork(folder: string): boolean {
  try {
    return networkTypes.has(statfsSync(folder).type)
  } catch {
    return true
  }
}
