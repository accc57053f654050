import { type Dirent, readdirSync } from 'node:fs'
import { isMissing, reasonOf } from './errors.ts'

/** A folder that cannot be listed, and why. */
export interface UnreadableFolder {
  readonly name: string
  readonly reason: string
}

/** The names in a directory, sorted; none if it is not there or cannot be listed. */
export function namesIn(directory: string): string[] {
  return orNothing(() => readdirSync(directory)).sort()
}

/** What is in a directory, in no order, or why one that is there cannot be listed. */
export function entriesOrReason(directory: string): Dirent[] | { readonly reason: string } {
  try {
    return readdirSync(directory, { withFileTypes: true })
  } catch (error) {
    return isMissing(error) ? [] : { reason: reasonOf(error) }
  }
}

/** The names of the regular files in a directory, in no order; none where it cannot be listed. */
export function filesIn(directory: string): string[] {
  return orNothing(() => readdirSync(directory, { withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
}

function orNothing<Item>(list: () => Item[]): Item[] {
  try {
    return list()
  } catch {
    return []
  }
}
