import type { StagedModule } from '../../modules/stage/staged-module.ts'
import type { Result } from '../../text/diagnostic.ts'
import { stagesOf } from './find-stages.ts'

/** What shall be built. */
export interface BuildRequest {
  /** Folder of the module, absolute. */
  readonly folder: string
  /** Instead of the version that the module names. */
  readonly version?: string
  /** Instead of the versions that the module names, by module. */
  readonly pins?: ReadonlyMap<string, string>
}

/** Builds a module, or says why it cannot. */
export type BuildModule = (request: BuildRequest) => Promise<Result<readonly StagedModule[]>>

/**
 * Where the builder is called. There is none in this version: what has not been built is not made
 * here (`MODULE_NOT_BUILT`); a stage that is there already, of the version that is wanted, will do.
 */
export const buildModule: BuildModule = async ({ folder }) => stagesOf(folder, [])
