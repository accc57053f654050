import { readdirSync, rmdirSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Removes a directory and all that is in it; links are removed, not followed. Half the file calls of
 * `rmSync`, and one Node module less to load: a start does this for the IOC that was there before.
 *
 * @throws the error of the system, with some of the files removed
 */
export function removeTree(directory: string): void {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name)
    if (entry.isDirectory()) removeTree(path)
    else unlinkSync(path)
  }
  rmdirSync(directory)
}
