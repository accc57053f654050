import { join } from 'node:path'
import type { SearchRoot } from '../modules/site.ts'
import type { ModuleTreeReader } from '../modules/tree-reader.ts'

/**
 * Module trees near those that are searched: of other bases and releases of require at the same
 * site (`<top>/base-<v>/require/<v>/siteMods`, e3.md 2.2), and cell modules in the working directory
 * (`cellMods/base-<v>/require-<v>`, or modules right below `cellMods`). They are not searched for a
 * start; where a module is missing, it helps to know that it is there.
 */
export function neighbourRoots(
  roots: readonly SearchRoot[],
  { cwd, reader }: { cwd: string; reader: ModuleTreeReader },
): SearchRoot[] {
  const tops = new Set(roots.flatMap(({ directory }) => siteTop(directory) ?? []))
  const cells = join(cwd, 'cellMods')
  const candidates = [
    ...[...tops].flatMap((top) =>
      below(reader, top, [/^base-/, /^require$/, /./, /^(site|cell)Mods$/]),
    ),
    ...below(reader, cells, [/^base-/, /^require-/]),
    ...(reader.isDirectory(cells) ? [cells] : []),
  ]
  const searched = new Set(roots.map(({ directory }) => directory))
  return candidates
    .filter((directory) => !searched.has(directory))
    .map((directory) => ({ directory, origin: 'not searched' }))
}

/** The directory that holds the bases of a site, if the root lies in such a tree. */
function siteTop(directory: string): string | undefined {
  return /^(.*)\/base-[^/]+\/require\/[^/]+\/(site|cell)Mods$/.exec(directory)?.[1]
}

/** Directories whose path below the top matches level by level. */
function below(reader: ModuleTreeReader, top: string, levels: readonly RegExp[]): string[] {
  return levels.reduce(
    (directories: string[], level) =>
      directories.flatMap((directory) =>
        (reader.list(directory)?.entries ?? [])
          .filter(({ name, kind }) => kind !== 'file' && level.test(name))
          .map(({ name }) => join(directory, name))
          .filter((path) => reader.isDirectory(path)),
      ),
    [top],
  )
}
