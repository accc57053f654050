import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { errnoOf } from './errors.ts'

/**
 * Makes a directory and those above it. Not `mkdirSync(..., { recursive: true })`: where a file
 * system answers ENOENT to every mkdir (`/proc`), Node 20 tries for ever. Throws system errors.
 */
export function makeDirectories(path: string): void {
  const parent = dirname(path)
  if (parent !== path && !existsSync(parent)) makeDirectories(parent)
  try {
    mkdirSync(path)
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error
  }
}
