import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The files below a folder that a pattern fits, sorted; nothing where a folder cannot be read. Links
 * and names that begin with a dot count only where the pattern names them.
 *
 * @returns undefined if the text is no pattern
 */
export async function matchFiles(folder: string, pattern: string): Promise<string[] | undefined> {
  const plain = plainPattern.exec(pattern)?.groups
  if (plain) return matchNames(folder, plain['path'] ?? '', plain['name'] ?? '')
  const { default: fastGlob } = await import('fast-glob')
  if (!fastGlob.isDynamicPattern(pattern)) return undefined
  const options = { dot: false, suppressErrors: true, followSymbolicLinks: false }
  return fastGlob.sync(pattern, { ...options, cwd: folder, ignore: ['.e3/**'] }).sort()
}

/** `src/*.c`: most patterns are that plain, and to load fast-glob takes longer than all of them. */
const plainPattern =
  /^(?<path>(?:[\w+-][\w.+-]*\/)*)(?<name>(?=[^*]*\*)(?!.*\*\*)[\w+*-][\w.+*-]*)$/

function matchNames(folder: string, path: string, pattern: string): string[] {
  const pieces = pattern.split('*').map((piece) => piece.replace(/[.+]/g, '\\$&'))
  const name = new RegExp(`^(?!\\.)${pieces.join('[^]*')}$`)
  return namesIn(join(folder, path))
    .filter((one) => name.test(one))
    .map((one) => path + one)
    .sort()
}

function namesIn(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true })
    return entries.filter((entry) => entry.isFile()).map(({ name }) => name)
  } catch {
    return []
  }
}

/** All files near to a folder, for those who look for the right name of one. */
export async function filesNear(folder: string): Promise<string[]> {
  const { default: fastGlob } = await import('fast-glob')
  return fastGlob.sync('**/*', { cwd: folder, deep: 4, suppressErrors: true })
}
