import { basename } from 'node:path'
import { spanOf } from '../../../text/span.ts'
import { askProgram } from '../../ask-program.ts'
import { findProgram } from '../../find-program.ts'
import { type ModuleMakefile, textsOf } from './read-wrapper.ts'

/**
 * A makefile that stands among its sources, as at PSI. driver.makefile: the module is named after the
 * folder; its version is that of a tag of git (`mymodule_1_2_3`, `1.2.3`), else a test version.
 */
export async function plainMakefile(
  folder: string,
  file: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<ModuleMakefile> {
  const texts = textsOf(file, [], folder)
  const at = spanOf(texts[0], 0, 0)
  const version = env['LIBVERSION'] ?? (await taggedVersion(folder, env)) ?? 'test'
  return {
    name: { text: basename(folder).replace(/[-.]/g, '_'), at },
    version: { text: version, at },
    ...{ sources: folder, makefile: file, patches: [], env, texts },
  }
}

async function taggedVersion(
  folder: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string | undefined> {
  if (findProgram('git', env['PATH']) === undefined) return undefined
  const question = ['git', 'describe', '--tags', '--exact-match'] as const
  const { stdout, exitCode } = await askProgram(question, { cwd: folder, env })
  if (exitCode !== 0) return undefined
  const [, major, minor, patch = '0'] = /(\d+)[._](\d+)(?:[._](\d+))?$/.exec(stdout.trim()) ?? []
  return major === undefined ? undefined : `${major}.${minor}.${patch}`
}
