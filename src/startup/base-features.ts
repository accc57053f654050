import type { ShellOptions } from '../shell/types.ts'

/** What depends on the version of base in the language of its shell and in its commands. */
export interface ShellFeatures
  extends Required<Pick<ShellOptions, 'continuation' | 'keepsStartupScript' | 'dropsErrors'>> {
  /** The shell knows `on error`. */
  readonly errorMode: boolean
  /** `dbLoadTemplate` searches the substitution file, see `loadTemplate`. */
  readonly searchesSubstitutions: boolean
}

/**
 * `on error` came with 7.0.3.1. Since 7.0.9 `iocshLoad` leaves IOCSH_STARTUP_SCRIPT alone once it is
 * set, and hands errors on (epics-base issue 471); since 7.0.10 a backslash at the end of a line joins
 * the next one, behind a comment, too, and `dbLoadTemplate` takes a path (epics-base pull request 636).
 */
export function shellFeatures({
  version,
}: {
  readonly version: { readonly parts: readonly number[] }
}): ShellFeatures {
  return {
    keepsStartupScript: isAtLeast(version.parts, [7, 0, 9]),
    dropsErrors: !isAtLeast(version.parts, [7, 0, 9]),
    continuation: isAtLeast(version.parts, [7, 0, 10]),
    errorMode: isAtLeast(version.parts, [7, 0, 3, 1]),
    searchesSubstitutions: isAtLeast(version.parts, [7, 0, 10]),
  }
}

function isAtLeast(parts: readonly number[], wanted: readonly number[]): boolean {
  const differs = wanted.findIndex((part, index) => part !== parts[index])
  return differs < 0 || (parts[differs] ?? 0) > (wanted[differs] ?? 0)
}
