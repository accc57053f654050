import type { Code } from '../../text/codes.ts'
import {
  type Diagnostic,
  type DiagnosticDetails,
  diagnostic,
  hasErrors,
} from '../../text/diagnostic.ts'
import { reasonOf, remedyOf } from '../errors.ts'

/** Ends a build at the step that cannot go on; `buildModule` turns it into its result. */
export class BuildFailure extends Error {
  readonly diagnostics: readonly Diagnostic[]

  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map(({ message }) => message).join('\n'))
    this.diagnostics = diagnostics
  }
}

/** A failure with one message. */
export function buildFailure(
  code: Code,
  message: string,
  details: DiagnosticDetails = {},
): BuildFailure {
  return new BuildFailure([diagnostic(code, message, details)])
}

/** The value of a reading that has no errors; else the build ends. What was found is collected. */
export function accepted<T>(
  {
    value,
    diagnostics,
  }: { readonly value: T | undefined; readonly diagnostics: readonly Diagnostic[] },
  into: Diagnostic[],
): T {
  into.push(...diagnostics)
  if (value === undefined || hasErrors(diagnostics)) throw new BuildFailure([])
  return value
}

/** `FILE_UNWRITABLE`: a folder or file cannot be written. */
export function unwritable(place: string, error: unknown): BuildFailure {
  const hint = remedyOf(error, 'build in a copy of the folder that you may write to')
  return buildFailure('FILE_UNWRITABLE', `cannot write ${place}: ${reasonOf(error)}`, { hint })
}
