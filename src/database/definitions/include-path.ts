/**
 * Where a file of a `dbLoadDatabase` call or of an `include` statement may be, in order
 * (dbLexRoutines.c, dbOpenFile): a name with a slash is not searched.
 */
export function candidatesOf(name: string, path: readonly string[]): string[] {
  if (name.includes('/')) return [name]
  return path.map((folder) => (folder === '.' ? name : `${folder}/${name}`))
}

/**
 * The folders of a path as `dbLoadDatabase`, `EPICS_DB_INCLUDE_PATH` and the statements `path` and
 * `addpath` write them; an empty one is the current directory.
 */
export function foldersOf(path: string): string[] {
  return path.split(':').map((folder) => (folder === '' ? '.' : folder))
}
