/**
 * Where a file of a `dbLoadDatabase` call or of an `include` statement may be, in order
 * (dbLexRoutines.c, dbOpenFile): a name with a slash is not searched, and no folder is the current one.
 */
export function candidatesOf(name: string, path: readonly string[]): string[] {
  if (name.includes('/') || path.length === 0) return [name]
  return path.map((folder) => (folder === '.' ? name : `${folder}/${name}`))
}

/**
 * The folders of a path as `dbLoadDatabase`, `EPICS_DB_INCLUDE_PATH` and the statements `path` and
 * `addpath` write them (dbStaticLib.c, dbAddPath): blanks around them do not count. Whatever entry is
 * empty, the current directory comes last; a blank before a colon is taken for one.
 */
export function foldersOf(path: string): string[] {
  const entries = path.split(':').map((entry) => entry.trim())
  const folders = entries.filter((entry) => entry !== '')
  const hasEmpty = entries.length > 1 && folders.length < entries.length
  return hasEmpty || /\s:/.test(path) ? [...folders, '.'] : folders
}

/** For messages. */
export function shownPath(path: readonly string[]): string {
  return path.join(', ') || '.'
}
