import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { wordsOf } from '../../../build/recipe/make-variables.ts'
import type { MakefileTexts } from '../../../build/recipe/makefile-texts.ts'
import { placeOfVariable } from '../../../build/recipe/makefile-texts.ts'
import type { Written } from '../../../settings/shape.ts'
import type { Source } from '../../../text/source.ts'
import { makeEnvironment } from '../make.ts'
import type { ModuleKind } from './module-kind.ts'
import { requireFolder, runMake } from './module-make.ts'

/**
 * The base that `configure/RELEASE` of an e3 wrapper, or a `*.local` file that it includes, names, as
 * an absolute path; undefined for other kinds of modules, and where make does not get through it:
 * that is reported when the whole wrapper is read.
 *
 * Throws `PREREQUISITE_MISSING`.
 */
export async function releaseBase(
  module: ModuleKind | undefined,
  env: Readonly<Record<string, string | undefined>>,
  isDevelopment = false,
): Promise<Written | undefined> {
  if (module?.kind !== 'wrapper') return undefined
  const folder = dirname(module.file)
  // What the environment names is another matter than what the wrapper names.
  const { EPICS_BASE: _base, ...others } = makeEnvironment(env)
  const { isDone, output } = await runMake({
    ...{ cwd: folder, makefile: join(requireFolder, 'release.makefile'), env: others },
    variables: { TOP: folder, E3_RELEASE: isDevelopment ? 'RELEASE_DEV' : 'RELEASE' },
    goals: [],
  })
  const [, text] = /^E3_BASE=(.+)$/m.exec(output) ?? []
  const [, files = ''] = /^E3_FILES=(.*)$/m.exec(output) ?? []
  if (!isDone || text === undefined) return undefined
  // What is read last counts.
  const [first, ...rest] = wordsOf(files).toReversed().map(sourceOf)
  if (!first) return undefined
  const texts: MakefileTexts = [first, ...rest]
  const at = placeOfVariable(texts, 'EPICS_BASE')
  return { text: resolve(folder, text), at }
}

function sourceOf(path: string): Source {
  return { name: path, text: readFileSync(path, 'utf8') }
}
