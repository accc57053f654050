import { join } from 'node:path'
import { readModuleYaml } from '../../build/recipe/module-yaml.ts'
import type { ModuleRecipe } from '../../build/recipe.ts'
import { isReadable, type SourceReader } from '../../startup/source-reader.ts'
import { diagnostic, type Result } from '../../text/diagnostic.ts'

/** Where a recipe is read, and for which architecture. */
export interface RecipePlace {
  /** Absolute. */
  readonly folder: string
  readonly arch: string
  readonly reader: SourceReader
}

/**
 * What the module of a folder is made from.
 *
 * Errors: `RECIPE_NOT_FOUND`, `FILE_UNREADABLE`, those of `readModuleYaml`.
 */
export function readRecipe({
  folder,
  arch,
  reader,
}: RecipePlace): Result<ModuleRecipe | undefined> {
  const path = join(folder, 'module.yaml')
  const outcome = reader.read(path)
  if (isReadable(outcome)) return readModuleYaml(outcome.source, arch)
  const failed = outcome.isMissing
    ? diagnostic('RECIPE_NOT_FOUND', `${folder} holds no module: there is no module.yaml in it`, {
        hint: 'go to the folder of a module, or name it: e3 build <folder>',
      })
    : diagnostic('FILE_UNREADABLE', `cannot read ${path}: ${outcome.reason}`, {
        hint: `look at it: ls -l ${path}`,
      })
  return { value: undefined, diagnostics: [failed] }
}
