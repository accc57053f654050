import { baseName, directoryOf } from '../text/paths.ts'
import type { TemplateFiles } from './files.ts'

/** Where `expand` and `include` of a file look for names. Folders are absolute, not normalised. */
export interface SearchPlace {
  /** Of the file that holds the statement. */
  readonly folder: string
  readonly list: readonly string[]
}

/** Outside of all files. */
export interface SearchRoots {
  /** Absolute working directory. */
  readonly cwd: string
  /** `EPICS_DB_INCLUDE_PATH`, if it is set. */
  readonly includePath: string | undefined
}

/**
 * The search list of a file (hierarchy-and-macros.md 1.5): that of the file which includes it, then
 * `EPICS_DB_INCLUDE_PATH`, then its own folder. VisualDCT leaves the own folder out once the variable
 * is set, even if it is empty; here it only comes last.
 */
export function searchPlace(
  folder: string,
  { cwd, includePath = '' }: SearchRoots,
  inherited: readonly string[] = [],
): SearchPlace {
  const entries = includePath === '' ? [] : includePath.split(':')
  const fromVariable = entries.map((entry) => (entry === '.' ? cwd : below(cwd, entry)))
  return { folder, list: [...new Set([...inherited, ...fromVariable, folder])] }
}

/** `path` replaces the list, `addpath` puts entries behind it. */
export function withPath(
  place: SearchPlace,
  { keyword, value }: { readonly keyword: string; readonly value: string },
  { cwd }: SearchRoots,
): SearchPlace {
  const folders = value
    .split(':')
    .map((entry) =>
      entry === '' || entry === '.'
        ? place.folder
        : below(entry.startsWith('.') ? place.folder : cwd, entry),
    )
  return { ...place, list: keyword === 'path' ? folders : [...place.list, ...folders] }
}

/** The paths where a name may be found, best first. */
export function candidatesOf(name: string, { folder, list }: SearchPlace): string[] {
  if (name.startsWith('/')) return [name]
  const own = name.includes('/') ? [folder] : []
  return [...new Set([...own, ...list])].map((one) => below(one, name))
}

/**
 * What a file is known by: links to it in other folders are other files, for names in them are
 * looked for there; other ways into the same folder are not.
 */
export function identityOf(path: string, files: TemplateFiles): string {
  return below(files.realPath(directoryOf(path)), baseName(path))
}

function below(folder: string, path: string): string {
  if (path === '') return folder
  if (path.startsWith('/')) return path
  return folder === '/' ? `/${path}` : `${folder}/${path}`
}
