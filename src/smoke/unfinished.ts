import { type Diagnostic, diagnostic } from '../text/diagnostic.ts'

/** What was to be tested and was not: what had to be done before failed, or a signal came. */
export interface Unfinished {
  /** How reports call it. */
  readonly name: string
  /** What was being done: `build`, `starts`. */
  readonly step: string
  readonly diagnostics: readonly Diagnostic[]
}

/** Something that a signal ended. */
export function stoppedBy(
  signal: string,
  { name, step }: Pick<Unfinished, 'name' | 'step'>,
): Unfinished {
  const message = `${name} is not tested: the test was ended by ${signal}`
  const hint = 'run it again; if a time limit of the CI system ended it: raise that'
  return { name, step, diagnostics: [diagnostic('SMOKE_INTERRUPTED', message, { hint })] }
}
