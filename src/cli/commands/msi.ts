import { Command } from 'commander'
import { runMsi } from '../../database/msi/msi.ts'
import {
  type MsiArguments,
  type MsiOptions,
  msiHelp,
  parseMsiArguments,
} from '../../database/msi/options.ts'
import { argumentBytes } from '../../host/argument-bytes.ts'
import { reasonOf, remedyOf } from '../../host/errors.ts'
import { fromBytes } from '../../macro/bytes.ts'
import { diagnostic } from '../../text/diagnostic.ts'
import type { CliContext, CommandResult, ExitCode } from '../context.ts'

/** `e3 msi`: what msi of EPICS base does, with its arguments as they are. */
export function msiCommand(context: CliContext): Command {
  const command = new Command('msi')
    .description('expand the macros of templates and substitution files, as msi of EPICS base')
    .usage('[options] [template]')
    .argument('[arguments...]', 'as those of msi; see e3 msi -h')
    .helpOption(false)
  // Options of msi are glued to their values, and `--` is not one of them: commander reads none.
  command.parseOptions = (words) => ({ operands: [...words], unknown: [] })
  return command.action((words: string[]) => context.finish(msi(words, context)))
}

async function msi(words: readonly string[], context: CliContext): Promise<CommandResult> {
  const parsed = parseMsiArguments(argumentBytes(words))
  switch (parsed.kind) {
    case 'help':
      return { output: msiHelp, diagnostics: [] }
    case 'wrong':
      return wrongArgument(parsed, words)
    case 'run':
      return await run(parsed.options, context)
  }
}

/** Wrong usage is an error like others for msi: status 1. */
function wrongArgument(
  { message, index }: Extract<MsiArguments, { kind: 'wrong' }>,
  words: readonly string[],
): CommandResult {
  const line = ['e3 msi', ...words]
  const start = line.slice(0, index + 1).join(' ').length + 1
  const source = { name: '<command line>', text: line.join(' ') }
  const at = { source, start, end: start + (words[index]?.length ?? 0) }
  const code = message.startsWith('there is no') ? 'OPTION_UNKNOWN' : 'OPTION_VALUE'
  const hint = 'see e3 msi -h'
  return { diagnostics: [diagnostic(code, fromBytes(message), { at, hint })], exitCode: 1 }
}

async function run(options: MsiOptions, { env, cwd }: CliContext): Promise<CommandResult> {
  const { openMsiFiles } = await import('../../host/msi-files.ts')
  // The rule of -D goes to standard output, the file of -o is not touched.
  const output = options.isDependencies ? undefined : options.output
  let files: ReturnType<typeof openMsiFiles> | undefined
  try {
    files = openMsiFiles(env, { cwd, output })
    const { status, diagnostics } = runMsi(options, files)
    files.close(status !== 1)
    return { diagnostics, exitCode: status satisfies ExitCode }
  } catch (error) {
    if (output !== undefined) files?.close(false)
    const place = output === undefined ? 'standard output' : fromBytes(output)
    const message = `cannot write ${place}: ${reasonOf(error)}`
    const hint = remedyOf(error, 'name a file in a directory that exists and can be written')
    return { diagnostics: [diagnostic('FILE_UNWRITABLE', message, { hint })], exitCode: 1 }
  }
}
