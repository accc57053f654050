import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BuildStep } from '../../build/build-graph.ts'
import { writeOutput } from '../write-output.ts'
import { type FileHashes, hashOf, type KnownFile, openFileHashes } from './file-hashes.ts'

/**
 * What was built, so that a step runs again exactly when its command, or the content of something
 * that it reads, is another one. Times of files say nothing: `git checkout` and copies change them.
 */
export interface BuildState {
  readonly hashes: FileHashes
  isCurrent(step: BuildStep): boolean
  /**
   * Notes that a step went well.
   *
   * @param read - what the compiler read besides the inputs that were known before
   */
  add(step: BuildStep, read: readonly string[]): void
  /** What the compiler read for a step, besides the inputs that were known before. */
  readBy(step: BuildStep): readonly string[]
  /** Hash of what was staged last. */
  readonly staged: string | undefined
  /** Writes everything down, if there is anything new. Throws system errors. */
  save(staged: string | undefined): void
}

/** What all steps of a build depend on. */
export interface StepSurroundings {
  /** Absolute: where relative paths of steps start. */
  readonly folder: string
  /** Texts; everything is made again when one changes. */
  readonly identity: readonly string[]
  /** Folders that are searched for headers, in their order. */
  readonly includes: readonly string[]
}

/** @param path - where it is kept; a file that is missing or damaged means that nothing was built */
export function openBuildState(path: string, surroundings: StepSurroundings): BuildState {
  const { steps = [], files = [], staged } = readKept(path)
  const done = new Map(steps)
  const hashes = openFileHashes(files)
  const keys = stepKeys(hashes, surroundings)
  return {
    hashes,
    staged,
    isCurrent(step) {
      // Read before the command runs: what is changed meanwhile counts as not yet built.
      for (const input of step.inputs) hashes.of(absolutePath(surroundings.folder, input))
      const before = done.get(step.output)
      return before !== undefined && before.key === keys(step, before.read)
    },
    readBy: ({ output }) => done.get(output)?.read ?? [],
    add(step, read) {
      hashes.forget(absolutePath(surroundings.folder, step.output))
      const others = [...new Set(read)].filter((path) => !step.inputs.includes(path))
      done.set(step.output, { key: keys(step, others), read: others })
    },
    save(nowStaged) {
      if (nowStaged === staged && !hashes.hasNews()) return
      const kept: Kept = { format, steps: [...done], files: hashes.entries(), staged: nowStaged }
      writeOutput(path, [Buffer.from(JSON.stringify(kept))])
    },
  }
}

/** Hashes of steps: of the command, of all that it reads, of its output. */
function stepKeys(
  hashes: FileHashes,
  { folder, identity, includes }: StepSurroundings,
): (step: BuildStep, read: readonly string[]) => string {
  const absolute = (path: string): string => absolutePath(folder, path)
  const seen = new Map<string, boolean>()
  const exists = (path: string): boolean => {
    const before = seen.get(path)
    if (before !== undefined) return before
    const isThere = existsSync(absolute(path))
    seen.set(path, isThere)
    return isThere
  }
  return (step, read) => {
    const paths = [...step.inputs, ...read, step.output].map(absolute)
    const contents = paths.flatMap((path) => [path, hashes.of(path) ?? 'missing'])
    const hidden = read.flatMap((path) => hiding(path, includes)).filter(exists)
    return hashOf([...step.command, ...identity, ...contents, ...hidden])
  }
}

function absolutePath(folder: string, path: string): string {
  return path.startsWith('/') ? path : join(folder, path)
}

/**
 * Where another header would be taken in place of this one: in the folders that are searched before
 * the one where it was found.
 */
function hiding(path: string, includes: readonly string[]): string[] {
  const at = includes.findIndex((folder) => path.startsWith(`${folder}/`))
  const name = path.slice((includes[at]?.length ?? 0) + 1)
  return includes.slice(0, Math.max(0, at)).map((folder) => `${folder}/${name}`)
}

/** Another number where the meaning of what is kept changes. */
const format = 1

interface Kept {
  readonly format: number
  readonly steps: readonly (readonly [output: string, done: Done])[]
  readonly files: readonly (readonly [path: string, known: KnownFile])[]
  readonly staged?: string | undefined
}

interface Done {
  readonly key: string
  readonly read: readonly string[]
}

function readKept(path: string): Partial<Kept> {
  try {
    const kept: unknown = JSON.parse(readFileSync(path, 'utf8'))
    return isKept(kept) ? kept : {}
  } catch {
    return {}
  }
}

function isKept(kept: unknown): kept is Kept {
  return typeof kept === 'object' && kept !== null && 'format' in kept && kept.format === format
}
