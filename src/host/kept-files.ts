import { lstatSync, mkdirSync, readdirSync, renameSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Observation } from './observed-files.ts'
import { readPlainFile } from './read-plain-file.ts'
import { removeAny } from './remove-tree.ts'

/** Flat databases may be large; to read them back would cost more than it saves. */
const longest = 4 * 2 ** 20

/** A plan and its answers for each of the IOCs that one user starts on one host. */
const mostFiles = 500

/**
 * Writes what a later start may use, for this user only; readers see all of it or nothing. What
 * cannot be kept is worked out again.
 *
 * @param directory - private to this user; is made if it does not exist
 */
export function keepFile(directory: string, name: string, content: unknown): void {
  const text = JSON.stringify(content)
  if (text.length > longest) return
  const partial = join(directory, `${name}.${process.pid}`)
  try {
    mkdirSync(directory, { mode: 0o700, recursive: true })
    removeIfPossible(partial)
    writeFileSync(partial, text, { mode: 0o600, flag: 'wx' })
    renameSync(partial, join(directory, name))
    clear(directory)
  } catch {
    // A full disk, or another start that cleared the directory.
    removeIfPossible(partial)
  }
}

/** Removes all if it is too much, else what starts that were killed have not finished. */
function clear(directory: string): void {
  const names = readdirSync(directory)
  if (names.length > mostFiles) removeAny(directory)
  else for (const name of names.filter(isPartial)) removeLeft(join(directory, name))
}

function isPartial(name: string): boolean {
  return /\.json\.\d+$/.test(name)
}

function removeLeft(path: string): void {
  const minute = 60_000
  if (Date.now() - lstatSync(path).ctimeMs > minute) removeIfPossible(path)
}

function removeIfPossible(path: string): void {
  try {
    unlinkSync(path)
  } catch {
    // Not there, or not ours to remove.
  }
}

/** What was kept, as far as it can be read. Whoever wrote it is this user. */
export function keptFile<Content>(directory: string, name: string): Content | undefined {
  try {
    return JSON.parse(readPlainFile(join(directory, name))) as Content
  } catch {
    return undefined
  }
}

/** FNV-1a, twice for 64 bits: no protection against anything but chance. */
export function sumOf(text: string): string {
  let [a, b] = [0x811c9dc5, 0x01000193]
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    a = Math.imul(a ^ code, 0x01000193)
    b = Math.imul(b ^ code, 0x85ebca6b)
  }
  return [a, b].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('')
}

/**
 * A file may change twice within one tick of its clock, and then look as before: what has changed
 * less than two seconds before it was read is not trusted (the coarsest clock, that of FAT and of
 * old NFS servers).
 *
 * @param begun - before the first question was asked, in ms since 1970
 */
export function isTooFresh({ question, answer }: Observation, begun: number): boolean {
  const times = question === 'target' ? [] : answer.split(' ').slice(3).map(Number)
  return times.some((time) => time > begun - 2000)
}
