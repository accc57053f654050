import { availableParallelism } from 'node:os'
import type { StagedModule } from '../../modules/stage/staged-module.ts'
import { type Diagnostic, hasErrors, type Result } from '../../text/diagnostic.ts'
import { parseVersion } from '../../version/version.ts'
import { type BuildOrder, type BuiltModule, buildModule } from '../build/build-module.ts'
import { stagesIn, stagesOf } from './find-stages.ts'

/** What is built, and with which trees. */
export interface StageRequest
  extends Pick<
    BuildOrder,
    | ('env' | 'cwd' | 'uid' | 'folder' | 'base' | 'modulePaths' | 'progress')
    | ('version' | 'pins' | 'release')
  > {
  /** Told when something was made. */
  announce(built: BuiltModule): void
}

type Choice = Pick<BuildOrder, 'arch' | 'version' | 'insteadOf' | 'isDevelopment' | 'searchAll'>

/**
 * Builds a module as `e3 build` does, for the architecture of the base if no other one is chosen;
 * what is up to date is not made again. What it says of its commits is that of now.
 *
 * Errors: those of `buildModule`.
 */
export async function buildStage(
  { announce, ...request }: StageRequest,
  choice: Partial<Choice> = {},
): Promise<Result<readonly StagedModule[]>> {
  const { value: built, diagnostics } = await buildModule({
    ...{ jobs: availableParallelism(), useCcache: true, searchAll: false, refreshesOrigin: true },
    ...{ ...request, ...choice },
  })
  if (!built || hasErrors(diagnostics)) return { value: [], diagnostics }
  if (built.isChanged || built.commands > 0) announce(built)
  const { name: module, version, arch: architecture, stage: directory } = built
  return {
    value: [{ module, version: parseVersion(version), architecture, directory }],
    diagnostics,
  }
}

/** Which stages of a folder are wanted. */
export interface StageChoice {
  /** None: all that were built, else that of the base. */
  readonly architectures: readonly string[]
  /** False: what was built is taken as it is, whatever has become of its sources. */
  readonly builds: boolean
}

/**
 * What is built in a folder, brought up to date first, as `make install` does: with the version and
 * the options that it was built with before, unless the module names another version by now.
 *
 * Errors: those of `buildModule`, or of `stagesOf` where nothing is to be built.
 */
export async function builtStages(
  request: StageRequest,
  { architectures, builds }: StageChoice,
): Promise<Result<readonly StagedModule[]>> {
  if (!builds) return stagesOf(request.folder, architectures)
  const before = stagesIn(request.folder)
  const known = before.map(({ architecture }) => architecture)
  const wanted = [architectures, known].find((list) => list.length > 0) ?? [undefined]
  const value: StagedModule[] = []
  const diagnostics: Diagnostic[] = []
  for (const arch of wanted) {
    const last = before.find(({ architecture }) => architecture === arch)
    const built = await buildStage(request, { arch, ...choiceOf(last) })
    value.push(...built.value)
    diagnostics.push(...built.diagnostics.map((one) => withoutSources(one, last)))
    if (hasErrors(built.diagnostics)) break
  }
  return { value, diagnostics }
}

function choiceOf(last: StagedModule | undefined): Partial<Choice> {
  const { insteadOf, ...choice } = last?.choice ?? {}
  return { ...choice, ...(insteadOf !== undefined && { insteadOf, version: last?.version.text }) }
}

/** Sources that are gone, of what was built before. */
function withoutSources(one: Diagnostic, last: StagedModule | undefined): Diagnostic {
  if (one.code !== 'RECIPE_NOT_FOUND' || last === undefined) return one
  const { module, version, directory } = last
  const message = `${module} ${version.text} was built here before: ${directory}`
  return { ...one, notes: [{ message }], hint: 'to take that as it is: --no-build' }
}
