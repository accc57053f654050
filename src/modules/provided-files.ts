import { moduleTreeOf } from './module-tree.ts'
import type { Site } from './site.ts'

/** A file of a module that databases and scripts can name. */
export interface ProvidedFile {
  readonly name: string
  /** Where it lies: `db` is searched once the module is loaded, a snippet is loaded by its path. */
  readonly kind: 'db' | 'dbd' | 'snippet'
}

/** The files that a module brings for others. */
export interface ProvidedFiles {
  readonly module: string
  readonly version: string
  readonly files: readonly ProvidedFile[]
}

/** What the newest usable version of a module brings: databases, protocols, dbd files, snippets. */
export function providedFiles(site: Site, module: string): ProvidedFiles | undefined {
  const { reader } = site
  const namesIn = (directory: string): string[] =>
    (reader.list(directory)?.entries ?? [])
      .filter(({ kind }) => kind === 'file' || kind === 'link')
      .map(({ name }) => name)
  const tree = moduleTreeOf(site)
  for (const version of tree.versions(module)) {
    const usable = tree.usable(version)
    if (!usable) continue
    const { directory } = usable.place
    const levels = [usable.base, directory]
    const folder = (kind: 'db' | 'dbd'): ProvidedFile[] => {
      const path = levels.map((level) => `${level}/${kind}`).find(reader.isDirectory)
      return path === undefined ? [] : namesIn(path).map((name) => ({ name, kind }))
    }
    const snippets = namesIn(directory).filter((name) => /\.(iocsh|cmd)$/.test(name))
    return {
      ...{ module, version: version.version.text },
      files: [
        ...folder('db'),
        ...folder('dbd'),
        ...snippets.map((name): ProvidedFile => ({ name, kind: 'snippet' })),
      ],
    }
  }
  return undefined
}
