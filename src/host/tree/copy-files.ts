import {
  chmodSync,
  closeSync,
  copyFileSync,
  fsyncSync,
  mkdirSync,
  openSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import type { TreeFile } from './stage-files.ts'

/** Permissions of what is put into a tree. */
export interface TreeModes {
  readonly directory: number
  readonly file: number
  readonly program: number
}

/**
 * Who may read and write a module is decided by the directory it is put into, not by the umask of
 * who installs it: a group that shares a tree (setgid, writable for the group) can go on with
 * everything in it. Others never get to write.
 */
export function modesIn(directory: string): TreeModes {
  const { mode } = statSync(directory)
  const file = 0o600 | (mode & 0o064)
  return {
    directory: 0o700 | (mode & 0o2075),
    file,
    program: file | ((file & 0o444) >> 2),
  }
}

/** Makes a directory with the permissions of a tree; throws system errors. */
export function makeTreeDirectory(path: string, modes: TreeModes): void {
  mkdirSync(path)
  chmodSync(path, modes.directory)
}

/** Copies files into a new directory, safely on the disk when it returns. Throws system errors. */
export function copyFiles(
  files: readonly TreeFile[],
  { from, to, modes }: { readonly from: string; readonly to: string; readonly modes: TreeModes },
): void {
  const made = new Set<string>()
  const make = (folder: string): void => {
    if (made.has(folder)) return
    if (folder !== '.') make(dirname(folder))
    makeTreeDirectory(join(to, folder), modes)
    made.add(folder)
  }
  make('.')
  for (const file of files) {
    make(dirname(file.path))
    const target = join(to, file.path)
    if (file.kind === 'link') symlinkSync(file.target ?? '', target)
    else copyFile(join(from, file.path), target, file.isProgram ? modes.program : modes.file)
  }
}

function copyFile(from: string, to: string, mode: number): void {
  copyFileSync(from, to)
  chmodSync(to, mode)
  const file = openSync(to, 'r')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
