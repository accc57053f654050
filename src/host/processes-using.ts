import { existsSync, readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs'

/** A process that has files of a directory mapped. */
export interface ProcessUser {
  readonly pid: number
  readonly command: string
}

/**
 * Processes that run a program in a directory or have its libraries mapped, as far as this user
 * may see them. The kernel appends ` (deleted)` to paths that were replaced meanwhile.
 */
export function processesUsing(directory: string): ProcessUser[] {
  const inside = `${realPathOf(directory)}/`
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && usesFilesOf(name, inside))
    .map((name) => ({ pid: Number(name), command: textOf(`/proc/${name}/comm`).trim() }))
}

/** The kernel tells paths without symbolic links. */
function realPathOf(directory: string): string {
  try {
    return realpathSync(directory)
  } catch {
    return directory
  }
}

function usesFilesOf(pid: string, inside: string): boolean {
  return executableOf(pid).startsWith(inside) || textOf(`/proc/${pid}/maps`).includes(` ${inside}`)
}

function executableOf(pid: string): string {
  try {
    return readlinkSync(`/proc/${pid}/exe`)
  } catch {
    return ''
  }
}

function textOf(path: string): string {
  try {
    return existsSync(path) ? readFileSync(path, 'utf8') : ''
  } catch {
    return ''
  }
}
