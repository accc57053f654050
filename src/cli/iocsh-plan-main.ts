import type { adviseOnFiles } from '../host/definition-providers.ts'
import type { RememberedAnswers } from '../host/remembered-answers.ts'
import type { PrintedMessages } from '../host/remembered-plans.ts'
import type { CheckLibraries } from '../modules/check/library-check.ts'
import type { FileFormats } from '../startup/walk-types.ts'
import type { Checker } from './iocsh/checker.ts'
import { iocsh, type ReadyStart, type Surroundings } from './iocsh/iocsh.ts'
import { rememberContents, rememberLibraries } from './iocsh/remembered-checks.ts'
import type { raisesSeverities } from './iocsh/site-severities.ts'
import { streamContext } from './iocsh/stream-context.ts'
import type { openLock } from './lock/open-lock.ts'

/** Programs of dist/: see scripts/lib/start-cached.cjs. */
declare const require: (file: string) => {
  readonly checkLaunch: Checker
  readonly checkLibraries: CheckLibraries
  readonly fileFormats: FileFormats
  readonly openLock: typeof openLock
  readonly adviseOnFiles: typeof adviseOnFiles
  readonly raisesSeverities: typeof raisesSeverities
}

/** What `dist/iocsh-plan.bundle.js` is loaded for: plans a start, and prints what is to be said. */
export type PlanStart = (
  words: readonly string[],
  surroundings: Omit<
    Surroundings,
    'checker' | 'raisesSeverities' | 'checkLibraries' | 'formats' | 'fileProviders' | 'locks'
  >,
  answers: RememberedAnswers,
) => Promise<PlannedStart>

export interface PlannedStart {
  readonly start: ReadyStart | undefined
  /** What was said about it. */
  readonly messages: PrintedMessages | undefined
}

export const planStart: PlanStart = async (words, surroundings, answers) => {
  const result = iocsh(words, {
    ...surroundings,
    // More code than all else: read only if there is something to check, and it is not known.
    checker: () => rememberContents(answers, () => require('./iocsh-check').checkLaunch),
    raisesSeverities: (place) => require('./iocsh-settings').raisesSeverities(place),
    checkLibraries: rememberLibraries(answers, () => require('./iocsh-libraries').checkLibraries),
    formats: () => require('./iocsh-formats').fileFormats,
    fileProviders: () => require('./iocsh-providers').adviseOnFiles,
    locks: () => require('./iocsh-lock').openLock,
  })
  const context = streamContext(result.commandLine, surroundings)
  await context.finish(result)
  return { start: result.start, messages: context.printed() }
}
