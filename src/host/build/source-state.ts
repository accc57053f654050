import type { SourceState } from '../../build/module-texts.ts'
import { findProgram } from '../find-program.ts'

/** Which commit of which repository a folder is at; nothing outside of git or without git. */
export async function readSourceState(
  folder: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<SourceState> {
  if (findProgram('git', env['PATH']) === undefined) return {}
  const { execa } = await import('execa')
  const git = async (...args: string[]): Promise<string | undefined> => {
    // Nothing of git's own may be changed: others may be at work in the repository.
    const options = { cwd: folder, env: { ...env, GIT_OPTIONAL_LOCKS: '0' }, extendEnv: false }
    const { exitCode, stdout } = await execa('git', args, { ...options, reject: false })
    return exitCode === 0 ? stdout.trim() : undefined
  }
  const [commit, url, changes] = await Promise.all([
    git('rev-parse', 'HEAD'),
    git('remote', 'get-url', 'origin'),
    git('status', '--porcelain', '--', '.'),
  ])
  if (commit === undefined) return {}
  return { url, commit, isDirty: changes !== '' }
}
