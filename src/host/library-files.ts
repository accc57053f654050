import { realpathSync } from 'node:fs'
import type { LibraryFiles } from '../modules/check/input.ts'
import { openFileReader } from './byte-reader.ts'

/** The files of this machine for the check of module libraries; nothing is read as a whole. */
export function createLibraryFiles(text: LibraryFiles['text']): LibraryFiles {
  return { open: openFileReader, text, realPath }
}

function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}
