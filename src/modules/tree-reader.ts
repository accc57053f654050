/**
 * What resolution needs from a file system. `host/tree-reader.ts` answers from disk, tests from an
 * object literal. Paths are absolute; nothing here throws.
 */
export interface ModuleTreeReader {
  /** Entries of a directory; nothing if there is no such directory. Links are not followed. */
  list(directory: string): DirectoryListing | undefined
  /** Whether there is a directory here, links followed. */
  isDirectory(path: string): boolean
  /** Whether there is a file here, links followed. */
  isFile(path: string): boolean
  /** The path without links; nothing if it leads nowhere. */
  realPath(path: string): string | undefined
  /** The text of a file; nothing if there is none. */
  readText(path: string): FileText | undefined
}

export interface DirectoryListing {
  readonly entries: readonly TreeEntry[]
  /** Why the entries could not be read, e.g. `permission denied`. */
  readonly problem?: string
}

export interface TreeEntry {
  readonly name: string
  readonly kind: 'directory' | 'file' | 'link' | 'other'
}

export interface FileText {
  readonly text: string
  /** Why the text could not be read, e.g. `permission denied`. */
  readonly problem?: string
}
