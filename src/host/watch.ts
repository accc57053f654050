import { type FSWatcher, statfsSync, watch } from 'node:fs'

/** Watches folders, not their subfolders. */
export interface Watching {
  /** Watches exactly these folders from now on; those that do not exist cannot be watched, see below. */
  setFolders(folders: ReadonlySet<string>): void
  close(): void
}

/** What editors do to save a file is several events: they count as one. */
const debounceMilliseconds = 15
const pollMilliseconds = 1000

/**
 * Calls back soon after something may have changed in the folders; whoever listens looks whether it
 * did. The system does not tell what other hosts change on network file systems: with a folder
 * there, or when the system can watch no more, the call comes every second.
 */
export function watchFolders(onChange: () => void): Watching {
  const watchers = new Map<string, FSWatcher | undefined>()
  let pending: NodeJS.Timeout | undefined
  let polling: NodeJS.Timeout | undefined
  const changed = (): void => {
    pending ??= setTimeout(() => {
      pending = undefined
      onChange()
    }, debounceMilliseconds)
  }
  const add = (folder: string): void => {
    const watcher = isOnNetwork(folder) ? undefined : openWatcher(folder, changed)
    watchers.set(folder, watcher)
    watcher?.on('error', () => {
      watcher.close()
      watchers.set(folder, undefined)
      poll()
    })
  }
  const poll = (): void => {
    const isNeeded = [...watchers.values()].includes(undefined)
    if (isNeeded) polling ??= setInterval(onChange, pollMilliseconds)
    else {
      clearInterval(polling)
      polling = undefined
    }
  }
  return {
    setFolders(folders) {
      for (const [folder, watcher] of watchers) {
        if (folders.has(folder)) continue
        watcher?.close()
        watchers.delete(folder)
      }
      for (const folder of folders) if (!watchers.has(folder)) add(folder)
      poll()
    },
    close() {
      for (const watcher of watchers.values()) watcher?.close()
      watchers.clear()
      clearTimeout(pending)
      clearInterval(polling)
    },
  }
}

function openWatcher(folder: string, changed: () => void): FSWatcher | undefined {
  try {
    return watch(folder, changed)
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
