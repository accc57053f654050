import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import type { KnownFile } from './file-hashes.ts'

/**
 * A file as it was for a step, in one line: path, hash of its content, and where another one would be
 * taken in place of it.
 */
export type Look = string

/** What a step was, and what it saw; looks and lists are told by their numbers. */
export interface KeptStep {
  /** The command, and what it reads and writes. */
  readonly task: string
  /** Looks at its inputs and its output. */
  readonly own: readonly number[]
  /** The list of looks at all else that it read: most steps read the same headers. */
  readonly list: number
}

/** What is kept of a build for the next one. */
export interface KeptState {
  /** What all steps depend on. */
  readonly identity: string | undefined
  readonly looks: readonly Look[]
  readonly lists: readonly (readonly number[])[]
  readonly steps: readonly (readonly [output: string, step: KeptStep])[]
  readonly files: readonly (readonly [path: string, known: KnownFile])[]
  /** What was staged last. */
  readonly staged?: string | undefined
}

/** Another number where the meaning of what is kept changes. */
const format = 4

/** A file that is missing or damaged means that nothing was built. */
export function readKeptState(path: string): KeptState {
  try {
    const kept: unknown = JSON.parse(readFileSync(path, 'utf8'))
    if (isKept(kept)) return kept
  } catch {
    // Nothing was built.
  }
  return { identity: undefined, looks: [], lists: [], steps: [], files: [], staged: undefined }
}

function isKept(kept: unknown): kept is KeptState {
  return (
    typeof kept === 'object' &&
    kept !== null &&
    'format' in kept &&
    kept.format === format &&
    ['looks', 'lists', 'steps', 'files'].every((list) => Array.isArray(Reflect.get(kept, list)))
  )
}

/**
 * Writes it without waiting for the disk: a state that the machine loses means that everything is
 * built again. The old file goes first, as ext4 writes one that is renamed over another to the disk
 * at once. Throws system errors.
 */
export function writeKeptState(path: string, state: KeptState): void {
  const draft = `${path}.new`
  try {
    writeFileSync(draft, textOf(state))
    rmSync(path, { force: true })
    renameSync(draft, path)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
}

/** Looks and lists of which no step knows any more are left out. */
function textOf({ looks, lists, steps, ...others }: KeptState): string {
  const [newLooks, newLists] = [renumber(looks), renumber(lists)]
  const kept = steps.map(([output, { task, own, list }]) => {
    return [output, { task, own: own.map(newLooks.numberOf), list: newLists.numberOf(list) }]
  })
  return JSON.stringify({
    ...{ format, ...others, steps: kept },
    lists: newLists.used.map((list) => list.map(newLooks.numberOf)),
    looks: newLooks.used,
  })
}

/** Numbers things anew, in the order in which they are asked for. */
function renumber<Thing>(all: readonly Thing[]) {
  const used: Thing[] = []
  const numbers: number[] = []
  const numberOf = (old: number): number => (numbers[old] ??= used.push(all[old] as Thing) - 1)
  return { used, numberOf }
}
