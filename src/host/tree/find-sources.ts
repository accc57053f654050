import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { SourceOrigin } from '../../modules/meta.ts'
import type { RebuildStep } from '../../modules/rebuild-plan.ts'
import { run } from '../base/run.ts'
import { metasOf } from './verify-files.ts'

/** Where the sources of a module are. */
export type SourcePlace =
  | { readonly kind: 'folder'; readonly folder: string }
  | { readonly kind: 'repository'; readonly url: string; readonly commit: string }
  | { readonly kind: 'unknown'; readonly reason: string }

/**
 * The sources of the version that a step follows: a folder of the module's name below `sources`
 * (also `e3-<module>`, as wrappers are called), else what the build says about itself.
 */
export function sourcesOf(
  { module, place }: RebuildStep,
  sources: string | undefined,
): SourcePlace {
  if (sources !== undefined) {
    const names = existsSync(sources) ? readdirSync(sources) : []
    const name = [module, `e3-${module}`].find((one) => names.includes(one))
    if (name) return { kind: 'folder', folder: join(sources, name) }
    return { kind: 'unknown', reason: `${sources} has no folder ${module} or e3-${module}` }
  }
  const source = metasOf(place).value.flatMap((meta) => meta.source ?? [])[0]
  return repositoryOf(source)
}

function repositoryOf(source: SourceOrigin | undefined): SourcePlace {
  const { url, commit, dirty = false } = source ?? {}
  if (url === undefined || commit === undefined) {
    return { kind: 'unknown', reason: 'its build does not say where its sources are' }
  }
  if (dirty) return { kind: 'unknown', reason: `it was built with changes that ${commit} has not` }
  // A word that begins with a dash would be an option of git, `ext::` runs a program.
  if (!/^(https?:|ssh:|git:|file:|\/|[\w.-]+@)/.test(url) || !/^[0-9a-f]{7,64}$/.test(commit)) {
    return { kind: 'unknown', reason: `"${url}" at "${commit}" is no repository` }
  }
  return { kind: 'repository', url, commit }
}

/** Gets a commit of a repository into a new folder; returns what git said if it could not. */
export async function checkOut(
  { url, commit }: { readonly url: string; readonly commit: string },
  folder: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string | undefined> {
  const quiet = { ...env, GIT_TERMINAL_PROMPT: '0' }
  const commands: (readonly [string, ...string[]])[] = [
    ['git', 'clone', '--quiet', '--no-checkout', '--', url, folder],
    ['git', '-C', folder, 'checkout', '--quiet', '--detach', commit],
    ['git', '-C', folder, 'submodule', '--quiet', 'update', '--init', '--recursive'],
  ]
  for (const command of commands) {
    const { exitCode, stderr } = await run(command, { env: quiet })
    if (exitCode !== 0) return stderr.trim().split('\n').at(-1) || 'git cannot be run'
  }
  return undefined
}
