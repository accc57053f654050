import { statSync } from 'node:fs'

/** Whether there is a regular file, links followed; not where nobody may look. */
export function isRegularFile(path: string): boolean {
  try {
    return isFile(path)
  } catch {
    return false
  }
}

/** Whether there is a regular file, links followed. Throws system errors other than its absence. */
export function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
}
