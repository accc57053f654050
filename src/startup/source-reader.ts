import type { Source } from '../text/source.ts'

/** What the walk needs of the file system. Paths are absolute. Implemented in `host`. */
export interface SourceReader {
  /**
   * The text of a file; the same object for the same path, however often it is asked for. Of pipes
   * only those that the caller has opened are read.
   */
  read(path: string): ReadText | Unreadable
  /** What a path leads to, links followed. */
  kindOf(path: string): 'file' | 'directory' | 'other' | undefined
  /** Names in a directory; empty if it cannot be read. */
  list(directory: string): readonly string[]
  /** The path without links; the path itself if it cannot be followed. */
  realPath(path: string): string
}

export interface ReadText {
  /** Named by its path, with a byte order mark removed. */
  readonly source: Source
  /** A pipe or device: it can be read only once, so the IOC must be given a copy. */
  readonly isStream: boolean
}

export interface Unreadable {
  /** Why, in words. */
  readonly reason: string
  readonly isMissing: boolean
}

/** Whether a file could be read. */
export function isReadable(outcome: ReadText | Unreadable): outcome is ReadText {
  return 'source' in outcome
}
