import { resolve } from 'node:path'
import { moduleKind } from '../../host/build/makefile/module-kind.ts'
import { releaseBase } from '../../host/build/makefile/release-base.ts'
import type { CliContext } from '../context.ts'

/** The base that the e3 wrapper in a folder names, as for its build; undefined for other folders. */
export async function wrapperBase(
  folder: string | undefined,
  { cwd, env }: CliContext,
): Promise<string | undefined> {
  const release = await releaseBase(moduleKind(resolve(cwd, folder ?? '.')), env)
  return release?.text
}
