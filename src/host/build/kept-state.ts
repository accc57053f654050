import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import type { KnownFile } from './file-hashes.ts'

/**
 * A file as it was for a step, in one line: path, hash of its content, and where another one would be
 * taken in place of it.
 */
export type Look = string

/** What a step was, and what it saw: numbers of looks, as most steps saw the same headers. */
export interface KeptStep {
  /** The command, and what it reads and writes. */
  readonly task: string
  readonly saw: readonly number[]
}

/** What is kept of a build for the next one. */
export interface KeptState {
  /** What all steps depend on. */
  readonly identity: string | undefined
  readonly looks: readonly Look[]
  readonly steps: readonly (readonly [output: string, step: KeptStep])[]
  readonly files: readonly (readonly [path: string, known: KnownFile])[]
  /** What was staged last. */
  readonly staged?: string | undefined
}

/** Another number where the meaning of what is kept changes. */
const format = 3

/** A file that is missing or damaged means that nothing was built. */
export function readKeptState(path: string): KeptState {
  try {
    const kept: unknown = JSON.parse(readFileSync(path, 'utf8'))
    if (isKept(kept)) return kept
  } catch {
    // Nothing was built.
  }
  return { identity: undefined, looks: [], steps: [], files: [], staged: undefined }
}

function isKept(kept: unknown): kept is KeptState {
  return (
    typeof kept === 'object' &&
    kept !== null &&
    'format' in kept &&
    kept.format === format &&
    ['looks', 'steps', 'files'].every((list) => Array.isArray(Reflect.get(kept, list)))
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

/** Looks of which no step knows any more are left out. */
function textOf({ looks, steps, ...others }: KeptState): string {
  const used: Look[] = []
  const numbers: number[] = []
  const numberOf = (old: number): number => (numbers[old] ??= used.push(looks[old] ?? '') - 1)
  const renumbered = steps.map(([output, { task, saw }]) => [
    output,
    { task, saw: saw.map(numberOf) },
  ])
  return JSON.stringify({ format, ...others, steps: renumbered, looks: used })
}
