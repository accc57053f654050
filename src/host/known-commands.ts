import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { askedSteps, type CommandStep } from '../check/commands/steps.ts'
import { type CommandTable, staticCommandTable } from '../check/commands/table.ts'
import type { LaunchBase } from '../startup/survey.ts'
import { type CommandCache, openCommandCache } from './command-cache.ts'

/** Which IOC is asked for its commands. */
export interface CommandQuestion {
  readonly base: Pick<LaunchBase, 'executable' | 'dbd' | 'libraryDirectory'>
  readonly steps: readonly CommandStep[]
  /** Working directory of the IOC, where included dbd files are looked up. */
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Seconds; default 20. */
  readonly timeout?: number
}

/**
 * The commands of an IOC without starting one: what an earlier check was told, else the commands of
 * base that are known without asking.
 */
export function knownCommands(question: CommandQuestion): CommandTable {
  const steps = askedSteps(question.steps)
  return cacheOf({ ...question, steps }).read() ?? staticCommandTable()
}

/** Where the answer to a question is kept. */
export function cacheOf({ base, steps, env }: CommandQuestion): CommandCache {
  const libraries = librariesOf(base.libraryDirectory)
  return openCommandCache(env, {
    files: [base.executable.path, base.dbd, ...libraries, ...steps.flatMap(({ files }) => files)],
    lines: steps.flatMap(({ lines }) => ['', ...lines]),
  })
}

/** The libraries of a base, by the names that programs are linked with. */
export function librariesOf(directory: string): string[] {
  try {
    const names = readdirSync(directory).sort()
    return names.filter((name) => name.endsWith('.so')).map((name) => join(directory, name))
  } catch {
    return []
  }
}
