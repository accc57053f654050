import { join } from 'node:path'
import { filesIn } from '../list-directory.ts'

/**
 * The files below a folder that a pattern fits, sorted; nothing where a folder cannot be read. Links
 * and names that begin with a dot count only where the pattern names them.
 *
 * @returns undefined if the text is no pattern
 */
export async function matchFiles(folder: string, pattern: string): Promise<string[] | undefined> {
  const plain = plainPattern.exec(pattern)?.groups
  if (plain) {
    const { path = '', start = '', end = '' } = plain
    return matchNames(folder, path, [start, end])
  }
  const { default: fastGlob } = await import('fast-glob')
  if (!fastGlob.isDynamicPattern(pattern)) return undefined
  const options = { dot: false, suppressErrors: true, followSymbolicLinks: false }
  return fastGlob.sync(pattern, { ...options, cwd: folder, ignore: ['.e3/**'] }).sort()
}

/** `src/*.c`: most patterns are that plain, and to load fast-glob takes longer than all of them. */
const plainPattern =
  /^(?<path>(?:[\w+-][\w.+-]*\/)*)(?<start>(?:[\w+-][\w.+-]*)?)\*(?<end>[\w.+-]*)$/

function matchNames(
  folder: string,
  path: string,
  [start, end]: readonly [string, string],
): string[] {
  const shortest = start.length + end.length
  return filesIn(join(folder, path))
    .filter((name) => name.startsWith(start) && name.endsWith(end) && !name.startsWith('.'))
    .filter((name) => name.length >= shortest)
    .map((name) => path + name)
    .sort()
}

/** All files near to a folder, for those who look for the right name of one. */
export async function filesNear(folder: string): Promise<string[]> {
  const { default: fastGlob } = await import('fast-glob')
  return fastGlob.sync('**/*', { cwd: folder, deep: 4, suppressErrors: true })
}
