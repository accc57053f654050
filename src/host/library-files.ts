import { realpathSync, statSync } from 'node:fs'
import type { LibraryFiles } from '../modules/check/input.ts'
import type { ModuleTreeReader } from '../modules/tree-reader.ts'
import { openFileReader } from './byte-reader.ts'

/** The files of this machine for the check of module libraries; nothing is read as a whole. */
export function createLibraryFiles(text: LibraryFiles['text']): LibraryFiles {
  return { open: openFileReader, exists, text, realPath }
}

/** The same, with the texts that a reader of module trees has. */
export function libraryFilesOf(reader: Pick<ModuleTreeReader, 'readText'>): LibraryFiles {
  return createLibraryFiles((path) => {
    const read = reader.readText(path)
    return read?.problem === undefined ? read?.text : undefined
  })
}

function exists(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() === false
  } catch {
    return false
  }
}

function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}
