import { join, resolve } from 'node:path'
import type { ModuleRecipe } from '../../build/recipe.ts'
import type { Diagnostic, Result } from '../../text/diagnostic.ts'
import { accepted, BuildFailure } from './failure.ts'
import { makefileKind } from './makefile/module-kind.ts'
import { releaseBase } from './makefile/release-base.ts'
import { openOutput } from './open-output.ts'
import { readRecipe, requireModule } from './read-recipe.ts'
import { type BuildRequest, findSurroundings } from './surroundings.ts'
import { requireArchitecture } from './toolchain.ts'
import { withoutCopies } from './without-copies.ts'

/** What is to be read. */
export interface ImportRequest extends BuildRequest {
  /** Of a wrapper: RELEASE_DEV and CONFIG_MODULE_DEV count. */
  readonly isDevelopment: boolean
}

/**
 * The recipe of a module, read as for a build; files that no rule or patch has changed are those of
 * its folder, not of the copy.
 *
 * Errors: those of `findSurroundings` and `readRecipe`; `BUILD_BUSY`, `FILE_UNWRITABLE`,
 * `RECIPE_NOT_FOUND`, `BASE_ARCH_MISSING`.
 */
export async function importWrapper(
  request: ImportRequest,
): Promise<Result<ModuleRecipe | undefined>> {
  const { cwd, env, isDevelopment } = request
  const diagnostics: Diagnostic[] = []
  try {
    const folder = resolve(cwd, request.folder)
    // The shell has made an empty module.yaml by now if that is where the output goes.
    const kind = requireModule(folder, makefileKind)
    const release = await releaseBase(kind, env, isDevelopment)
    const surroundings = accepted(findSurroundings({ ...request, release }), diagnostics)
    requireArchitecture(surroundings)
    const output = `.e3/${surroundings.arch}`
    const close = openOutput(folder, join(folder, output))
    try {
      const place = { folder, output, surroundings, env, isDevelopment, progress: () => {} }
      const { recipe } = accepted(await readRecipe(kind, place), diagnostics)
      return { value: withoutCopies(folder, recipe), diagnostics }
    } finally {
      close()
    }
  } catch (error) {
    if (!(error instanceof BuildFailure)) throw error
    return { value: undefined, diagnostics: [...diagnostics, ...error.diagnostics] }
  }
}
