import type { PrintedMessages } from '../host/remembered-plans.ts'
import type { FileFormats } from '../startup/walk-types.ts'
import type { Checker } from './iocsh/checker.ts'
import { iocsh, type ReadyStart, type Surroundings } from './iocsh/iocsh.ts'
import { streamContext } from './iocsh/stream-context.ts'
import type { openLock } from './lock/open-lock.ts'

/** Programs of dist/: see scripts/lib/start-cached.cjs. */
declare const require: (file: string) => {
  readonly checkLaunch: Checker
  readonly fileFormats: FileFormats
  readonly openLock: typeof openLock
}

/** What `dist/iocsh-plan.bundle.js` is loaded for: plans a start, and prints what is to be said. */
export type PlanStart = (
  words: readonly string[],
  surroundings: Omit<Surroundings, 'checker' | 'formats' | 'locks'>,
) => Promise<PlannedStart>

export interface PlannedStart {
  readonly start: ReadyStart | undefined
  /** What was said about it. */
  readonly messages: PrintedMessages | undefined
}

export const planStart: PlanStart = async (words, surroundings) => {
  const result = iocsh(words, {
    ...surroundings,
    // Half as much code again: read only if there is something to check.
    checker: () => require('./iocsh-check').checkLaunch,
    formats: () => require('./iocsh-check').fileFormats,
    locks: () => require('./iocsh-lock').openLock,
  })
  const context = streamContext(result.commandLine, surroundings)
  await context.finish(result)
  return { start: result.start, messages: context.printed() }
}
