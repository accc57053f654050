import { patternFiles } from './pattern-files.ts'

/**
 * Startup scripts that a word means: the files that match a pattern with `*`, `**`, `{a,b}`, sorted, as
 * CI systems often pass them on unexpanded, and not every shell knows `**`. A word that is a file, or
 * matches none, stays as it is: whoever reads it says that it is missing.
 */
export async function findScripts(word: string, cwd: string): Promise<readonly string[]> {
  const files = (await patternFiles(word, cwd))?.files ?? []
  return files.length > 0 ? files : [word]
}
