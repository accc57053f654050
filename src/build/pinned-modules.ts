import type { ResolvedModule } from '../modules/resolution.ts'
import type { PinnedModule } from './module-texts.ts'
import type { ModuleRecipe } from './recipe.ts'

/**
 * The modules that a build depends on from now on, for its `.dep` file (driver.makefile: those with
 * headers that a compiler read, and those in REQUIRED). What these need in turn is in their own.
 *
 * @param modules - all that were there for the build
 * @param read - absolute paths of the files that compilers read; asked only if there are modules
 */
export function pinnedModules(
  { requires, ifUsed }: Pick<ModuleRecipe, 'requires' | 'ifUsed'>,
  modules: readonly ResolvedModule[],
  read: () => Iterable<string>,
): PinnedModule[] {
  if (modules.length === 0) return []
  const asked = new Set(requires.map(({ module }) => module).filter((one) => !ifUsed?.has(one)))
  const paths = [...read()]
  return modules
    .filter(
      ({ name, directory }) =>
        asked.has(name) || paths.some((path) => path.startsWith(`${directory}/`)),
    )
    .map(({ name, version }) => ({ name, version: version.text }))
}
