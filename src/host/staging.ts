import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import {
  formatIdentity,
  identifyProcess,
  isRunning,
  type ProcessIdentity,
  parseIdentity,
} from './process-identity.ts'
import { readPlainFile } from './read-plain-file.ts'

const prefix = '.staging-'
/** Says which process works in such a directory. */
export const ownerFile = 'owner'

/** Directories of other hosts on a shared file system are left alone for this long. */
const foreignLifetime = 24 * 3600 * 1000

let serial = 0

/**
 * Makes a directory for work in progress beside the finished ones, so that the result can be
 * renamed into place. Its name never looks like a version.
 */
export function createStaging(root: string): string {
  const directory = join(root, `${prefix}${hostname()}-${process.pid}-${++serial}`)
  rmSync(directory, { recursive: true, force: true })
  mkdirSync(directory)
  const identity = identifyProcess(process.pid)
  if (identity) writeFileSync(join(directory, ownerFile), formatIdentity(identity))
  return directory
}

/**
 * Removes what installations left that were killed; never those that still run.
 *
 * @param rescue called for each directory before it is removed
 */
export function sweepStaging(root: string, rescue?: (directory: string) => void): void {
  for (const directory of abandonedStagings(root)) {
    try {
      rescue?.(directory)
      removeStaging(directory)
    } catch {
      // That of another user, or another installation sweeps as well.
    }
  }
}

/**
 * Removes such a directory, if it is there. Its owner is last: whoever is killed meanwhile leaves a
 * directory of which the next one knows whose it was. Throws system errors.
 */
export function removeStaging(directory: string): void {
  for (const name of existsSync(directory) ? readdirSync(directory) : []) {
    if (name !== ownerFile) rmSync(join(directory, name), { recursive: true, force: true })
  }
  rmSync(directory, { recursive: true, force: true })
}

/** Directories of work in progress that nobody works on any more. */
export function abandonedStagings(root: string): string[] {
  return readdirSync(root)
    .filter((name) => name.startsWith(prefix) && isAbandoned(name, join(root, name)))
    .map((name) => join(root, name))
}

function isAbandoned(name: string, directory: string): boolean {
  if (!name.startsWith(`${prefix}${hostname()}-`)) return !isYoung(directory, foreignLifetime)
  const owner = ownerOf(directory)
  if (owner) return !isRunning(owner)
  // Killed before the owner was written, or by a sweep that was killed: only the name tells whose.
  const pid = Number(/-(\d+)-\d+$/.exec(name)?.[1])
  return identifyProcess(pid) === undefined || !isYoung(directory, 60_000)
}

/** Nothing if the file is missing or half written. */
function ownerOf(directory: string): ProcessIdentity | undefined {
  try {
    return parseIdentity(readPlainFile(join(directory, ownerFile)))
  } catch {
    return undefined
  }
}

function isYoung(directory: string, age: number): boolean {
  try {
    return Date.now() - statSync(directory).mtimeMs < age
  } catch {
    // Another installation sweeps as well.
    return false
  }
}
