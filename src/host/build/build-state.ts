import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BuildStep } from '../../build/build-graph.ts'
import { memo } from '../../text/memo.ts'
import { writeOutput } from '../write-output.ts'
import { type FileHashes, type KnownFile, openFileHashes } from './file-hashes.ts'

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
  /** Paths of all that steps read, as compilers name them, and of their outputs. */
  pathsOf(steps: readonly BuildStep[]): ReadonlySet<string>
  /** What was staged last, see `stageContent`. */
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
  const kept = readKept(path)
  const identity = surroundings.identity.join('\n')
  const done = new Map(kept.identity === identity ? kept.steps : [])
  const hashes = openFileHashes(kept.files)
  const looks = openLooks(hashes, surroundings)
  return {
    hashes,
    staged: kept.staged,
    isCurrent(step) {
      // Read before the command runs: what is changed meanwhile counts as not yet built.
      for (const input of step.inputs) looks.at(input)
      const before = done.get(step.output)
      return before?.task === taskOf(step) && before.saw.every(looks.isStillSo)
    },
    pathsOf(steps) {
      const saw = new Set(steps.flatMap(({ output }) => done.get(output)?.saw ?? []))
      return new Set([...saw].map(pathIn))
    },
    add(step, read) {
      looks.forget(step.output)
      const paths = new Set([...step.inputs, ...read, step.output])
      done.set(step.output, { task: taskOf(step), saw: [...paths].map(looks.at) })
    },
    save(staged) {
      if (staged === kept.staged && !hashes.hasNews()) return
      const now = { identity, steps: [...done], files: hashes.entries(), staged }
      writeOutput(path, [Buffer.from(textOf(now))])
    },
  }
}

function taskOf({ command, inputs, output }: BuildStep): string {
  return [...command, ...inputs, output].join('\n')
}

/**
 * A file as it was for a step, in one line: path, hash of its content, and where another one would be
 * taken in place of it. Most headers were the same for all steps, and are compared once.
 */
type Look = string

function pathIn(look: Look): string {
  return look.slice(0, look.indexOf('\n'))
}

interface Looks {
  /** As it is now. */
  at(this: void, path: string): Look
  /** Whether the file is still as it was. */
  isStillSo(this: void, look: Look): boolean
  /** A file that was just made is looked at again. */
  forget(path: string): void
}

function openLooks(hashes: FileHashes, { folder, includes }: StepSurroundings): Looks {
  const absolute = (path: string): string => (path.startsWith('/') ? path : join(folder, path))
  const now = new Map<string, Look>()
  const still = new Map<Look, boolean>()
  const exists = memo((path: string) => existsSync(absolute(path)))
  const at = (path: string): Look => {
    const before = now.get(path)
    if (before !== undefined) return before
    const hidden = hiding(path, includes).filter(exists)
    const look = [path, hashes.of(absolute(path)) ?? 'missing', ...hidden].join('\n')
    now.set(path, look)
    return look
  }
  return {
    at,
    isStillSo(look) {
      const before = still.get(look)
      if (before !== undefined) return before
      const isSo = at(pathIn(look)) === look
      still.set(look, isSo)
      return isSo
    },
    forget(path) {
      hashes.forget(absolute(path))
      now.delete(path)
      still.clear()
    },
  }
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

interface Done {
  /** The command, and what it reads and writes. */
  readonly task: string
  readonly saw: readonly Look[]
}

interface Known {
  /** What all steps depend on. */
  readonly identity: string | undefined
  readonly steps: readonly (readonly [output: string, done: Done])[]
  readonly files: readonly (readonly [path: string, known: KnownFile])[]
  readonly staged: string | undefined
}

/** Another number where the meaning of what is kept changes. */
const format = 2

/** As in the file: what steps saw are numbers of looks, because most saw the same. */
interface Kept {
  readonly format: number
  readonly identity: string | undefined
  readonly looks: readonly Look[]
  readonly steps: readonly (readonly [output: string, task: string, saw: readonly number[]])[]
  readonly files: readonly (readonly [path: string, known: KnownFile])[]
  readonly staged?: string | undefined
}

function textOf({ identity, steps, files, staged }: Known): string {
  const numbers = new Map<Look, number>()
  const numberOf = (look: Look): number => {
    const number = numbers.get(look) ?? numbers.size
    numbers.set(look, number)
    return number
  }
  const kept: Kept = {
    format,
    steps: steps.map(([output, { task, saw }]) => [output, task, saw.map(numberOf)]),
    looks: [...numbers.keys()],
    ...{ identity, files, staged },
  }
  return JSON.stringify(kept)
}

function readKept(path: string): Known {
  try {
    const kept: unknown = JSON.parse(readFileSync(path, 'utf8'))
    if (isKept(kept)) return knownOf(kept)
  } catch {
    // Nothing was built.
  }
  return { identity: undefined, steps: [], files: [], staged: undefined }
}

function isKept(kept: unknown): kept is Kept {
  return typeof kept === 'object' && kept !== null && 'format' in kept && kept.format === format
}

function knownOf({ identity, looks, steps, files, staged }: Kept): Known {
  const lookOf = (number: number): Look => looks[number] ?? ''
  return {
    steps: steps.map(([output, task, saw]) => [output, { task, saw: saw.map(lookOf) }]),
    ...{ identity, files, staged },
  }
}
