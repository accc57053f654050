import { join } from 'node:path'
import type { ModuleMeta, SourceState } from '../../build/module-texts.ts'
import type { ModuleRecipe } from '../../build/recipe.ts'
import { askProgram } from '../ask-program.ts'
import { findProgram } from '../find-program.ts'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * At which commits the repositories of a module are: that of its folder, and that of the sources in
 * an e3 wrapper, which are a submodule or a clone. Nothing is told outside of git or without git.
 */
export async function sourceStates(
  folder: string,
  { upstream }: Pick<ModuleRecipe, 'upstream'>,
  env: Environment,
): Promise<Pick<ModuleMeta, 'source' | 'upstream'>> {
  if (findProgram('git', env['PATH']) === undefined) return { source: {} }
  const [own, other] = await Promise.all([
    stateOf(folder, env),
    upstream && upstream.folder !== '.' ? stateOf(join(folder, upstream.folder), env) : undefined,
  ])
  const { top, ...source } = own
  if (other === undefined || other.top === undefined || other.top === top) return { source }
  const { top: _top, ...state } = other
  return { source, upstream: state }
}

async function stateOf(
  folder: string,
  env: Environment,
): Promise<SourceState & { readonly top?: string | undefined }> {
  const git = async (...words: string[]): Promise<string | undefined> => {
    // Nothing of git's own may be changed: others may be at work in the repository.
    const question = { cwd: folder, env: { ...env, GIT_OPTIONAL_LOCKS: '0' } }
    const { exitCode, stdout } = await askProgram(['git', ...words], question)
    return exitCode === 0 ? stdout.trim() : undefined
  }
  const place = await git('rev-parse', '--show-toplevel', '--show-prefix', 'HEAD')
  const [top, prefix, commit, ...others] = place?.split('\n') ?? []
  // The names of folders may have line ends.
  if (commit === undefined || others.length > 0) return {}
  const [url, changes] = await Promise.all([
    git('remote', 'get-url', 'origin'),
    // Many wrappers tell git to be silent about changes of their submodule. A cell is no source.
    git('status', '--porcelain', '--ignore-submodules=none', '--', '.', ':(exclude)cellMods'),
  ])
  const path = prefix?.replace(/\/$/, '')
  return { top, url, commit, isDirty: changes !== '', ...(path && { folder: path }) }
}
