import {
  closeSync,
  constants,
  type Dirent,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
} from 'node:fs'
import type {
  DirectoryListing,
  FileText,
  ModuleTreeReader,
  TreeEntry,
} from '../modules/tree-reader.ts'
import { memo } from '../text/memo.ts'
import { isMissing, reasonOf } from './errors.ts'

/** Reads module trees of this machine. Every question is asked once: trees are often on NFS. */
export function createTreeReader(): ModuleTreeReader {
  return {
    list: memo(list),
    isDirectory: memo((path) => stat(path)?.isDirectory() ?? false),
    isFile: memo((path) => stat(path)?.isFile() ?? false),
    realPath: memo(realPath),
    readText: memo(readText),
  }
}

/**
 * The same, but lists are read anew each time and not kept, for those who read a whole tree once:
 * with tens of thousands of versions most of the time would go into keeping them.
 */
export function createWholeTreeReader(): ModuleTreeReader {
  return { ...createTreeReader(), list }
}

function list(directory: string): DirectoryListing | undefined {
  try {
    const entries = readdirSync(directory, { withFileTypes: true })
    return { entries: entries.map((entry) => ({ name: entry.name, kind: kindOf(entry) })) }
  } catch (error) {
    return isMissing(error) ? undefined : { entries: [], problem: reasonOf(error) }
  }
}

function kindOf(entry: Dirent): TreeEntry['kind'] {
  if (entry.isDirectory()) return 'directory'
  if (entry.isSymbolicLink()) return 'link'
  return entry.isFile() ? 'file' : 'other'
}

function stat(path: string) {
  try {
    return statSync(path, { throwIfNoEntry: false })
  } catch {
    return undefined
  }
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}

/** No text of a module is that large; a damaged one may be, and would take all memory. */
const largest = 64 * 2 ** 20

/** Pipes and devices in a tree are not read: that would not end. */
function readText(path: string): FileText | undefined {
  try {
    const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
    try {
      const stat = fstatSync(file)
      if (stat.size > largest) return { text: '', problem: 'it is larger than 64 MiB' }
      const isText = stat.isFile() || stat.isDirectory()
      return isText
        ? { text: readFileSync(file, 'utf8') }
        : { text: '', problem: 'it is a pipe or a device' }
    } finally {
      closeSync(file)
    }
  } catch (error) {
    return isMissing(error) ? undefined : { text: '', problem: reasonOf(error) }
  }
}
