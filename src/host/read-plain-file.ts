import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs'

/**
 * The text of a file. Throws system errors, and for pipes and devices, which are never waited for.
 */
export function readPlainFile(path: string): string {
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  try {
    if (!fstatSync(file).isFile()) throw new Error(`${path} is no plain file`)
    return readFileSync(file, 'utf8')
  } finally {
    closeSync(file)
  }
}
