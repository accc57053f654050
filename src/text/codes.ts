export type Severity = 'error' | 'warning' | 'info'

/**
 * All codes with their usual severity. Closed list: each has a section in
 * `docs/reference/codes.md` and a test that produces it.
 */
export const codes = {
  // Command line
  ARGUMENT_FILE: 'error',
  OPTION_UNKNOWN: 'error',
  OPTION_VALUE: 'error',

  // Files
  FILE_NOT_FOUND: 'error',
  FILE_UNREADABLE: 'error',

  // Run directory
  RUN_DIRECTORY_UNSAFE: 'error',
  RUN_DIRECTORY_UNUSABLE: 'error',
} as const satisfies Record<string, Severity>

export type Code = keyof typeof codes
