import type { ModuleMeta } from '../../build/module-texts.ts'
import type { ModuleRecipe } from '../../build/recipe.ts'
import type { Toolchain } from '../../build/toolchain.ts'
import { askProgram } from '../ask-program.ts'
import { sourceStates } from './source-state.ts'

/** What a module is made from and with, as its meta file tells it. */
export type BuildTools = Pick<ModuleMeta, 'source' | 'upstream' | 'compiler'>

interface ToolsInput {
  readonly toolchain: Toolchain
  readonly env: Readonly<Record<string, string | undefined>>
}

/** Asks git and the compiler; never fails: what does not answer is left out. */
export async function describeTools(
  folder: string,
  recipe: ModuleRecipe,
  { toolchain, env }: ToolsInput,
): Promise<BuildTools> {
  const [sources, compiler] = await Promise.all([
    sourceStates(folder, recipe, env),
    compilerVersion(toolchain, env),
  ])
  return { ...sources, compiler }
}

async function compilerVersion({ cxx }: Toolchain, env: ToolsInput['env']): Promise<string> {
  const [program = '', ...words] = cxx
  const question = { env: { ...env, LC_ALL: 'C' } }
  const { stdout } = await askProgram([program, ...words, '--version'], question)
  return stdout.split('\n')[0] ?? ''
}
