import type { StagedModule } from '../../modules/stage/staged-module.ts'
import { diagnostic, hasErrors, type Result } from '../../text/diagnostic.ts'
import { stagesOf } from './find-stages.ts'

/** What shall be built. */
export interface BuildRequest {
  /** Folder of the module, absolute. */
  readonly folder: string
  /** Instead of the version that the module names. */
  readonly version: string
  /** Instead of the versions that the module names, by module. */
  readonly pins?: ReadonlyMap<string, string>
}

/**
 * Where the builder is called, for a version that the module does not name itself. There is none in
 * this version: what is built already will do if it is that version.
 *
 * Errors: `MODULE_NOT_BUILT`: the version is in the library as well, so it cannot be given to what is
 * built already.
 */
export async function buildModule({
  folder,
  version,
}: BuildRequest): Promise<Result<readonly StagedModule[]>> {
  const stages = stagesOf(folder, [])
  const other = stages.value.find((one) => one.version.text !== version)
  if (hasErrors(stages.diagnostics) || !other) return stages
  const message = `${other.module} is built as ${other.version.text}, the next free revision is ${version}`
  const problem = diagnostic('MODULE_NOT_BUILT', message, {
    notes: [{ message: 'the version is compiled into the library' }],
    hint: `e3 build --version ${version} ${folder}`,
  })
  return { value: [], diagnostics: [problem] }
}
