import fastGlob from 'fast-glob'

/**
 * Lock files that patterns mean, absolute and sorted.
 *
 * @param directory - absolute; where relative patterns start
 */
export async function findLocks(patterns: readonly string[], directory: string): Promise<string[]> {
  if (patterns.length === 0) return []
  const found = await fastGlob([...patterns], {
    ...{ cwd: directory, absolute: true, followSymbolicLinks: false, suppressErrors: true },
    ignore: ['**/node_modules/**'],
  })
  return [...new Set(found)].sort()
}
