import { basename, dirname, join, relative, resolve } from 'node:path'
import { openFileReader } from './byte-reader.ts'
import { findScripts, isPattern } from './find-scripts.ts'
import { isDirectory } from './is-directory.ts'
import { isFile } from './is-file.ts'
import { entriesOrReason } from './list-directory.ts'

/** A file to look at. */
export interface FoundTarget {
  /** Absolute. */
  readonly path: string
  /** As it is shown: as the user wrote it, or from the working directory. */
  readonly name: string
  /** Found in a folder, not named itself. */
  readonly isFound: boolean
}

/** The files of a word, and whether it was a folder in which there are none. */
export interface WordTargets {
  readonly word: string
  readonly targets: readonly FoundTarget[]
  readonly isEmptyFolder: boolean
  /** Folders that cannot be listed: what is in them is not among the targets. */
  readonly unreadable: readonly UnreadableFolder[]
}

/** A folder as it is shown. */
export interface UnreadableFolder {
  readonly name: string
  readonly reason: string
}

/**
 * The files that a word of the command line means: a file, a pattern with `*`, `**`, `{a,b}` (CI
 * systems often pass them on unexpanded), or a folder. Any other word is taken for a file: whoever
 * reads it says that it is missing. A pattern that fits nothing, or a folder that is not there, gives
 * nothing.
 */
export async function findTargets(word: string, cwd: string): Promise<WordTargets> {
  const path = resolve(cwd, word)
  if (isDirectory(path)) return folderTargets(word, path, cwd)
  const nothing = { word, targets: [], isEmptyFolder: false, unreadable: [] }
  if (word.endsWith('/')) return nothing
  const files = await findScripts(word, cwd)
  if (files[0] === word && isPattern(word, cwd)) return nothing
  const targets = files.map((name) => ({ path: resolve(cwd, name), name, isFound: false }))
  return { ...nothing, targets }
}

/** Startup scripts of a folder; where there are none, the databases, templates and dbd files. */
function folderTargets(word: string, folder: string, cwd: string): WordTargets {
  const { files, unreadable } = filesBelow(folder)
  const shown = (path: string) => (isBelow(path, cwd) ? relative(cwd, path) : path)
  const scripts = startupScripts(files)
  const chosen = scripts.length > 0 ? scripts : files.filter((path) => databaseFile.test(path))
  const targets = chosen.map((path) => ({
    ...{ path, isFound: true },
    name: shown(path),
  }))
  return {
    ...{ word, targets, isEmptyFolder: targets.length === 0 },
    unreadable: unreadable.map(({ name, reason }) => ({ name: shown(name), reason })),
  }
}

const databaseFile = /\.(db|dbt|template|vdb|sub|subs|subst|substitutions|dbd)$/

/**
 * `st.cmd` and the like. Other `.cmd` files are startup scripts where no such file is beside or
 * above them: else they are parts of those, or examples for them.
 */
function startupScripts(files: readonly string[]): string[] {
  const main = files.filter((path) => mainScript.test(basename(path)))
  const folders = new Set(main.map((path) => dirname(path)))
  const isPart = (path: string): boolean => {
    for (let up = dirname(path); up !== '/' && up !== '.'; up = dirname(up)) {
      if (folders.has(up)) return true
    }
    return false
  }
  const others = files.filter((path) => path.endsWith('.cmd') && !isPart(path))
  return [...main, ...others].filter((path) => !isOfOtherShell(path)).sort(byName)
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

/** Version control, packages, what base's build makes (`O.linux-x86_64`), hidden folders. */
const skippedFolder = /^(\..*|node_modules|O\.[\w-]+|__pycache__|venv)$/

/** Nobody has that many; a folder such as `/` does. */
const mostFiles = 200_000

function filesBelow(folder: string) {
  const files: string[] = []
  const unreadable: UnreadableFolder[] = []
  const folders = [folder]
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    const entries = entriesOrReason(next)
    if ('reason' in entries) {
      unreadable.push({ name: next, ...entries })
      continue
    }
    for (const entry of entries) {
      const path = join(next, entry.name)
      if (entry.isDirectory()) {
        if (!skippedFolder.test(entry.name)) folders.push(path)
      } else if (isFileEntry(entry, path)) files.push(path)
    }
    if (files.length > mostFiles) break
  }
  return { files: files.sort(byName), unreadable }
}

/** Links to files are files; links to folders are not followed, they may lead in circles. */
function isFileEntry(
  entry: { isFile(): boolean; isSymbolicLink(): boolean },
  path: string,
): boolean {
  if (entry.isFile()) return true
  return entry.isSymbolicLink() && leadsToFile(path)
}

function leadsToFile(path: string): boolean {
  try {
    return isFile(path)
  } catch {
    // Where nobody may look, or links that lead to each other.
    return false
  }
}

function isBelow(path: string, folder: string): boolean {
  return path.startsWith(folder === '/' ? '/' : `${folder}/`)
}

/** The same on every machine, whatever its language. */
function byName(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
