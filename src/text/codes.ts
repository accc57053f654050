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

  // IOC
  IOC_NAME: 'error',
  MODULE_NAME_CUT: 'warning',

  // Run directory
  RUN_DIRECTORY_UNSAFE: 'error',
  RUN_DIRECTORY_UNUSABLE: 'error',

  // Shared libraries of modules
  ELF_INVALID: 'error',
  LIBRARY_WRONG_ARCH: 'error',
  LIBRARY_OTHER_BASE: 'error',
  LIBRARY_OTHER_COPY: 'error',
  LIBRARY_NOT_FOUND: 'error',
  LIBRARY_TOO_OLD: 'error',
  LIBRARY_RELEASE_MISMATCH: 'error',
  LIBRARY_RELEASE_UNKNOWN: 'info',
  LIBRARY_SYMBOL_MISSING: 'error',
  DBD_SYMBOL_MISSING: 'error',
  REGISTRATION_IMPOSSIBLE: 'error',

  // Database definitions
  DBD_SYNTAX: 'error',
  DBD_VARIABLE_TYPE: 'error',

  // EPICS base
  BASE_ARCH_MISSING: 'error',
  BASE_BUILD_FAILED: 'error',
  BASE_DOWNLOAD_FAILED: 'error',
  BASE_IN_USE: 'error',
  BASE_NOT_FOUND: 'error',
  BASE_UNUSABLE: 'error',
  BASE_VERSION_INVALID: 'error',
  BASE_WHEEL_INVALID: 'error',
  BASE_WHEEL_NOT_FOUND: 'error',
  BASE_WHEEL_PLATFORM: 'error',
  BASE_WITHOUT_PVA: 'info',
  BASE_WRITE_FAILED: 'error',
  PREREQUISITE_MISSING: 'error',
} as const satisfies Record<string, Severity>

export type Code = keyof typeof codes
