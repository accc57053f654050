import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The folder of this package: the nearest one above this file with a `package.json`. */
function packageRoot(start: string = import.meta.dirname): string {
  let folder = start
  while (!existsSync(join(folder, 'package.json')) && folder !== dirname(folder)) {
    folder = dirname(folder)
  }
  return folder
}

/** Path of a text that is written out, `soft-ioc.cpp`. */
export function templatePath(name: string): string {
  return join(packageRoot(), 'templates', name)
}

/** Path of a program of this package, `iocsh`. */
export function programPath(name: string): string {
  return join(packageRoot(), 'bin', name)
}

/** Path of a page of the documentation, `reference/codes.md`. */
export function documentPath(name: string): string {
  return join(packageRoot(), 'docs', name)
}
