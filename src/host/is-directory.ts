import { statSync } from 'node:fs'

/** Whether there is a folder, links followed; not where nobody may look. */
export function isDirectory(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
  } catch {
    return false
  }
}
