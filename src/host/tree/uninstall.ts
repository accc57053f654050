import { readdirSync, renameSync, rmdirSync, unlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { VersionPlace } from '../../modules/version-place.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import { reasonOf } from '../errors.ts'
import { removeStaging } from '../staging.ts'
import { treeUnwritable } from './failure.ts'
import { openTreeStaging } from './staging.ts'

/**
 * Removes a version in one step: it is renamed out of its place, then deleted. Of a link only the
 * link is removed. The folder of a module that has nothing left goes as well.
 *
 * Errors: `TREE_UNWRITABLE`. Warnings: `TREE_LEFTOVER` if what was renamed cannot be deleted.
 *
 * @returns whether the version is gone
 */
export function uninstallVersion({ directory, isLink }: VersionPlace): {
  readonly isGone: boolean
  readonly diagnostics: readonly Diagnostic[]
} {
  const folder = dirname(directory)
  try {
    const diagnostics = isLink ? removeLink(directory) : removeVersion(folder, directory)
    removeIfEmpty(folder)
    return { isGone: true, diagnostics }
  } catch (error) {
    return { isGone: false, diagnostics: [treeUnwritable(folder, error)] }
  }
}

function removeLink(path: string): Diagnostic[] {
  unlinkSync(path)
  return []
}

function removeVersion(folder: string, directory: string): Diagnostic[] {
  const staging = openTreeStaging(folder).directory
  try {
    renameSync(directory, join(staging, 'removed'))
  } catch (error) {
    removeStaging(staging)
    throw error
  }
  try {
    removeStaging(staging)
    return []
  } catch (error) {
    const message = `${staging} cannot be deleted: ${reasonOf(error)}`
    return [diagnostic('TREE_LEFTOVER', message, { hint: `rm -r ${staging}` })]
  }
}

/** An empty folder is no module and no version; none is left behind, and none is in the way. */
export function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder)
  } catch {
    // There is something in it, nearly always.
  }
}

/** The same if there is nothing in it but folders of the same kind, such as an empty `lib/<arch>`. */
export function removeIfHollow(folder: string): void {
  try {
    const entries = readdirSync(folder, { withFileTypes: true })
    if (entries.every((entry) => entry.isDirectory())) {
      for (const { name } of entries) removeIfHollow(join(folder, name))
    }
  } catch {
    // It is not there.
  }
  removeIfEmpty(folder)
}
