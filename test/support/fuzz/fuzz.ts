import { processorTime } from '../processor-time.ts'
import { type Random, randomOf } from './random.ts'

/** A parser under test: makes an input and reads it. */
export interface Target {
  readonly name: string
  /** In place of the common bound, where one input is many: a script that loads itself. */
  readonly bound?: number
  /** Makes the input number `seed`, the same each time, as text for people, and a run that reads it. */
  make(random: Random): { readonly input: string; run(): void }
}

export interface FuzzOptions {
  readonly targets: readonly Target[]
  /** How many inputs in all; the targets take turns. */
  readonly count: number
  /** Input `n` is made from `seed + n`, so each can be made again alone. */
  readonly seed: number
  /** The most milliseconds of processor time an input may take. */
  readonly bound: number
  /** Told before each input is read, so that somebody else can tell which one never ended. */
  onInput?(seed: number, target: string): void
}

/** An input that made a parser throw or took too long. */
export interface Failure {
  readonly target: string
  readonly seed: number
  readonly input: string
  readonly problem: string
}

/** Most failures have few causes: no more than these are kept. */
const mostFailures = 20

/** Feeds the targets; nothing may throw or take longer than the bound. */
export function fuzz({ targets, count, seed, bound, onInput }: FuzzOptions): Failure[] {
  const failures: Failure[] = []
  for (let number = seed; number < seed + count && failures.length < mostFailures; number++) {
    const target = targets[number % targets.length]
    if (!target) break
    onInput?.(number, target.name)
    const { input, run } = target.make(randomOf(number))
    const problem = problemOf(run, target.bound ?? bound)
    if (problem) failures.push({ target: target.name, seed: number, input, problem })
  }
  return failures
}

function problemOf(run: () => void, bound: number): string | undefined {
  try {
    const first = processorTime(run)
    if (first <= bound) return undefined
    // Memory may have been cleared just then: only what is slow again is slow.
    const second = processorTime(run)
    return second > bound ? `took ${Math.round(Math.min(first, second))} ms` : undefined
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error)
  }
}
