import { patternFiles } from './pattern-files.ts'

/**
 * Startup scripts of a command line, patterns replaced by the files they match, sorted: CI systems
 * often pass them on unexpanded, and not every shell knows `**`. A word that is a file, or matches
 * none, stays as it is: whoever reads it says that it is missing.
 */
export async function findScripts(words: readonly string[], cwd: string): Promise<string[]> {
  const found = await Promise.all(
    words.map(async (word) => {
      const files = (await patternFiles(word, cwd))?.files ?? []
      return files.length > 0 ? files : [word]
    }),
  )
  return found.flat()
}
