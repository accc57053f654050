import { Command, CommanderError, type OutputConfiguration } from 'commander'
import type { CliContext } from './context.ts'
import { commandMakers, completion } from './e3-commands.ts'
import { addGlobalOptions, globalOptionsOf } from './global-options.ts'
import type { Format } from './reporter.ts'
import { productVersion } from './version.ts'

/** Options of every command, read when something is reported. */
export interface GlobalOptions {
  format: Format
  quiet: boolean
}

/**
 * The command `e3`; `options` receives what the user chose.
 *
 * @param words the command line after `e3`: only what it needs is loaded. Without, all commands
 */
export async function e3Program(
  context: CliContext,
  options: GlobalOptions,
  words?: readonly string[],
): Promise<Command> {
  const program = emptyProgram(context, options)
  for (const make of await commandMakers(words)) {
    program.addCommand(inherit(make(context, options), context))
  }
  if (words?.[0] === completion) {
    const { completeCommand } = await import('./commands/complete.ts')
    const all = () => e3Program(context, options)
    program.addCommand(inherit(completeCommand(context, all), context), { hidden: true })
  }
  return program
}

function emptyProgram(context: CliContext, options: GlobalOptions): Command {
  const program = new Command('e3')
    .description('Everything around starting EPICS IOCs; iocsh starts them.')
    .version(`e3 (e3-iocsh) ${productVersion}`, '-V, --version')
    .enablePositionalOptions()
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput(outputOf(context))
    .hook('preAction', (_, command) => {
      Object.assign(options, globalOptionsOf(command))
    })
  addGlobalOptions(program)
  return program
}

/** Commander passes settings on only to commands that it makes itself. */
function inherit(command: Command, context: CliContext): Command {
  command.exitOverride().showSuggestionAfterError().configureOutput(outputOf(context))
  if (command.name() !== 'msi' && command.name() !== completion) addGlobalOptions(command)
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
