import { accessSync, constants, statSync } from 'node:fs'
import { join } from 'node:path'
import { type Diagnostic, diagnostic } from '../text/diagnostic.ts'

/** Debian and RHEL packages of the programs that an IOC can run under. */
const packages: Readonly<Record<string, string>> = {
  gdb: 'gdb',
  valgrind: 'valgrind',
  strace: 'strace',
  chrt: 'util-linux',
}

/** The program as the shell would find it on PATH; undefined if it is not there. */
export function findProgram(name: string, path: string | undefined): string | undefined {
  return (path ?? '')
    .split(':')
    .map((directory) => join(directory || '.', name))
    .find(isExecutable)
}

/** Error `TOOL_NOT_FOUND` with the package to install, if the program is not on PATH. */
export function missingProgram(name: string, path: string | undefined): Diagnostic | undefined {
  if (findProgram(name, path) !== undefined) return undefined
  const wanted = packages[name] ?? name
  return diagnostic('TOOL_NOT_FOUND', `the program ${name} is not installed`, {
    hint: `apt install ${wanted} (Debian, Ubuntu) or dnf install ${wanted} (RHEL, Alma, Rocky)`,
  })
}

/** Most places have no such file: told by `statSync` that costs no exception. */
function isExecutable(path: string): boolean {
  try {
    if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return false
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
