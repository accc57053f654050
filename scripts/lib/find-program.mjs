import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/**
 * Path of the first of these programs that PATH has.
 *
 * @param {readonly string[]} names
 * @returns {string | undefined}
 */
export function findProgram(names) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  for (const name of names) {
    if (name.includes('/')) return existsSync(name) ? name : undefined
    const folder = folders.find((candidate) => existsSync(join(candidate, name)))
    if (folder) return join(folder, name)
  }
  return undefined
}
