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
  TOOL_NOT_FOUND: 'error',
  VALUE_NOT_WRITABLE: 'error',

  MODULE_PATH_NOT_FOUND: 'error',

  // Files
  FILE_NOT_FOUND: 'error',
  FILE_TYPE: 'error',
  FILE_UNREADABLE: 'error',
  FILE_UNWRITABLE: 'error',
  LINE_END_CRLF: 'info',
  LINE_END_MISSING: 'info',
  NOTHING_FOUND: 'error',

  // Checking without starting
  CHECK_WITHOUT_BASE: 'info',
  CHECK_WITHOUT_MODULES: 'info',
  FIX_FAILED: 'error',
  TEMPLATE_MACROS: 'info',
  TEMPLATE_OTHER: 'info',

  // IOC
  IOC_NAME: 'error',
  MODULE_CHOSEN: 'info',
  MODULE_NAME_CUT: 'warning',

  // Module tree and resolution
  DBD_WITHOUT_LIBRARY: 'warning',
  DEP_FILE_MISSING: 'warning',
  DEP_FILE_UNREADABLE: 'error',
  DEP_LINE_MALFORMED: 'error',
  DEPENDENCY_CYCLE: 'error',
  MODULE_ARCH_MISSING: 'error',
  MODULE_NAME_INVALID: 'error',
  MODULE_NOT_FOUND: 'error',
  REQUIRE_MACROS_IGNORED: 'warning',
  REQUIRE_MALFORMED: 'error',
  REQUIRE_NOT_FOUND: 'error',
  REQUIRE_SKIPPED: 'info',
  RESOLUTION_LIMIT: 'error',
  VERSION_CONFLICT: 'error',
  VERSION_DUPLICATE: 'warning',
  VERSION_HELD_BACK: 'info',
  VERSION_INVALID: 'error',
  VERSION_LINK_WRONG: 'error',
  VERSION_TEST_CHOSEN: 'warning',
  VERSION_UNCLEAR: 'warning',

  // Locks
  LOCK_BASE: 'error',
  LOCK_FILES: 'error',
  LOCK_IGNORED: 'info',
  LOCK_INVALID: 'error',
  LOCK_MODULE: 'error',
  LOCK_NEWER: 'info',
  LOCK_NOT_FOUND: 'error',
  LOCK_UNUSED: 'warning',
  LOCK_UNWRITABLE: 'error',

  // Changes of a module tree
  META_INVALID: 'error',
  MODULE_IN_USE: 'error',
  MODULE_NOT_BUILT: 'error',
  REBUILD_INCOMPLETE: 'error',
  REBUILD_LEFT_OUT: 'info',
  REBUILD_SOURCES: 'error',
  STAGE_DAMAGED: 'error',
  STAGE_DIFFERS: 'error',
  STAGE_INVALID: 'error',
  TREE_FILES_DIFFER: 'error',
  TREE_LEFTOVER: 'warning',
  TREE_UNKNOWN: 'error',
  TREE_UNWRITABLE: 'error',
  VERSION_INSTALLED: 'error',
  VERSION_REPLACED: 'info',

  // Startup script
  AFTER_INIT_EMPTY: 'error',
  AFTER_INIT_TOO_LATE: 'error',
  AFTER_INIT_UNUSED: 'warning',
  DIRECTORY_NOT_FOUND: 'error',
  IOC_INIT_TWICE: 'warning',
  LIBRARY_TWICE: 'error',
  MACRO_CUT: 'warning',
  MACRO_RECURSIVE: 'error',
  MACRO_UNDEFINED: 'error',
  PATH_NOT_WRITABLE: 'error',
  REQUIRE_AFTER_INIT: 'error',
  REQUIRE_UNKNOWN: 'error',
  SCRIPT_LOOP: 'error',
  SCRIPT_UNSETTLED: 'error',
  SHELL_SYNTAX: 'error',
  SHELL_USAGE: 'warning',

  // Macros, beside those that are undefined
  MACRO_EMPTY: 'info',
  MACRO_NEAR_MISS: 'warning',
  MACRO_QUOTED: 'warning',
  MACRO_REMOVED: 'warning',
  MACRO_SHADOWED: 'info',
  MACRO_UNUSED: 'info',

  // Commands of startup scripts
  ARGUMENT_EXTRA: 'warning',
  ARGUMENT_MISSING: 'error',
  ARGUMENT_TYPE: 'error',
  COMMAND_BEFORE_MODULE: 'error',
  COMMAND_TOO_EARLY: 'error',
  COMMAND_TOO_LATE: 'error',
  COMMAND_UNKNOWN: 'error',
  COMMANDS_NOT_ASKED: 'info',
  RECORD_BEFORE_MODULE: 'error',
  VARIABLE_UNKNOWN: 'error',

  // Ports and protocols
  ASYN_LINK: 'error',
  PORT_UNKNOWN: 'warning',
  PROTOCOL_ARGUMENTS: 'error',
  PROTOCOL_NOT_FOUND: 'error',
  PROTOCOL_SYNTAX: 'error',
  PROTOCOL_UNKNOWN: 'error',
  STREAM_LINK: 'error',

  // Run directory
  RUN_DIRECTORY_UNSAFE: 'error',
  RUN_DIRECTORY_UNUSABLE: 'error',

  // Building modules
  BUILD_BUSY: 'error',
  BUILD_FAILED: 'error',
  COMPILE_ERROR: 'error',
  COMPILE_WARNING: 'warning',
  HEADER_SEARCHED: 'warning',
  HEADER_UNDECLARED: 'error',
  INSTALLED_TWICE: 'error',
  MAKEFILE_BASE: 'info',
  MAKEFILE_ERROR: 'error',
  MAKEFILE_EXCLUDES: 'error',
  MAKEFILE_PLACE: 'error',
  MAKEFILE_REQUIRES: 'warning',
  MAKEFILE_RULE: 'error',
  MAKEFILE_VARIABLE: 'warning',
  MAKEFILE_VERSION: 'error',
  PATCH_FAILED: 'error',
  RECIPE_KEY: 'error',
  RECIPE_NOT_FOUND: 'error',
  RECIPE_SYNTAX: 'error',
  RECIPE_VALUE: 'error',
  SOURCES_MISSING: 'error',

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
  DBD_ATTRIBUTE_UNKNOWN: 'warning',
  DBD_INCLUDE_LOOP: 'error',
  DBD_MENU_UNKNOWN: 'error',
  DBD_RECORD_TYPE_INCOMPLETE: 'error',
  DBD_RECORD_TYPE_UNKNOWN: 'error',
  DBD_REDEFINED: 'warning',
  DBD_SYNTAX: 'error',
  DBD_VALUE: 'error',
  DBD_VARIABLE_TYPE: 'error',

  // Substitution files
  SUBSTITUTION_DIALECT: 'warning',
  SUBSTITUTION_EMPTY: 'warning',
  SUBSTITUTION_LIMIT: 'error',
  SUBSTITUTION_ONE_TOOL: 'info',
  SUBSTITUTION_SYNTAX: 'error',
  SUBSTITUTION_VALUES: 'warning',

  // Settings of a site or a repository
  SETTINGS_FILE_NAME: 'warning',
  SETTINGS_KEY: 'error',
  SETTINGS_SYNTAX: 'error',
  SETTINGS_UNSAFE: 'warning',
  SETTINGS_VALUE: 'error',
  SEVERITY_UNUSED: 'info',

  // Rules of a site
  SITE_COMMAND: 'warning',
  SITE_FIELD: 'warning',
  SITE_LENGTH: 'warning',
  SITE_NAME: 'warning',

  // Databases
  ALIAS_CLASH: 'error',
  DB_SYNTAX: 'error',
  DTYP_UNKNOWN: 'error',
  FIELD_FIXED: 'error',
  FIELD_UNKNOWN: 'error',
  INCLUDE_LOOP: 'error',
  INFO_NAME: 'error',
  LINE_CUT: 'error',
  LINK_INVALID: 'error',
  MACRO_UNEXPANDED: 'error',
  RECORD_NAME: 'error',
  RECORD_NOT_FOUND: 'error',
  RECORD_TYPE_CONFLICT: 'error',
  RECORD_TYPE_UNKNOWN: 'error',
  VALUE_CALC: 'error',
  VALUE_CHOICE: 'error',
  VALUE_LONG: 'error',
  VALUE_NUMBER: 'error',
  VALUE_RANGE: 'warning',

  // Hierarchical databases
  FLAT_FILE_OUTDATED: 'error',
  GRAPH_LIMIT: 'info',
  HIERARCHY_EXPAND_LOOP: 'error',
  HIERARCHY_LIMIT: 'error',
  HIERARCHY_LOOP: 'error',
  HIERARCHY_PORT: 'error',
  HIERARCHY_SYNTAX: 'error',
  HIERARCHY_TWICE: 'warning',

  // Records and their links
  GROUP_CHANNEL: 'error',
  GROUP_KEY: 'warning',
  GROUP_MEMBER: 'warning',
  GROUP_NAME: 'error',
  GROUP_SYNTAX: 'error',
  GROUP_TRIGGER: 'error',
  GROUP_VALUE: 'error',
  LINK_DEVICE: 'error',
  LINK_ELSEWHERE: 'info',
  LINK_FIELD: 'warning',
  LINK_FORWARD: 'warning',
  LINK_MODIFIER: 'warning',
  LINK_RECORD: 'warning',
  NEVER_PROCESSED: 'info',
  PROCESS_LOOP: 'info',
  RECORD_IN_TWO_IOCS: 'warning',
  RECORD_TWICE: 'warning',
  SCAN_EVENT: 'info',
  SCAN_INTERRUPT: 'error',

  // Request files of autosave
  REQUEST_CUT: 'warning',
  REQUEST_ELSEWHERE: 'info',
  REQUEST_FIELD: 'warning',
  REQUEST_LINE: 'warning',
  REQUEST_LOOP: 'warning',
  REQUEST_RECORD: 'warning',

  // Access security files
  ACCESS_CALC: 'error',
  ACCESS_GROUP: 'error',
  ACCESS_IGNORED: 'warning',
  ACCESS_INPUT: 'warning',
  ACCESS_RECORD: 'warning',
  ACCESS_SYNTAX: 'error',
  ACCESS_TWICE: 'error',

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

  // Smoke test
  SMOKE_ENDED: 'error',
  SMOKE_ERROR_LINE: 'error',
  SMOKE_NOT_INITIALISED: 'error',
  SMOKE_PV_MISSING: 'error',
  SMOKE_PV_UNREADABLE: 'error',
  SMOKE_PV_VALUE: 'error',
  SMOKE_REPORT_UNWRITABLE: 'error',
  SMOKE_STOP: 'error',
  SMOKE_TIMEOUT: 'error',
} as const satisfies Record<string, Severity>

export type Code = keyof typeof codes
