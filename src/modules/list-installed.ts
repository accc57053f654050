import type { ModuleVersion } from '../version/version.ts'
import { isModuleName } from './module-name.ts'
import { moduleTreeOf } from './module-tree.ts'
import type { SearchRoot, Site } from './site.ts'

/** A version in a list of what is installed. */
export interface ListedVersion {
  readonly version: ModuleVersion
  /** In the order of the search; the first one is taken. */
  readonly roots: readonly SearchRoot[]
}

/** All versions of a module, highest first, for lists and completion. Does not look into them. */
export function listInstalled(site: Site, module: string): readonly ListedVersion[] {
  return moduleTreeOf(site)
    .versions(module)
    .map(({ version, places }) => ({ version, roots: places.map(({ root }) => root) }))
}

/** Names of all modules of a site in alphabetical order. Reads whole roots: not for a launch. */
export function listModules({ reader, roots }: Site): readonly string[] {
  const names = roots.flatMap(({ directory }) =>
    (reader.list(directory)?.entries ?? [])
      .filter(({ name, kind }) => kind !== 'file' && isModuleName(name))
      .map(({ name }) => name),
  )
  return [...new Set(names)].sort()
}
