import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { builtArchitectures } from '../../modules/architectures.ts'
import type { ModuleTreeReader } from '../../modules/tree-reader.ts'
import type { VersionPlace } from '../../modules/version-place.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import { abandonedStagings } from '../staging.ts'
import { modesIn } from './copy-files.ts'
import { treeUnreadable, treeUnwritable } from './failure.ts'
import { repairLinks } from './links.ts'
import { sweepModule } from './staging.ts'
import { removeIfEmpty } from './uninstall.ts'
import { metasOf } from './verify-files.ts'

/** What was put right, a line each, and what could not be. */
export interface Repairs {
  readonly done: readonly string[]
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * `TREE_LEFTOVER`: what killed installations left in the folder of a module, or a folder with nothing.
 * `FILE_UNREADABLE` if nobody can tell.
 */
export function leftovers(moduleFolder: string): Diagnostic[] {
  try {
    if (readdirSync(moduleFolder).length === 0) return [leftover(`${moduleFolder} is empty`)]
    return abandonedStagings(moduleFolder).map((path) =>
      leftover(`${path} was left by an installation that was killed`),
    )
  } catch (error) {
    return [treeUnreadable(moduleFolder, error)]
  }
}

function leftover(message: string): Diagnostic {
  return diagnostic('TREE_LEFTOVER', message, { hint: 'e3 tree verify --repair' })
}

/** Removes leftovers of a module; a version that was on its way out comes back. */
export function repairFolder(moduleFolder: string): Repairs {
  try {
    const found = leftovers(moduleFolder)
    sweepModule(moduleFolder)
    removeIfEmpty(moduleFolder)
    const left = existsSync(moduleFolder) ? leftovers(moduleFolder) : []
    const done = found.length > left.length ? [`cleared up ${moduleFolder}`] : []
    return { done, diagnostics: [] }
  } catch (error) {
    return { done: [], diagnostics: [treeUnwritable(moduleFolder, error)] }
  }
}

/** Puts links right that were broken by copying or moving the tree; the others stay as they are. */
export function repairPlaceLinks(place: VersionPlace): Repairs {
  try {
    return { done: repairLinks(place), diagnostics: [] }
  } catch (error) {
    return { done: [], diagnostics: [treeUnwritable(place.directory, error)] }
  }
}

/** Writes `.dep` files that are missing, from what the build says about its dependencies. */
export function repairDependencies(place: VersionPlace, reader: ModuleTreeReader): Repairs {
  const { module, directory } = place
  const done: string[] = []
  try {
    const metas = metasOf(place).value
    for (const { architecture, archDirectory } of builtArchitectures(reader, directory)) {
      const path = join(archDirectory, `${module}.dep`)
      const meta = metas.find(({ arch }) => arch === architecture)
      if (existsSync(path) || !meta?.requires) continue
      const lines = [...meta.requires].map(([name, version]) => `${name} ${version}\n`).sort()
      const text = ['# Generated file. Do not edit.\n', ...lines].join('')
      writeFileSync(path, text, { mode: modesIn(archDirectory).file, flag: 'wx' })
      done.push(`wrote ${basename(path)} of ${directory}`)
    }
    return { done, diagnostics: [] }
  } catch (error) {
    return { done, diagnostics: [treeUnwritable(directory, error)] }
  }
}
