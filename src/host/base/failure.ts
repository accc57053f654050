import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import { reasonOf } from '../errors.ts'

/** Ends an installation at the step that cannot go on; `installBase` turns it into its result. */
export class InstallFailure extends Error {
  readonly diagnostic: Diagnostic

  constructor(reason: Diagnostic) {
    super(reason.message)
    this.diagnostic = reason
  }
}

/** `BASE_WRITE_FAILED`: the place of the embedded bases cannot be written. */
export function cannotWrite(place: string, error: unknown): InstallFailure {
  return cannotWriteBecause(place, reasonOf(error))
}

/** The same where the reason is known in words only. */
export function cannotWriteBecause(place: string, reason: string): InstallFailure {
  return new InstallFailure(
    diagnostic('BASE_WRITE_FAILED', `cannot write ${place}: ${reason}`, {
      hint: 'another place: XDG_DATA_HOME=<folder> e3 base install',
    }),
  )
}

/** Runs a step that writes files and gives its system errors a name. */
export async function writing<T>(place: string, step: () => T | Promise<T>): Promise<T> {
  try {
    return await step()
  } catch (error) {
    throw error instanceof InstallFailure ? error : cannotWrite(place, error)
  }
}
