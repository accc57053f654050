import { baseName, directoryOf, resolvePath } from '../text/paths.ts'
import { quoteShellWord } from '../text/shell-words.ts'
import { didYouMean } from '../text/suggest.ts'
import type { SourceReader } from './source-reader.ts'

/** Where a file was found, or where it was looked for. */
export type FoundFile = { readonly path: string } | { readonly searched: readonly string[] }

export interface SearchOptions {
  readonly reader: SourceReader
  /** Absolute; relative entries of the path start here. */
  readonly cwd: string
  /** Directories separated by colons; undefined: the working directory only. */
  readonly path?: string | undefined
}

/**
 * A file as the IOC looks for it: a name with a slash as it is, any other along the path
 * (dbStaticLib: dbOpenFile; without a path the working directory).
 */
export function findFile(name: string, { reader, cwd, path }: SearchOptions): FoundFile {
  const directories = name.includes('/') || path === undefined ? ['.'] : path.split(':')
  const searched: string[] = []
  for (const directory of directories) {
    const candidate = resolvePath(resolvePath(cwd, directory || '.'), name)
    const kind = reader.kindOf(candidate)
    if (kind === 'file' || kind === 'other') return { path: candidate }
    searched.push(directoryOf(candidate))
  }
  return { searched: [...new Set(searched)] }
}

/** What is there in place of the file, or `did you mean "x.db"?` from the searched directories. */
export function nearFiles(
  name: string,
  searched: readonly string[],
  reader: SourceReader,
): string | undefined {
  const base = baseName(name)
  const same = searched.find((directory) => reader.list(directory).includes(base))
  if (same !== undefined) {
    const path = resolvePath(same, base)
    const what = reader.kindOf(path) === 'directory' ? 'a directory' : 'a link that leads nowhere'
    return `${base} is ${what}: ls -ld ${quoteShellWord(path)}`
  }
  return didYouMean(
    base,
    searched.flatMap((directory) => reader.list(directory)),
  )
}
