import type { Dirent } from 'node:fs'
import { join } from 'node:path'
import { isDirectory } from './is-directory.ts'
import { isRegularFile } from './is-file.ts'
import { entriesOrReason, type UnreadableFolder } from './list-directory.ts'

/** What is below a folder; absolute paths if that of the folder is one. */
export interface FolderFiles {
  /** Those that are wanted; links to files are files. */
  readonly files: readonly string[]
  /** Which were looked into, the folder itself among them. */
  readonly folders: readonly string[]
  /** To folders: they are not followed, as they may lead in circles. */
  readonly links: readonly string[]
  readonly unreadable: readonly UnreadableFolder[]
  /** There are more than anybody wants to wait for. */
  readonly isCut: boolean
}

/** Nobody has that many files below one folder; a folder such as `/` does. */
export const mostEntries: number = 1_000_000

/** Looks for files with a name that is wanted, until it has seen too many of any name. */
export function walkFolder(
  folder: string,
  isWanted: (name: string) => boolean,
  most: number = mostEntries,
): FolderFiles {
  const found = { files: [], folders: [], links: [], unreadable: [] } as FoundFiles
  const waiting = [folder]
  let count = 0
  for (let next = waiting.pop(); next !== undefined && count <= most; next = waiting.pop()) {
    const entries = entriesOrReason(next)
    found.folders.push(next)
    if ('reason' in entries) {
      found.unreadable.push({ name: next, ...entries })
      continue
    }
    count += entries.length
    for (const entry of entries) {
      const path = join(next, entry.name)
      if (isWanted(entry.name) && isFileEntry(entry, path)) found.files.push(path)
      else if (skippedFolder.test(entry.name)) continue
      else if (entry.isDirectory()) waiting.push(path)
      else if (entry.isSymbolicLink() && isDirectory(path)) found.links.push(path)
    }
  }
  return { ...found, isCut: count > most }
}

interface FoundFiles {
  readonly files: string[]
  readonly folders: string[]
  readonly links: string[]
  readonly unreadable: UnreadableFolder[]
}

/** Version control, packages, what base's build makes (`O.linux-x86_64`), hidden folders. */
const skippedFolder = /^(\..*|node_modules|O\.[\w-]+|__pycache__|venv)$/

function isFileEntry(entry: Dirent, path: string): boolean {
  return entry.isFile() || (entry.isSymbolicLink() && isRegularFile(path))
}
