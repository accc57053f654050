import { checkIoc } from '../../check/check-ioc.ts'
import type { SourceReader } from '../../startup/source-reader.ts'
import type { WalkOutcome } from '../../startup/walk-types.ts'
import type { Diagnostic } from '../../text/diagnostic.ts'

/** What the launcher gives to the check of databases. */
export interface CheckerInput {
  readonly outcome: WalkOutcome
  readonly reader: SourceReader
  /** The dbd file of the base's executable. */
  readonly dbd: string
  /** Only what the IOC would fail on, or lints as well. */
  readonly level: 'errors' | 'all'
}

/** What is wrong with the databases of an IOC. */
export type Checker = (input: CheckerInput) => readonly Diagnostic[]

/** Checks before a start: see `checkIoc`. */
export const checkLaunch: Checker = ({ level, ...input }) => {
  const { diagnostics } = checkIoc({ name: 'this IOC', trustsModules: true, ...input })
  return level === 'all' ? diagnostics : diagnostics.filter(({ severity }) => severity === 'error')
}
