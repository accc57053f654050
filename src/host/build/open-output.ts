import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { errnoOf } from '../errors.ts'
import { unwritable } from './failure.ts'
import { writeIfChanged } from './generate.ts'
import { takeLock } from './lock.ts'

/**
 * Makes the folder for what is built, and keeps other builds of it away.
 *
 * @param output - absolute: `<folder>/.e3/<arch>`
 * @returns a function that lets others in again
 *
 * Throws `BUILD_BUSY`, `FILE_UNWRITABLE`.
 */
export function openOutput(folder: string, output: string): () => void {
  try {
    mkdirSync(output, { recursive: true })
    // For git: nothing in it belongs to the sources.
    writeIfChanged(join(folder, '.e3', '.gitignore'), '*\n')
  } catch (error) {
    if (errnoOf(error) === '') throw error
    throw unwritable(join(folder, '.e3'), error)
  }
  return takeLock(join(output, 'lock'))
}
