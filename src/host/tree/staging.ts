import { existsSync, readdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { createStaging, sweepStaging } from '../staging.ts'

/** A directory in the folder of a module for work in progress; `require` never sees it. */
export interface TreeStaging {
  readonly directory: string
  /** Where a version that is being replaced is for a moment. */
  asideOf(version: string): string
}

/**
 * Makes one, after it has swept what killed installations left. It is beside the versions, as only
 * there a rename is one step: the folder of a module may be a link to another file system.
 *
 * @throws system errors
 */
export function openTreeStaging(moduleFolder: string): TreeStaging {
  sweepModule(moduleFolder)
  const directory = createStaging(moduleFolder)
  return { directory, asideOf: (version) => join(directory, aside, version) }
}

const aside = 'replaced'

/** Removes left-over work; a version that was on its way out when its successor failed comes back. */
export function sweepModule(moduleFolder: string): void {
  sweepStaging(moduleFolder, (directory) => restore(moduleFolder, join(directory, aside)))
}

function restore(moduleFolder: string, replaced: string): void {
  if (!existsSync(replaced)) return
  for (const version of readdirSync(replaced)) {
    const place = join(moduleFolder, version)
    if (!existsSync(place)) renameSync(join(replaced, version), place)
  }
}
