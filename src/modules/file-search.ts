import type { InstalledVersion } from './module-tree.ts'
import { moduleTreeOf } from './module-tree.ts'
import type { ProvidedFile } from './provided-files.ts'
import type { Site } from './site.ts'

/** A version of a module that has a file. */
export interface FileVersion extends Pick<ProvidedFile, 'kind'> {
  readonly module: string
  readonly version: string
  /** The newest version that can be loaded, if that is another one: it has no such file. */
  readonly newest?: string
}

/** Looks for files in all versions of modules. */
export interface FileSearch {
  /** The version `first` of a module if it has a file of this name, else the newest one that has. */
  inModule(name: string, module: string, first?: string): FileVersion | undefined
  /** Who has it in another version than the newest, as far as the bound allows: that version. */
  inModules(name: string, modules: readonly string[]): readonly FileVersion[]
}

/** How much is looked at. */
export interface FileSearchBound {
  /** The most versions for all names together. */
  readonly versions: number
  /** Whether there is time for another one. */
  mayGoOn(): boolean
}

/**
 * A search through versions that are not the newest. Trees are large and their file systems slow: of
 * a thousand modules with fifty versions each, all questions together look into `versions` of them,
 * into each once. That costs for one version a question whether it is built, another whether it has
 * the folder (`db` or `dbd`, by the kind of the file) and a list of that: three calls, less than
 * twelve with links, levels of PSI and files of all kinds. Versions are taken where a hit is likely:
 * those of modules whose names are in that of the file, all of them, then of the others the second
 * newest, the third newest, and so on.
 */
export function createFileSearch(
  site: Site,
  { versions: most, mayGoOn }: FileSearchBound,
): FileSearch {
  const tree = moduleTreeOf(site)
  const { reader } = site
  const looked = new Map<InstalledVersion, readonly string[]>()

  /** Where the files of a version are; nothing if it cannot be loaded, or is one too many. */
  function levelsOf(version: InstalledVersion): readonly string[] {
    const known = looked.get(version)
    if (known || looked.size >= most || !mayGoOn()) return known ?? []
    const levels = version.places.flatMap((place) => {
      const state = tree.state(place)
      return state.kind === 'usable' ? [state.base, place.directory] : []
    })
    looked.set(version, levels.slice(0, 2))
    return levels.slice(0, 2)
  }

  function hasFile(version: InstalledVersion, name: string, kind: ProvidedFile['kind']): boolean {
    const [base, directory] = levelsOf(version)
    if (base === undefined || directory === undefined) return false
    if (kind === 'snippet') return holds(directory, name)
    const folder = [base, directory].map((level) => `${level}/${kind}`).find(reader.isDirectory)
    return folder !== undefined && holds(folder, name)
  }

  function holds(folder: string, name: string): boolean {
    const entries = reader.list(folder)?.entries ?? []
    return entries.some((one) => one.name === name && (one.kind === 'file' || one.kind === 'link'))
  }

  function found(version: InstalledVersion, kind: ProvidedFile['kind']): FileVersion {
    const { module } = version
    const newest = tree.versions(module).find((one) => levelsOf(one).length > 0)
    const isNewest = newest === undefined || newest === version
    return {
      ...{ module, version: version.version.text, kind },
      ...(!isNewest && { newest: newest.version.text }),
    }
  }

  function inModule(name: string, module: string, first?: string): FileVersion | undefined {
    const kind = kindOf(name)
    const all = tree.versions(module)
    const preferred = all.filter(({ places }) =>
      places.some(({ version }) => version.text === first),
    )
    const version = [...preferred, ...all].find((one) => hasFile(one, name, kind))
    return version && found(version, kind)
  }

  /** One version further of each module, until some have it; the newest is known not to. */
  function inRounds(name: string, modules: readonly string[]): FileVersion[] {
    const kind = kindOf(name)
    const deepest = Math.max(0, ...modules.map((module) => tree.versions(module).length))
    for (let depth = 1; depth < deepest && looked.size < most && mayGoOn(); depth++) {
      const hits = modules.flatMap((module) => {
        const version = tree.versions(module)[depth]
        return version && hasFile(version, name, kind) ? [found(version, kind)] : []
      })
      if (hits.length > 0) return hits
    }
    return []
  }

  return {
    inModule,
    inModules(name, modules) {
      const near = modules.filter((module) => isLike(name, module))
      const hits = near.flatMap((module) => inModule(name, module) ?? [])
      return hits.length > 0 ? hits : inRounds(name, modules)
    },
  }
}

/** Where files of such names lie in modules. */
function kindOf(name: string): ProvidedFile['kind'] {
  if (name.endsWith('.dbd')) return 'dbd'
  return /\.(iocsh|cmd)$/.test(name) ? 'snippet' : 'db'
}

/** `simdevice_heater.template` and the module simdevice, `asynRecord.db` and asyn. */
function isLike(name: string, module: string): boolean {
  return module.length > 2 && name.toLowerCase().includes(module.toLowerCase())
}
