import { resolve } from 'node:path'
import { Command, Option } from 'commander'
import { moduleKind } from '../../host/build/makefile/module-kind.ts'
import { buildStage, builtStages } from '../../host/tree/build-stage.ts'
import { stageIn } from '../../host/tree/find-stages.ts'
import { targetTree } from '../../host/tree/target-tree.ts'
import { nextRevision } from '../../modules/revisions.ts'
import type { SearchRoot, Site } from '../../modules/site.ts'
import type { StagedModule } from '../../modules/stage/staged-module.ts'
import { type Diagnostic, diagnostic, hasErrors, type Result } from '../../text/diagnostic.ts'
import { buildFailureCode } from '../build-outcome.ts'
import { repeatable } from '../check/input-options.ts'
import { type CliContext, type CommandResult, exitCodes } from '../context.ts'
import { installAll, installedVersions } from '../tree/install-all.ts'
import { openSite, siteNow, siteWithRoot } from '../tree/open-site.ts'
import { stageRequest } from '../tree/stage-request.ts'
import { addTargetOptions, type TargetOptions } from '../tree/target-options.ts'
import { wrapperBase } from '../tree/wrapper-base.ts'

interface InstallOptions extends TargetOptions {
  readonly stage?: string
  readonly arch: readonly string[]
  readonly revision?: 'auto'
  readonly build: boolean
  readonly create?: boolean
}

/** `e3 install`: puts a module that was built into a module tree. */
export function installCommand(context: CliContext): Command {
  const command = new Command('install')
    .description('put a module that was built into a module tree')
    .argument('[folder]', 'folder of the module (default: the working directory)')
    .option('--stage <directory>', 'a stage anywhere, instead of the folder of a module')
    .option('--no-build', 'what was built, as it is, even if its sources have changed')
    .option('--create', 'make the module tree if it is not there')
    .addOption(repeatable('--arch <name>', 'only what was built for this architecture'))
    .addOption(
      new Option('--revision <which>', 'the next free revision of the version').choices(['auto']),
    )
  return addTargetOptions(command)
    .addHelpText('after', examples)
    .action((folder: string | undefined, options: InstallOptions) =>
      context.finish(install(folder, options, context)),
    )
}

async function install(
  folder: string | undefined,
  options: InstallOptions,
  context: CliContext,
): Promise<CommandResult> {
  const wrong = wrongUse(folder, options, context.cwd)
  if (wrong) return { diagnostics: [wrong], exitCode: exitCodes.usage }
  const target = targetTree({ ...options, ...context }, true)
  if ('error' in target) return { diagnostics: [target.error], exitCode: exitCodes.environment }
  const release = await wrapperBase(folder, context)
  const opened = openSite('e3 install', { ...options, release }, context)
  const site = siteWithRoot(opened.value, target.root)
  const about = opened.diagnostics.filter(({ code }) => code !== 'TREE_UNKNOWN')
  if (hasErrors(about)) return { diagnostics: about, exitCode: exitCodes.environment }
  for (;;) {
    const stages = await stagesFor(folder, options, { ...target, site: siteNow(site), context })
    if (hasErrors(stages.diagnostics)) {
      const exitCode = buildFailureCode(stages.diagnostics)
      return { diagnostics: [...about, ...stages.diagnostics], exitCode }
    }
    const place = { ...target, site, session: opened.value, context }
    const result = await installAll(stages.value, place)
    if (options.revision && isTakenNow(stages.value, result, siteNow(site))) continue
    return { ...result, diagnostics: [...about, ...stages.diagnostics, ...result.diagnostics] }
  }
}

/** Whether another installation has taken the revision since it was chosen: the next one is free. */
function isTakenNow(
  [first]: readonly StagedModule[],
  { diagnostics }: CommandResult,
  site: Site,
): boolean {
  if (!first || !diagnostics.some(({ code }) => code === 'VERSION_INSTALLED')) return false
  return installedVersions(site, first).some(({ text }) => text === first.version.text)
}

function wrongUse(
  folder: string | undefined,
  options: InstallOptions,
  cwd: string,
): Diagnostic | undefined {
  const { stage, prefix, cell, revision, build } = options
  if (typeof cell === 'string' && moduleKind(resolve(cwd, cell))) return moduleAsCell(cell)
  const pairs: [unknown, string][] = [
    [stage !== undefined && folder !== undefined, 'a folder and --stage'],
    [stage !== undefined && revision, '--stage and --revision: the version is compiled in'],
    [!build && revision, '--no-build and --revision: the version is compiled in'],
    [prefix !== undefined && cell, '--prefix and --cell'],
  ]
  const both = pairs.find(([isGiven]) => isGiven)
  if (!both) return undefined
  const hint = 'see e3 install --help'
  return diagnostic('OPTION_VALUE', `one of both, please: ${both[1]}`, { hint })
}

/** `--cell` takes the word behind it, which was meant as the folder of the module. */
function moduleAsCell(folder: string): Diagnostic {
  const message = `${folder} holds a module, --cell would make a module tree of it`
  return diagnostic('OPTION_VALUE', message, { hint: `e3 install ${folder} --cell` })
}

interface Building {
  readonly site: Site
  readonly root: SearchRoot
  readonly context: CliContext
}

async function stagesFor(
  folder: string | undefined,
  options: InstallOptions,
  { site, root, context }: Building,
): Promise<Result<readonly StagedModule[]>> {
  const { stage, arch, revision, base, modulePath, build } = options
  const { cwd } = context
  if (stage !== undefined) {
    const { value, diagnostics } = stageIn(resolve(cwd, stage))
    return { value: value ? [value] : [], diagnostics }
  }
  const order = stageRequest(context, {
    ...{ folder: resolve(cwd, folder ?? '.'), base },
    // What it needs may be in the tree it goes to.
    modulePaths: [...modulePath, root.directory],
  })
  const stages = await builtStages(order, { architectures: arch, builds: build })
  const [first] = stages.value
  if (revision === undefined || !first || hasErrors(stages.diagnostics)) return stages
  const version = nextRevision(first.version, installedVersions(site, first))
  return version === first.version.text ? stages : buildStage({ ...order, version })
}

const examples = `
What "e3 build" makes is brought up to date, compared with the description of its build, checked as
before a start of an IOC, and put into the tree in one step. It names the commit of git that its
sources are at now. Numeric versions are never replaced, test versions are. Files get the permissions of the tree.

The tree is --prefix, else the cell of --cell, else the first directory of E3_SITEMODS_PATH or of
EPICS_DRIVER_PATH.

Exit status: 0 installed, or the same is there already, 1 it cannot be built or installed as it is, 2
wrong usage, 3 no tree, base or compiler, or the tree cannot be written.

Examples:
  e3 install                             what was built in the working directory
  e3 install --no-build                  the same, though its sources have changed since
  e3 install --revision auto ~/e3-asyn   as the next free revision
  e3 install --cell                      to ./cellMods, for: iocsh -l cellMods -r asyn
  e3 install --prefix ~/modules --create`
