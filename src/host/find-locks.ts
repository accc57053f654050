import fastGlob from 'fast-glob'

/**
 * Lock files that a pattern means, absolute and sorted.
 *
 * @param directory - absolute; where a relative pattern starts
 */
export async function findLocks(pattern: string, directory: string): Promise<string[]> {
  const found = await fastGlob(pattern, {
    ...{ cwd: directory, absolute: true, followSymbolicLinks: false, suppressErrors: true },
    ignore: ['**/node_modules/**'],
  })
  return found.sort()
}
