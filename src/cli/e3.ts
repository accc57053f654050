import { Command, CommanderError, Option, type OutputConfiguration } from 'commander'
import { baseCommand } from './commands/base.ts'
import { buildCommand } from './commands/build.ts'
import { checkCommand } from './commands/check.ts'
import { completeCommand } from './commands/complete.ts'
import { diffCommand } from './commands/diff.ts'
import { expandCommand } from './commands/expand.ts'
import { flattenCommand } from './commands/flatten.ts'
import { graphCommand } from './commands/graph.ts'
import { importCommand } from './commands/import.ts'
import { infoCommand } from './commands/info.ts'
import { installCommand } from './commands/install.ts'
import { listCommand } from './commands/list.ts'
import { lockCommand } from './commands/lock.ts'
import { msiCommand } from './commands/msi.ts'
import { newCommand } from './commands/new.ts'
import { rebuildForCommand } from './commands/rebuild-for.ts'
import { recordsCommand } from './commands/records.ts'
import { smokeCommand } from './commands/smoke.ts'
import { testCommand } from './commands/test.ts'
import { treeCommand } from './commands/tree.ts'
import { uninstallCommand } from './commands/uninstall.ts'
import { whyCommand } from './commands/why.ts'
import type { CliContext } from './context.ts'
import { type Format, formats } from './reporter.ts'
import { productVersion } from './version.ts'

/** Options of every command, read when something is reported. */
export interface GlobalOptions {
  format: Format
  quiet: boolean
}

/** The command `e3` with all its parts; `options` receives what the user chose. */
export function e3Program(context: CliContext, options: GlobalOptions): Command {
  const program = new Command('e3')
    .description('Everything around starting EPICS IOCs; iocsh starts them.')
    .version(`e3 (e3-iocsh) ${productVersion}`, '-V, --version')
    .addOption(
      new Option('--format <format>', 'how mistakes are reported')
        .choices(formats)
        .default('text' satisfies Format),
    )
    .option('--quiet', 'report errors only', false)
    .enablePositionalOptions()
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput(outputOf(context))
    .hook('preAction', (command) => {
      Object.assign(options, command.opts())
    })
  for (const command of [
    baseCommand(context),
    buildCommand(context, options),
    checkCommand(context, options),
    recordsCommand(context, options),
    expandCommand(context, options),
    diffCommand(context, options),
    flattenCommand(context, options),
    graphCommand(context),
    msiCommand(context),
    newCommand(context),
    listCommand(context),
    importCommand(context),
    infoCommand(context),
    whyCommand(context),
    lockCommand(context),
    installCommand(context),
    uninstallCommand(context),
    treeCommand(context, options),
    rebuildForCommand(context),
    testCommand(context, options),
    smokeCommand(context, options),
  ]) {
    program.addCommand(inherit(command, context))
  }
  program.addCommand(
    inherit(
      completeCommand(context, () => program),
      context,
    ),
    { hidden: true },
  )
  return program
}

/** Commander passes settings on only to commands that it makes itself. */
function inherit(command: Command, context: CliContext): Command {
  command.exitOverride().showSuggestionAfterError().configureOutput(outputOf(context))
  for (const part of command.commands) inherit(part, context)
  return command
}

/** Help and wrong usage go where all goes: there, streams that take nothing more are no bug. */
function outputOf({ stdout, stderr }: CliContext): OutputConfiguration {
  return { writeOut: (text) => stdout.write(text), writeErr: (text) => stderr.write(text) }
}

/** Whether commander has ended the program on purpose: help, version, or wrong usage. */
export function endOf(error: unknown): 'answered' | 'usage' | undefined {
  if (!(error instanceof CommanderError)) return undefined
  return error.exitCode === 0 ? 'answered' : 'usage'
}
