import { mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { run } from './base/run.ts'
import { errnoOf } from './errors.ts'
import { templatePath } from './package-root.ts'

interface Publication {
  /** The finished directory; afterwards it is gone from here, or the old one is here. */
  readonly made: string
  readonly target: string
  /** Where the old one is for a moment if the two cannot be exchanged; then it stays there. */
  readonly aside: string
  /** Asked if something is in the place already: whether that stays. */
  readonly isKept: () => boolean
  readonly env: Readonly<Record<string, string | undefined>>
}

/**
 * Renames a finished directory to its place. If another installation was faster, its result is kept.
 * Returns whether the new one is in place; throws system errors.
 */
export async function publish(publication: Publication): Promise<boolean> {
  if (renameIfFree(publication)) return true
  if (publication.isKept()) return false
  await replace(publication)
  return true
}

/** A rename onto a directory that is not empty is refused by the system. */
function renameIfFree({ made, target }: Publication): boolean {
  try {
    renameSync(made, target)
    return true
  } catch (error) {
    if (['ENOTEMPTY', 'EEXIST', 'ENOTDIR'].includes(errnoOf(error))) return false
    throw error
  }
}

/**
 * Puts the new directory in the place of the old one in one step. Where kernel or file system cannot
 * exchange two directories there is a moment without one between two renames.
 */
async function replace({ made, target, aside, env }: Publication): Promise<void> {
  const exchanged = await run(['python3', templatePath('exchange.py'), made, target], { env })
  if (exchanged.exitCode === 0) return
  rmSync(aside, { recursive: true, force: true })
  mkdirSync(dirname(aside), { recursive: true })
  renameSync(target, aside)
  renameSync(made, target)
}
