import type { StageRequest } from '../../host/tree/build-stage.ts'
import { buildOutcome } from '../build-outcome.ts'
import type { CliContext } from '../context.ts'

/** What the command line says of a build that comes before something else; its outcome is progress. */
export function stageRequest(
  { env, cwd, uid, progress }: CliContext,
  wanted: Pick<StageRequest, 'folder' | 'base' | 'modulePaths'>,
): StageRequest {
  const announce: StageRequest['announce'] = (built) => progress(buildOutcome(built, cwd))
  return { ...wanted, env, cwd, uid, progress, announce }
}
