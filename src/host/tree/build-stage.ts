import { availableParallelism } from 'node:os'
import type { StagedModule } from '../../modules/stage/staged-module.ts'
import { hasErrors, type Result } from '../../text/diagnostic.ts'
import { parseVersion } from '../../version/version.ts'
import { type BuildOrder, buildModule } from '../build/build-module.ts'
import { stagesOf } from './find-stages.ts'

/** What is built, and with which trees. */
export type StageRequest = Pick<
  BuildOrder,
  'env' | 'cwd' | 'uid' | 'folder' | 'base' | 'modulePaths' | 'version' | 'pins' | 'progress'
>

/**
 * Builds a module for the architecture of the base, as `e3 build` does; what is up to date is not
 * made again.
 *
 * Errors: those of `buildModule`.
 */
export async function buildStage(request: StageRequest): Promise<Result<readonly StagedModule[]>> {
  const { value: built, diagnostics } = await buildModule({
    ...request,
    ...{ jobs: availableParallelism(), useCcache: true, searchAll: false },
  })
  if (!built || hasErrors(diagnostics)) return { value: [], diagnostics }
  const { name: module, version, arch: architecture, stage: directory } = built
  return {
    value: [{ module, version: parseVersion(version), architecture, directory }],
    diagnostics,
  }
}

/** What has been built in a folder; if nothing was and nothing special is wanted, it is built now. */
export async function builtStages(
  request: StageRequest,
  architectures: readonly string[],
): Promise<Result<readonly StagedModule[]>> {
  const stages = stagesOf(request.folder, architectures)
  const isMissing = stages.diagnostics.some(({ code }) => code === 'MODULE_NOT_BUILT')
  return isMissing && architectures.length === 0 ? buildStage(request) : stages
}
