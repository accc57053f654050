import type { Diagnostic } from '../../text/diagnostic.ts'
import type { ResolvedModule } from '../resolution.ts'
import { type DriftQuestion, lockDrift } from './drift.ts'
import type { BaseIdentity, ModuleLock } from './lock.ts'
import type { LockPins } from './pins.ts'

/** A lock as a start obeys it. */
export interface LockInForce extends LockPins {
  /** The file, as it is shown. */
  readonly name: string
  /** What is not as it was locked, for the modules that are loaded. */
  drift(modules: readonly ResolvedModule[]): readonly Diagnostic[]
}

/** What a lock is compared with. */
export interface LockSurroundings {
  /** Absent where there is none: then nothing is said about it. */
  readonly base: BaseIdentity | undefined
  /** SHA-256 of a file, nothing if it cannot be read. */
  readonly hashOf: DriftQuestion['hashOf']
  /** What is written behind `e3 lock` to get this lock: `st.cmd`. */
  readonly words: string
}

export function lockInForce(
  lock: ModuleLock,
  { base, hashOf, words }: LockSurroundings,
): LockInForce {
  const command = `e3 lock ${words}`
  const unlock = (modules: readonly string[]) =>
    `e3 lock ${modules.map((name) => `--update ${name}`).join(' ')} ${words}`
  return {
    ...{ name: lock.source.name, modules: lock.modules, unlock },
    drift: (modules) => lockDrift({ lock, base, modules, hashOf, command, unlock }),
  }
}
