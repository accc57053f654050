import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { BuildStep } from '../../build/build-graph.ts'
import { memo } from '../../text/memo.ts'
import { once } from '../../text/once.ts'
import { type FileHashes, openFileHashes } from './file-hashes.ts'
import { type KeptStep, type Look, readKeptState, writeKeptState } from './kept-state.ts'

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
  const kept = readKeptState(path)
  const identity = surroundings.identity.join('\n')
  const done = new Map(kept.identity === identity ? kept.steps : [])
  const hashes = openFileHashes(kept.files)
  const looks = openLooks(kept.looks, hashes, surroundings)
  const lists = openLists(kept.lists, looks)
  const isStillSo = ({ own, list }: KeptStep): boolean =>
    own.every(looks.isStillSo) && lists.isStillSo(list)
  return {
    hashes,
    staged: kept.staged,
    isCurrent(step) {
      // Read before the command runs: what is changed meanwhile counts as not yet built.
      for (const input of step.inputs) looks.at(input)
      const before = done.get(step.output)
      return before?.task === taskOf(step) && isStillSo(before)
    },
    pathsOf(steps) {
      const found = steps.flatMap(({ output }) => done.get(output) ?? [])
      const read = new Set(found.map(({ list }) => list))
      const saw = [...found.flatMap(({ own }) => own), ...[...read].flatMap(lists.looksOf)]
      return new Set(saw.map(looks.pathOf))
    },
    add(step, read) {
      looks.forget(step.output)
      lists.forget()
      const own = new Set([...step.inputs, step.output])
      const others = [...new Set(read)].filter((path) => !own.has(path))
      done.set(step.output, {
        task: taskOf(step),
        own: [...own].map(looks.numberAt),
        list: lists.numberOf(others.map(looks.numberAt)),
      })
    },
    save(staged) {
      if (staged === kept.staged && !hashes.hasNews()) return
      const files = hashes.entries()
      const [all, steps] = [{ looks: looks.all, lists: lists.all }, [...done]]
      writeKeptState(path, { identity, ...all, steps, files, staged })
    },
  }
}

function taskOf({ command, inputs, output }: BuildStep): string {
  return [...command, ...inputs, output].join('\n')
}

/** Looks have numbers, those that were kept first. */
interface Looks {
  readonly all: readonly Look[]
  /** The file as it is now. */
  at(this: void, path: string): Look
  numberAt(this: void, path: string): number
  pathOf(this: void, number: number): string
  /** Whether the file is still as it was. */
  isStillSo(this: void, number: number): boolean
  /** A file that was just made is looked at again. */
  forget(path: string): void
}

function openLooks(
  before: readonly Look[],
  hashes: FileHashes,
  { folder, includes }: StepSurroundings,
): Looks {
  const absolute = (path: string): string => (path.startsWith('/') ? path : join(folder, path))
  const all = [...before]
  const numbers = once(() => new Map(all.map((look, number) => [look, number])))
  const now = new Map<string, Look>()
  let still: boolean[] = []
  const exists = memo((path: string) => existsSync(absolute(path)))
  const at = (path: string): Look => {
    const known = now.get(path)
    if (known !== undefined) return known
    const hidden = hiding(path, includes).filter(exists)
    const look = [path, hashes.of(absolute(path)) ?? 'missing', ...hidden].join('\n')
    now.set(path, look)
    return look
  }
  const pathOf = (number: number): string => pathIn(all[number] ?? '')
  return {
    ...{ all, at, pathOf },
    numberAt(path) {
      const look = at(path)
      const number = numbers().get(look) ?? all.push(look) - 1
      numbers().set(look, number)
      return number
    },
    isStillSo: (number) => (still[number] ??= at(pathOf(number)) === all[number]),
    forget(path) {
      hashes.forget(absolute(path))
      now.delete(path)
      still = []
    },
  }
}

/** Lists of looks, each once. */
interface Lists {
  readonly all: readonly (readonly number[])[]
  looksOf(this: void, number: number): readonly number[]
  numberOf(looks: readonly number[]): number
  /** Whether all of its files are still as they were. */
  isStillSo(number: number): boolean
  /** A file was made. */
  forget(): void
}

function openLists(before: readonly (readonly number[])[], looks: Looks): Lists {
  const all = [...before]
  const numbers = once(() => new Map(all.map((list, number) => [list.join(), number])))
  let still: boolean[] = []
  const looksOf = (number: number): readonly number[] => all[number] ?? []
  return {
    ...{ all, looksOf },
    numberOf(list) {
      const known = numbers().get(list.join())
      if (known !== undefined) return known
      numbers().set(list.join(), all.length)
      return all.push(list) - 1
    },
    isStillSo: (number) => (still[number] ??= looksOf(number).every(looks.isStillSo)),
    forget() {
      still = []
    },
  }
}

function pathIn(look: Look): string {
  return look.slice(0, look.indexOf('\n'))
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
