import { availableParallelism } from 'node:os'
import { Command } from 'commander'
import { buildModule } from '../../host/build/build-module.ts'
import { addSourceOptions, type SourceOptions, sourceRequest } from '../build/source-options.ts'
import { buildFailureCode, buildOutcome } from '../build-outcome.ts'
import type { CliContext, CommandResult } from '../context.ts'
import { positiveInteger } from '../option-values.ts'

interface BuildOptions extends SourceOptions {
  readonly version?: string
  readonly jobs?: number
  readonly searchAll?: boolean
  readonly ccache: boolean
}

/** `e3 build`: a module from its sources. */
export function buildCommand(context: CliContext): Command {
  const command = new Command('build')
    .description('build a module from its sources, ready to be installed')
    .argument('[folder]', 'folder of the module', '.')
  return addSourceOptions(command)
    .option('--version <version>', 'build as this version, whatever the module names')
    .option(
      '-j, --jobs <number>',
      'commands at the same time; default: processors',
      positiveInteger,
    )
    .option('--search-all', 'headers of modules that are not required are found too')
    .option('--no-ccache', 'do not use ccache where it is installed')
    .addHelpText('after', examples)
    .action((folder: string, options: BuildOptions) =>
      context.finish(build(folder, options, context)),
    )
}

async function build(
  folder: string,
  options: BuildOptions,
  context: CliContext,
): Promise<CommandResult> {
  const { cwd, progress } = context
  const { value: built, diagnostics } = await buildModule({
    ...sourceRequest(folder, options, context),
    progress,
    version: options.version,
    jobs: options.jobs ?? availableParallelism(),
    useCcache: options.ccache,
    searchAll: options.searchAll ?? false,
  })
  if (!built) return { diagnostics, exitCode: buildFailureCode(diagnostics) }
  return { output: buildOutcome(built, cwd), diagnostics }
}

const examples = `
The result is in .e3/<arch>/stage of the folder, laid out as an installed version; the log of all
commands in .e3/<arch>/build.log. What is up to date is not made again.

Exit status: 0 built, 1 mistakes in the module, 2 wrong usage, 3 no base, compiler or room.

Examples:
  e3 build                          the module of this folder
  e3 build ~/src/mymodule -j 4
  e3 build -l ~/modules             with modules that are installed there
  e3 build --arch linux-aarch64     by the cross compilers of the base
  e3 build --format github          mistakes as annotations of a workflow`
