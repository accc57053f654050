import { join, relative } from 'node:path'
import { driverInputs } from '../../build/recipe/make-variables.ts'
import { readModuleYaml } from '../../build/recipe/module-yaml.ts'
import type { ModuleRecipe } from '../../build/recipe.ts'
import { isReadable } from '../../startup/source-reader.ts'
import { diagnostic, type Result } from '../../text/diagnostic.ts'
import { BuildFailure } from './failure.ts'
import { type ModuleKind, moduleKind } from './makefile/module-kind.ts'
import { requireFolder, requirePlainPaths } from './makefile/module-make.ts'
import { plainMakefile } from './makefile/plain-makefile.ts'
import { readMakefile } from './makefile/read-makefile.ts'
import { readWrapper } from './makefile/read-wrapper.ts'
import type { BuildSurroundings } from './surroundings.ts'

/** Where a recipe is read, and for whom. */
export interface RecipePlace {
  /** Absolute. */
  readonly folder: string
  /** From there: where everything that is made goes. */
  readonly output: string
  readonly surroundings: BuildSurroundings
  readonly env: Readonly<Record<string, string | undefined>>
  /** RELEASE_DEV and CONFIG_MODULE_DEV of a wrapper count. */
  readonly isDevelopment: boolean
  /** One line about work in progress. */
  progress(line: string): void
}

/** A recipe, and how its owner adds a required module. */
export interface FoundRecipe {
  readonly recipe: ModuleRecipe
  declare(module: string): string
}

/**
 * What kind of module a folder holds.
 *
 * @param find - which kinds count
 *
 * Throws `RECIPE_NOT_FOUND`.
 */
export function requireModule(folder: string, find: typeof moduleKind = moduleKind): ModuleKind {
  const kind = find(folder)
  if (kind) return kind
  const message = `${folder} holds no module: there is no module.yaml in it`
  throw new BuildFailure([
    diagnostic('RECIPE_NOT_FOUND', message, {
      notes: [
        { message: 'nor is it an e3 wrapper, or has a makefile that includes driver.makefile' },
      ],
      hint: 'go to the folder of a module, or name it: e3 build <folder>',
    }),
  ])
}

/**
 * What the module of a folder is made from: its `module.yaml`, e3 wrapper or makefile.
 *
 * Errors: `FILE_UNREADABLE`, those of `readModuleYaml`, `readWrapper` and `readMakefile`.
 * Throws `MAKEFILE_PLACE`.
 */
export async function readRecipe(
  { kind, file }: ModuleKind,
  place: RecipePlace,
): Promise<Result<FoundRecipe | undefined>> {
  if (kind === 'yaml') return readYaml(file, place)
  const { folder, surroundings, isDevelopment } = place
  requirePlainPaths([folder, surroundings.base.directory, requireFolder])
  const output = join(folder, place.output)
  // What an IOC leaves in the environment (TEMPLATES) is nothing that makefiles may add to.
  const env = Object.fromEntries(
    Object.entries(place.env).filter(([name]) => !driverInputs.includes(name)),
  )
  const base = surroundings.base.directory
  const makefile =
    kind === 'wrapper'
      ? await readWrapper({ folder, file, output, base, env, isDevelopment })
      : await plainMakefile(folder, file, place.env)
  const { value, diagnostics } = await readMakefile(makefile, {
    ...place,
    output,
    env,
  })
  const name = relative(folder, makefile.makefile)
  const declare = (module: string): string => `add to ${name}: REQUIRED += ${module}`
  return { value: value && { recipe: value, declare }, diagnostics }
}

function readYaml(path: string, { surroundings }: RecipePlace): Result<FoundRecipe | undefined> {
  const outcome = surroundings.reader.read(path)
  if (!isReadable(outcome)) {
    const message = `cannot read ${path}: ${outcome.reason}`
    const hint = `look at it: ls -l ${path}`
    const found = diagnostic('FILE_UNREADABLE', message, { hint })
    return { value: undefined, diagnostics: [found] }
  }
  const { value, diagnostics } = readModuleYaml(outcome.source, surroundings.arch)
  const declare = (module: string): string => `add to module.yaml: requires: ${module}`
  return { value: value && { recipe: value, declare }, diagnostics }
}
