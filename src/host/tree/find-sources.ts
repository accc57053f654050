import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readModuleYaml } from '../../build/recipe/module-yaml.ts'
import type { SourceOrigin } from '../../modules/meta.ts'
import type { RebuildStep } from '../../modules/rebuild-plan.ts'
import { run } from '../base/run.ts'
import { moduleKind } from '../build/makefile/module-kind.ts'
import { isDirectory } from '../is-directory.ts'
import { namesIn } from '../list-directory.ts'
import { metasOf } from './verify-files.ts'

/** Where the sources of a module are. */
export type SourcePlace =
  | { readonly kind: 'folder'; readonly folder: string }
  | {
      readonly kind: 'repository'
      readonly url: string
      readonly commit: string
      /** Of the module in the repository; empty at its top. */
      readonly folder: string
    }
  | { readonly kind: 'unknown'; readonly reason: string }

/**
 * The sources of the version that a step follows: a folder of the module's name below `sources`
 * (also `e3-<module>`, as wrappers are called), else what the build says about itself.
 */
export function sourcesOf(step: RebuildStep, sources: string | undefined): SourcePlace {
  if (sources !== undefined) return folderIn(sources, step)
  const source = metasOf(step.place).value.flatMap((meta) => meta.source ?? [])[0]
  return repositoryOf(source)
}

function folderIn(sources: string, { module, from }: RebuildStep): SourcePlace {
  if (!isDirectory(sources)) return { kind: 'unknown', reason: `there is no directory ${sources}` }
  const names = namesIn(sources)
  const folders = [module, `e3-${module}`]
    .filter((one) => names.includes(one))
    .map((one) => join(sources, one))
  const [first] = folders
  if (first === undefined) {
    return { kind: 'unknown', reason: `${sources} has no folder ${module} or e3-${module}` }
  }
  const folder = folders.find((one) => moduleKind(one))
  if (folder === undefined) return { kind: 'unknown', reason: `${first} holds no module` }
  const version = versionNamedIn(folder)
  if (version === undefined || releaseOf(version) === releaseOf(from.text)) {
    return { kind: 'folder', folder }
  }
  return { kind: 'unknown', reason: `${folder} holds version ${version}` }
}

/** Of a `module.yaml`; what makefiles name is known when they are built. */
function versionNamedIn(folder: string): string | undefined {
  const kind = moduleKind(folder)
  if (kind?.kind !== 'yaml') return undefined
  try {
    const text = readFileSync(kind.file, 'utf8')
    return readModuleYaml({ name: kind.file, text }, '').value?.version.text
  } catch {
    return undefined
  }
}

function releaseOf(version: string): string {
  return version.replace(/\+\d+$/, '')
}

function repositoryOf(source: SourceOrigin | undefined): SourcePlace {
  const { url, commit, folder = '', dirty = false } = source ?? {}
  if (url === undefined || commit === undefined) {
    return { kind: 'unknown', reason: whatIsMissing(source) }
  }
  if (dirty) return { kind: 'unknown', reason: `it was built with changes that ${commit} has not` }
  // A word that begins with a dash would be an option of git, `ext::` runs a program.
  if (!/^(https?:|ssh:|git:|file:|\/|[\w.-]+@)/.test(url) || !/^[0-9a-f]{7,64}$/.test(commit)) {
    return { kind: 'unknown', reason: `"${url}" at "${commit}" is no repository` }
  }
  if (folder.startsWith('/') || folder.split('/').includes('..')) {
    return { kind: 'unknown', reason: `"${folder}" is no folder of a repository` }
  }
  return { kind: 'repository', url, commit, folder }
}

/** A commit alone is one of any repository. */
function whatIsMissing(source: SourceOrigin | undefined): string {
  const { url, commit } = source ?? {}
  if (commit !== undefined) {
    return `it was built at commit ${commit} of a git repository without a remote "origin"`
  }
  return url === undefined
    ? 'it was not built in a git repository'
    : `its build names ${url}, but no commit`
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
