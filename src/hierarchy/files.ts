import type { Source } from '../text/source.ts'

/** What loading needs of the file system; paths are absolute. Implemented in `host`. */
export interface TemplateFiles {
  /** The text of a file, or why there is none; the same for the same path. */
  read(path: string): { readonly source: Source } | UnreadTemplate
  /** The path without links; the path itself if it cannot be followed. */
  realPath(path: string): string
}

export interface UnreadTemplate {
  /** Why, in words. */
  readonly reason: string
  readonly isMissing: boolean
}
