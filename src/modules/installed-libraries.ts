import { listModules } from './list-installed.ts'
import { moduleTreeOf } from './module-tree.ts'
import type { Site } from './site.ts'

/** The library of a version of a module. */
export interface ModuleLibrary {
  readonly module: string
  readonly version: string
  readonly path: string
}

/**
 * The libraries of all modules of a site, each of the newest version that can be loaded, found as
 * they are asked for. Reads whole trees: only to help with a mistake.
 */
export function* installedLibraries(site: Site): Generator<ModuleLibrary> {
  const tree = moduleTreeOf(site)
  for (const module of listModules(site)) {
    for (const { version, places } of tree.versions(module)) {
      const states = places.map((place) => tree.state(place))
      const usable = states.find((state) => state.kind === 'usable')
      if (!usable) continue
      const path = `${usable.archDirectory}/lib${module}.so`
      if (site.reader.isFile(path)) yield { module, version: version.text, path }
      break
    }
  }
}
