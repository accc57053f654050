import { type Dirent, readdirSync } from 'node:fs'

/** The names in a directory, sorted; none if it is not there or cannot be listed. */
export function namesIn(directory: string): string[] {
  return orNothing(() => readdirSync(directory)).sort()
}

/** What is in a directory, in no order; nothing if it is not there or cannot be listed. */
export function entriesIn(directory: string): Dirent[] {
  return orNothing(() => readdirSync(directory, { withFileTypes: true }))
}

function orNothing<Item>(list: () => Item[]): Item[] {
  try {
    return list()
  } catch {
    return []
  }
}
