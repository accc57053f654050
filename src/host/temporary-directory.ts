import { lstatSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { namesIn } from './list-directory.ts'
import { formatIdentity, identifyProcess, isRunning, parseIdentity } from './process-identity.ts'
import { readPlainFile } from './read-plain-file.ts'
import { ownerFile, removeStaging } from './staging.ts'

/** A directory for as long as something is done, and what is to be called at the end of it. */
export interface TemporaryDirectory {
  readonly path: string
  /** Removes it. Throws system errors. */
  remove(): void
}

/**
 * Makes an empty directory below that for temporary files, for this user only. Those of the same kind
 * whose process is gone without having removed them are removed first. Throws system errors.
 *
 * @param kind begins the name
 */
export function temporaryDirectory(kind: string): TemporaryDirectory {
  sweep(kind)
  const directory = mkdtempSync(join(tmpdir(), `${kind}-`))
  const identity = identifyProcess(process.pid)
  if (identity) writeFileSync(join(directory, ownerFile), formatIdentity(identity))
  const path = join(directory, 'work')
  mkdirSync(path)
  return { path, remove: () => removeStaging(directory) }
}

function sweep(kind: string): void {
  for (const name of namesIn(tmpdir())) {
    if (!name.startsWith(`${kind}-`)) continue
    const directory = join(tmpdir(), name)
    try {
      if (isAbandoned(directory)) removeStaging(directory)
    } catch {
      // That of another user, or another process sweeps as well.
    }
  }
}

/** In doubt it is not: whoever made it may be about to say whose it is. */
function isAbandoned(directory: string): boolean {
  const stat = lstatSync(directory)
  if (!stat.isDirectory() || stat.uid !== process.getuid?.()) return false
  const owner = parseIdentity(readPlainFile(join(directory, ownerFile)))
  return owner !== undefined && !isRunning(owner)
}
