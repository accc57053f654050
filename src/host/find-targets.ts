import { basename, dirname, relative, resolve } from 'node:path'
import { openFileReader } from './byte-reader.ts'
import { isDirectory } from './is-directory.ts'
import type { UnreadableFolder } from './list-directory.ts'
import { patternFiles } from './pattern-files.ts'
import { type FolderFiles, mostEntries, walkFolder } from './walk-folder.ts'

/** A file to look at. */
export interface FoundTarget {
  /** Absolute. */
  readonly path: string
  /** As it is shown: as the user wrote it, or from the working directory. */
  readonly name: string
  /** Found in a folder, not named itself. */
  readonly isFound: boolean
}

/** The files of a word, and where they were looked for. */
export interface WordTargets {
  readonly word: string
  readonly targets: readonly FoundTarget[]
  /** A folder in which there are none. */
  readonly isEmptyFolder: boolean
  /** Absolute; whose content says which files there are. */
  readonly folders: readonly string[]
  /** As they are shown; what is in them is not among the targets. */
  readonly unreadable: readonly UnreadableFolder[]
  /** The same for links to folders, which are not followed. */
  readonly links: readonly string[]
  /** There are too many files to look at all. */
  readonly isCut: boolean
}

/**
 * The files that a word of the command line means: a file, a pattern with `*`, `**`, `{a,b}` (CI
 * systems often pass them on unexpanded), or a folder. Any other word is taken for a file: whoever
 * reads it says that it is missing. A pattern that fits nothing, or a folder that is not there, gives
 * nothing.
 *
 * @param most - files of any kind below a folder
 */
export async function findTargets(
  word: string,
  cwd: string,
  most: number = mostEntries,
): Promise<WordTargets> {
  const path = resolve(cwd, word)
  if (isDirectory(path)) return folderTargets(word, walkFolder(path, isTarget, most), cwd)
  const common = { word, isEmptyFolder: false, links: [], isCut: false }
  if (word.endsWith('/')) return { ...common, targets: [], folders: [path], unreadable: [] }
  const matched = await patternFiles(word, cwd)
  const { files, folders, unreadable } = matched ?? { files: [word], folders: [], unreadable: [] }
  return {
    ...{ ...common, folders, unreadable: unreadable.map((one) => shownFolder(one, cwd)) },
    targets: files.map((name) => ({ path: resolve(cwd, name), name, isFound: false })),
  }
}

/** Startup scripts of a folder; where there are none, the databases, templates and dbd files. */
function folderTargets(
  word: string,
  { files, unreadable, links, ...found }: FolderFiles,
  cwd: string,
): WordTargets {
  const scripts = startupScripts(files)
  const chosen = scripts.length > 0 ? scripts : files.filter((path) => databaseFile.test(path))
  const targets = [...chosen].sort(byName).map((path) => ({
    ...{ path, isFound: true },
    name: shownName(path, cwd),
  }))
  return {
    ...{ word, ...found, targets, isEmptyFolder: targets.length === 0 },
    links: links.map((path) => shownName(path, cwd)),
    unreadable: unreadable.map((one) => shownFolder(one, cwd)),
  }
}

function shownFolder({ name, reason }: UnreadableFolder, cwd: string): UnreadableFolder {
  return { name: shownName(name, cwd), reason }
}

function shownName(path: string, cwd: string): string {
  return isBelow(path, cwd) ? relative(cwd, path) : path
}

function isTarget(name: string): boolean {
  return name.endsWith('.cmd') || mainScript.test(name) || databaseFile.test(name)
}

const databaseFile = /\.(db|dbt|template|vdb|sub|subs|subst|substitutions|dbd)$/

/**
 * `st.cmd` and the like. Other `.cmd` files are startup scripts where no such file is beside or
 * above them: else they are parts of those, or examples for them.
 */
function startupScripts(files: readonly string[]): string[] {
  const main = files.filter((path) => mainScript.test(basename(path)) && !isOfOtherShell(path))
  const folders = new Set(main.map((path) => dirname(path)))
  const isPart = (path: string): boolean => {
    for (let up = dirname(path); up !== '/' && up !== '.'; up = dirname(up)) {
      if (folders.has(up)) return true
    }
    return false
  }
  const others = files.filter(
    (path) => path.endsWith('.cmd') && !isPart(path) && !isOfOtherShell(path),
  )
  return [...main, ...others]
}

/** synApps has one for each system; those of others do not run here. */
const mainScript = /^st([._-].*)?\.cmd(\.([Ll]inux|[Uu]nix)[\w-]*)?$/

/** Some sites start an IOC with a program `st.cmd` for another shell. */
function isOfOtherShell(path: string): boolean {
  return /^#!.*[/\s](?:(?:ba|da|k|z|tc|c)?sh|python[\d.]*)(?:\s|$)/.test(firstBytes(path))
}

function firstBytes(path: string): string {
  const reader = openFileReader(path)
  if (!reader) return ''
  try {
    return Buffer.from(reader.read(0, 100)).toString('latin1').split('\n')[0] ?? ''
  } finally {
    reader.close()
  }
}

function isBelow(path: string, folder: string): boolean {
  return path.startsWith(folder === '/' ? '/' : `${folder}/`)
}

/** The same on every machine, whatever its language. */
function byName(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
