import { resolve } from 'node:path'
import { Command, Option } from 'commander'
import { createLibraryFiles } from '../../host/library-files.ts'
import { buildModule } from '../../host/tree/build-hook.ts'
import { stageIn, stagesOf } from '../../host/tree/find-stages.ts'
import { installStage } from '../../host/tree/install-stage.ts'
import { targetTree } from '../../host/tree/target-tree.ts'
import { moduleTreeOf } from '../../modules/module-tree.ts'
import { nextRevision } from '../../modules/revisions.ts'
import type { SearchRoot, Site } from '../../modules/site.ts'
import { checkStage } from '../../modules/stage/check-stage.ts'
import type { StagedModule } from '../../modules/stage/staged-module.ts'
import { type Diagnostic, diagnostic, hasErrors, type Result } from '../../text/diagnostic.ts'
import { repeatable } from '../check/input-options.ts'
import { type CliContext, type CommandResult, exitCodes } from '../context.ts'
import { type OpenedSite, openSite, siteWithRoot } from '../tree/open-site.ts'
import { runningBase } from '../tree/running-base.ts'
import { addTargetOptions, type TargetOptions } from '../tree/target-options.ts'

interface InstallOptions extends TargetOptions {
  readonly stage?: string
  readonly arch: readonly string[]
  readonly revision?: 'auto'
}

/** `e3 install`: puts a module that was built into a module tree. */
export function installCommand(context: CliContext): Command {
  const command = new Command('install')
    .description('put a module that was built into a module tree')
    .argument('[folder]', 'folder of the module (default: the working directory)')
    .option('--stage <directory>', 'a stage anywhere, instead of the folder of a module')
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
  const wrong = wrongUse(folder, options)
  if (wrong) return { diagnostics: [wrong], exitCode: exitCodes.usage }
  const target = targetTree({ ...options, ...context }, true)
  if ('error' in target) return { diagnostics: [target.error], exitCode: exitCodes.environment }
  const opened = openSite('e3 install', options, context)
  const site = siteWithRoot(opened.value, target.root)
  const about = opened.diagnostics.filter(({ code }) => code !== 'TREE_UNKNOWN')
  if (hasErrors(about)) return { diagnostics: about, exitCode: exitCodes.environment }
  const stages = await stagesFor(folder, options, { site, cwd: context.cwd })
  if (hasErrors(stages.diagnostics)) return { diagnostics: [...about, ...stages.diagnostics] }
  const result = await installAll(stages.value, { ...target, site, session: opened.value, context })
  return { ...result, diagnostics: [...about, ...stages.diagnostics, ...result.diagnostics] }
}

function wrongUse(folder: string | undefined, options: InstallOptions): Diagnostic | undefined {
  const { stage, prefix, cell, revision } = options
  const pairs: [unknown, string][] = [
    [stage !== undefined && folder !== undefined, 'a folder and --stage'],
    [stage !== undefined && revision, '--stage and --revision: the version is compiled in'],
    [prefix !== undefined && cell, '--prefix and --cell'],
  ]
  const both = pairs.find(([isGiven]) => isGiven)
  if (!both) return undefined
  const hint = 'see e3 install --help'
  return diagnostic('OPTION_VALUE', `one of both, please: ${both[1]}`, { hint })
}

async function stagesFor(
  folder: string | undefined,
  { stage, arch, revision }: InstallOptions,
  { site, cwd }: { readonly site: Site; readonly cwd: string },
): Promise<Result<readonly StagedModule[]>> {
  if (stage !== undefined) {
    const { value, diagnostics } = stageIn(resolve(cwd, stage))
    return { value: value ? [value] : [], diagnostics }
  }
  const place = resolve(cwd, folder ?? '.')
  const stages = stagesOf(place, arch)
  const [first] = stages.value
  if (revision === undefined || !first) return stages
  const version = nextRevision(first.version, installedVersions(site, first))
  const made = await buildModule({ folder: place, version })
  const isMade = made.value.every((one) => one.version.text === version)
  return isMade || hasErrors(made.diagnostics)
    ? made
    : { value: [], diagnostics: [notBuiltAs(first, version, place)] }
}

function installedVersions(site: Site, { module }: StagedModule) {
  return moduleTreeOf(site)
    .versions(module)
    .map(({ version }) => version)
}

/** The version is in the library as well: it cannot be given to what is built already. */
function notBuiltAs({ module, version }: StagedModule, next: string, folder: string): Diagnostic {
  const message = `${module} is built as ${version.text}, the next free revision is ${next}`
  return diagnostic('MODULE_NOT_BUILT', message, {
    notes: [{ message: 'the version is compiled into the library' }],
    hint: `e3 build --version ${next} ${folder}`,
  })
}

interface Installing {
  readonly root: SearchRoot
  readonly site: Site
  readonly session: OpenedSite
  readonly context: CliContext
}

/** All architectures, one after the other; it ends at the first that cannot be installed. */
async function installAll(
  stages: readonly StagedModule[],
  { root, site, session, context }: Installing,
): Promise<CommandResult> {
  const diagnostics: Diagnostic[] = []
  const output: string[] = []
  const base = session.base && runningBase(session.base)
  const files = createLibraryFiles((path) => site.reader.readText(path)?.text)
  for (const staged of stages) {
    const found = checkStage(staged, { site, root: root.directory, base, files })
    diagnostics.push(...found)
    if (hasErrors(found)) break
    const done = await installStage({ staged, root: root.directory, env: context.env })
    diagnostics.push(...done.diagnostics.map((one) => withRevision(one, staged, site)))
    if (done.directory === undefined) break
    const { module, version, architecture } = staged
    output.push(`installed ${module} ${version.text} for ${architecture} in ${done.directory}`)
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
    hint: `the next free revision is ${next}: e3 build --version ${next}, or e3 install --revision auto`,
  }
}

const examples = `
What "e3 build" has made is checked as before a start of an IOC and put into the tree in one step.
Numeric versions are never replaced, test versions are. Files get the permissions of the tree.

The tree is --prefix, else the cell of --cell, else the first directory of E3_SITEMODS_PATH or of
EPICS_DRIVER_PATH.

Exit status: 0 installed, 1 it cannot be installed as it is, 2 wrong usage, 3 no tree, or it cannot be
written.

Examples:
  e3 install                             what was built in the working directory
  e3 install --revision auto ~/e3-asyn   as the next free revision
  e3 install --cell                      to ./cellMods, for: iocsh -l cellMods -r asyn
  e3 install --prefix /epics/modules`
