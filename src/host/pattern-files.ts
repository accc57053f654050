import { type Dirent, existsSync, lstat, readdir, stat } from 'node:fs'
import { dirname, resolve } from 'node:path'
import fastGlob from 'fast-glob'
import { isMissing, reasonOf } from './errors.ts'
import { isRegularFile } from './is-file.ts'
import type { UnreadableFolder } from './list-directory.ts'

/** What a pattern fits, and where it was looked for. */
export interface PatternFiles {
  /** Named as a shell would, sorted. */
  readonly files: readonly string[]
  /** Absolute. */
  readonly folders: readonly string[]
  readonly unreadable: readonly UnreadableFolder[]
}

/**
 * The files that a pattern with `*`, `**`, `{a,b}` means; nothing for a word that is no pattern, or
 * the name of something that is there. Links to folders are followed as shells do: where a part of
 * the pattern fits their name, but not from `**` on, where they could lead in circles.
 */
export async function patternFiles(word: string, cwd: string): Promise<PatternFiles | undefined> {
  if (!fastGlob.isDynamicPattern(word) || existsSync(resolve(cwd, word))) return undefined
  const seen: Seen = { folders: new Set(), unreadable: new Map() }
  const names = await namesOf(word, { cwd, seen })
  return {
    files: names.filter((name) => isRegularFile(resolve(cwd, name))).sort(),
    folders: [...seen.folders],
    unreadable: [...seen.unreadable].map(([name, reason]) => ({ name, reason })),
  }
}

/** Absolute folders that were listed; those that could not be, with the reason. */
interface Seen {
  readonly folders: Set<string>
  readonly unreadable: Map<string, string>
}

interface Place {
  /** Absolute. */
  readonly cwd: string
  readonly seen: Seen
}

async function namesOf(pattern: string, { cwd, seen }: Place): Promise<string[]> {
  const follows = { followSymbolicLinks: true }
  if (!pattern.includes('**')) return glob(pattern, { cwd, seen }, follows)
  const [lead = ''] = /^(?:(?!\*\*)[^/{}]*\/)*/.exec(pattern) ?? []
  const rest = pattern.slice(lead.length)
  const found = await Promise.all(
    (await foldersOf(lead, { cwd, seen })).map(async (folder) => {
      const place = { cwd: resolve(cwd, folder), seen }
      const names = await glob(rest, place, { followSymbolicLinks: false })
      return names.map((name) => `${folder}${name}`)
    }),
  )
  return found.flat()
}

/** The folders that the first part of a pattern fits, with the slash behind it. */
async function foldersOf(lead: string, place: Place): Promise<string[]> {
  if (lead === '' || !fastGlob.isDynamicPattern(lead)) return [lead]
  const options = { onlyDirectories: true, followSymbolicLinks: true }
  const folders = await glob(lead.slice(0, -1), place, options)
  return folders.map((folder) => `${folder}/`)
}

/** Packages, and what base's build makes. */
const skipped = ['**/node_modules/**', '**/O.*/**']

function glob(
  pattern: string,
  { cwd, seen }: Place,
  options: Pick<fastGlob.Options, 'onlyDirectories' | 'followSymbolicLinks'>,
): Promise<string[]> {
  return fastGlob(pattern, {
    ...{ onlyFiles: false, ...options },
    ...{ cwd, ignore: skipped, suppressErrors: true, fs: observedFiles(seen) },
  })
}

/** What a search for files asks; errors are noted before they are passed over. */
function observedFiles({ folders, unreadable }: Seen): NonNullable<fastGlob.Options['fs']> {
  const noted = <Answer>(folder: string, done: Callback<Answer>): Callback<Answer> => {
    return (error, answer) => {
      if (error && !isMissing(error)) unreadable.set(folder, reasonOf(error))
      done(error, answer)
    }
  }
  const list = (path: string, _options: unknown, done: Callback<Dirent[]>): void => {
    folders.add(path)
    readdir(path, { withFileTypes: true }, noted(path, done))
  }
  return {
    lstat: (path, done) => lstat(path, noted(dirname(path), done)),
    stat: (path, done) => stat(path, noted(dirname(path), done)),
    // Without options nobody asks.
    readdir: list as NonNullable<NonNullable<fastGlob.Options['fs']>['readdir']>,
  }
}

type Callback<Answer> = (error: NodeJS.ErrnoException | null, answer: Answer) => void
