import { libraryFilesOf } from '../../host/library-files.ts'
import { checkStageFiles } from '../../host/tree/check-stage-files.ts'
import { installStage } from '../../host/tree/install-stage.ts'
import { moduleTreeOf } from '../../modules/module-tree.ts'
import { nextRevision } from '../../modules/revisions.ts'
import type { SearchRoot, Site } from '../../modules/site.ts'
import { checkStage } from '../../modules/stage/check-stage.ts'
import type { StagedModule } from '../../modules/stage/staged-module.ts'
import { type Diagnostic, hasErrors } from '../../text/diagnostic.ts'
import { type CliContext, type CommandResult, exitCodes } from '../context.ts'
import { type OpenedSite, siteNow } from './open-site.ts'
import { runningBase } from './running-base.ts'

/** Where stages are installed. */
export interface Installing {
  readonly root: SearchRoot
  readonly site: Site
  readonly session: OpenedSite
  readonly context: CliContext
}

/** All architectures, one after the other; it ends at the first that cannot be installed. */
export async function installAll(
  stages: readonly StagedModule[],
  { root, session, context, ...installing }: Installing,
): Promise<CommandResult> {
  const diagnostics: Diagnostic[] = []
  const output: string[] = []
  const base = session.base && runningBase(session.base)
  for (const staged of stages) {
    const site = siteNow(installing.site)
    const files = libraryFilesOf(site.reader)
    const damage = checkStageFiles(staged)
    // What is wrong in a damaged library follows from that.
    const found = hasErrors(damage)
      ? damage
      : checkStage(staged, { site, root: root.directory, base, files })
    diagnostics.push(...found)
    if (hasErrors(found)) break
    const done = await installStage({ staged, root: root.directory, env: context.env })
    diagnostics.push(...done.diagnostics.map((one) => withRevision(one, staged, siteNow(site))))
    if (done.directory === undefined) break
    const { module, version, architecture } = staged
    const what = `${module} ${version.text} for ${architecture}`
    output.push(
      done.isSame
        ? `${what} is installed already: ${done.directory}`
        : `installed ${what} in ${done.directory}`,
    )
  }
  const isEnvironment = diagnostics.some(({ code }) => code === 'TREE_UNWRITABLE')
  return {
    ...{ output: output.join('\n'), diagnostics },
    ...(isEnvironment && { exitCode: exitCodes.environment }),
  }
}

function withRevision(one: Diagnostic, staged: StagedModule, site: Site): Diagnostic {
  if (one.code !== 'VERSION_INSTALLED' || one.hint !== undefined) return one
  const next = nextRevision(staged.version, installedVersions(site, staged))
  return {
    ...one,
    hint:
      'if its sources have changed, give it the next version; if it was built again for other modules, ' +
      `the next free revision is ${next}: e3 install --revision auto`,
  }
}

/** All versions of a module in all trees. */
export function installedVersions(site: Site, { module }: StagedModule) {
  return moduleTreeOf(site)
    .versions(module)
    .map(({ version }) => version)
}
