import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { ModuleRecipe } from '../../build/recipe.ts'
import type { Written } from '../../settings/shape.ts'

/**
 * The recipe of a wrapper with its own files in place of their copies, where they are the same byte by
 * byte. A build with patches takes all from the copy, where headers that are patched are found.
 */
export function withoutCopies(folder: string, recipe: ModuleRecipe): ModuleRecipe {
  const { upstream, files, flags, others = [], templateFolders = [] } = recipe
  if (upstream === undefined) return recipe
  const { copy, folder: sources } = upstream
  const own = (path: string): string => {
    if (path !== copy && !path.startsWith(`${copy}/`)) return path
    const original = join(sources, path.slice(copy.length))
    return isSame(join(folder, original), join(folder, path)) ? original : path
  }
  const ownOnes = (list: readonly Written[]): Written[] =>
    list.map((one) => ({ ...one, text: own(one.text) }))
  return {
    ...recipe,
    files: {
      sources: ownOnes(files.sources),
      dbds: ownOnes(files.dbds),
      headers: ownOnes(files.headers),
      templates: ownOnes(files.templates),
      scripts: ownOnes(files.scripts),
      substitutions: ownOnes(files.substitutions),
    },
    flags: { ...flags, includes: ownOnes(flags.includes) },
    others: others.map(({ to, from }) => ({ to, from: own(from) })),
    templateFolders: templateFolders.map(own),
  }
}

/** Folders are the same if both are there. */
function isSame(original: string, copy: string): boolean {
  const [one, other] = [original, copy].map((path) => statSync(path, { throwIfNoEntry: false }))
  if (one?.isDirectory() && other?.isDirectory()) return true
  if (!one?.isFile() || !other?.isFile() || one.size !== other.size) return false
  return readFileSync(original).equals(readFileSync(copy))
}
