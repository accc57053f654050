import { candidatesOf, foldersOf } from '../database/definitions/include-path.ts'
import type { TextEdit } from '../text/diagnostic.ts'
import { nearTailFix } from '../text/fix.ts'
import { baseName, directoryOf, resolvePath } from '../text/paths.ts'
import { quoteShellWord } from '../text/shell-words.ts'
import type { Span } from '../text/span.ts'
import { didYouMean } from '../text/suggest.ts'
import { fileKind } from './file-types.ts'
import { followPath } from './follow-path.ts'
import { isReadable, type SourceReader } from './source-reader.ts'

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
 * (dbStaticLib: dbOpenFile; without a path the working directory). One that may be there but is in a
 * folder where nobody may look counts if there is no other: whoever reads it is told the reason.
 */
export function findFile(name: string, { reader, cwd, path }: SearchOptions): FoundFile {
  const candidates = candidatesOf(name, foldersOf(path ?? '')).map((one) =>
    followPath(cwd, one, reader),
  )
  const found =
    candidates.find((one) => isThere(one, reader)) ??
    candidates.find((one) => isHidden(one, reader))
  return found === undefined
    ? { searched: [...new Set(candidates.map(directoryOf))] }
    : { path: found }
}

function isThere(path: string, reader: SourceReader): boolean {
  const kind = reader.kindOf(path)
  return kind === 'file' || kind === 'other'
}

function isHidden(path: string, reader: SourceReader): boolean {
  if (reader.kindOf(path) !== undefined) return false
  const outcome = reader.read(path)
  return !isReadable(outcome) && !outcome.isMissing
}

/** A file that is not there. */
export interface MissingFile {
  readonly name: string
  /** Where it was looked for: with the folders that its name has. */
  readonly searched: readonly string[]
  /** Where its name is written. */
  readonly at?: Span | undefined
}

/**
 * What is there in place of the file, or `did you mean "x.db"?` from the searched directories. If
 * there is one such file of the same kind, its name would put it right. The file in which the name
 * is written is never meant.
 */
export function nearFiles(
  { name, searched, at }: MissingFile,
  reader: SourceReader,
): { readonly hint?: string; readonly fixes?: readonly TextEdit[] } {
  const base = baseName(name)
  const same = searched.find((directory) => reader.list(directory).includes(base))
  if (same !== undefined) {
    const path = resolvePath(same, base)
    const what = reader.kindOf(path) === 'directory' ? 'a directory' : 'a link that leads nowhere'
    return { hint: `${base} is ${what}: ls -ld ${quoteShellWord(path)}` }
  }
  const own = baseName(at?.source.name ?? '')
  const names = searched.flatMap((directory) => reader.list(directory)).filter((one) => one !== own)
  const hint = didYouMean(base, names)
  if (hint === undefined) return {}
  const fixes = at ? nearTailFix(base, names, at) : []
  return { hint, fixes: fixes.filter(({ replacement }) => isSameKind(base, replacement)) }
}

/**
 * Near names of other kinds are told, too, but it is doubtful whether they are meant; those of a
 * known kind are where the end of the name is of none (`x.tmplate`).
 */
function isSameKind(written: string, near: string): boolean {
  if (suffixOf(written) === suffixOf(near)) return true
  return fileKind(written) === 'script' && fileKind(near) !== 'script'
}

function suffixOf(name: string): string {
  return name.slice(Math.max(0, name.lastIndexOf('.')))
}
