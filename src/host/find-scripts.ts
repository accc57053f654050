import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import fastGlob from 'fast-glob'

/**
 * Startup scripts that a word means: the files that match a pattern with `*`, `**`, `{a,b}`, sorted, as
 * CI systems often pass them on unexpanded, and not every shell knows `**`. A word that is a file, or
 * matches none, stays as it is: whoever reads it says that it is missing.
 */
export async function findScripts(word: string, cwd: string): Promise<string[]> {
  if (!isPattern(word, cwd)) return [word]
  const options = { cwd, followSymbolicLinks: false, suppressErrors: true, ignore: skipped }
  const files = await fastGlob(word, options)
  return files.length > 0 ? files.sort() : [word]
}

/** Packages, and what base's build makes. */
const skipped = ['**/node_modules/**', '**/O.*/**']

/** Whether a word means files by a pattern, and is none itself. */
export function isPattern(word: string, cwd: string): boolean {
  return fastGlob.isDynamicPattern(word) && !existsSync(resolve(cwd, word))
}
