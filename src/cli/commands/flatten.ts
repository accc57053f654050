import { Command } from 'commander'
import { type Diagnostic, diagnostic, hasErrors } from '../../text/diagnostic.ts'
import { repeatable } from '../check/input-options.ts'
import { type CliContext, type CommandResult, exitCodes } from '../context.ts'
import { compareFlat } from '../flatten/compare.ts'
import { flattenFiles, type JobOptions } from '../flatten/job.ts'
import { writeTo } from '../flatten/write.ts'

interface FlattenOptions extends JobOptions {
  readonly output?: string
  readonly check?: string
}

/** `e3 flatten`: hierarchical databases as flat ones. */
export function flattenCommand(context: CliContext): Command {
  const macro = 'a macro of the files; all others stay as they are'
  return new Command('flatten')
    .description('expand the templates and ports of hierarchical databases (.vdb)')
    .usage('[options] <file | ->...')
    .argument('<files...>', 'hierarchical databases; - is standard input')
    .option('-o, --output <file>', 'write to this file, if there are no errors')
    .option('--check <file>', 'only tell whether this flat file is up to date')
    .addOption(repeatable('--macro <name=value>', macro, macroProblem))
    .addOption(repeatable('--dbd <file>', 'check record types and fields against this dbd file'))
    .option('--drop-defaults', 'leave out fields that have the default of the dbd file')
    .option('--global-macros', 'templates see the macros of all templates around them')
    .option('--capfast-names', 'put file and instances in front of record names')
    .option('--no-markers', 'no comments where templates begin and end')
    .option('--relative-paths', 'paths in these comments start at the working directory')
    .option('--stdin-name <file>', 'what standard input (-) is called')
    .addHelpText('after', examples)
    .action((files: string[], options: FlattenOptions) =>
      context.finish(run(files, options, context)),
    )
}

/** What is wrong with a word that shall be `NAME=VALUE`. */
export function macroProblem(text: string): string | undefined {
  return /^[^\s=,()]+=/.test(text) ? undefined : 'it must have the form NAME=VALUE'
}

async function run(
  names: readonly string[],
  options: FlattenOptions,
  context: CliContext,
): Promise<CommandResult> {
  const wrong = contradictions(options)
  if (wrong.length > 0) return { diagnostics: wrong, exitCode: exitCodes.usage }
  const flat = flattenFiles(names, options, context)
  const { diagnostics } = flat
  if (hasErrors(diagnostics)) return { diagnostics }
  if (options.check !== undefined) {
    return { diagnostics: [...diagnostics, ...compareFlat(flat, options.check, context)] }
  }
  if (options.output === undefined) return { pieces: flat.pieces, diagnostics }
  return writeTo(options.output, flat, context)
}

function contradictions({
  dbd,
  dropDefaults,
  capfastNames,
  output,
  check,
}: FlattenOptions): Diagnostic[] {
  const needed = (option: string, why: string): Diagnostic =>
    diagnostic('OPTION_VALUE', `${option} needs --dbd: ${why}`, {
      hint: `e3 flatten ${option} --dbd softIoc.dbd ...`,
    })
  const found: Diagnostic[] = []
  if (dbd.length === 0 && dropDefaults) {
    found.push(needed('--drop-defaults', 'dbd files say what the defaults are'))
  }
  if (dbd.length === 0 && capfastNames) {
    found.push(needed('--capfast-names', 'dbd files say which fields are links'))
  }
  if (output !== undefined && check !== undefined) {
    const hint = 'leave out -o or --check'
    found.push(diagnostic('OPTION_VALUE', '--check writes no file', { hint }))
  }
  return found
}

const examples = `
Nothing is written if there are errors: a file that is there stays as it is.

Examples:
  e3 flatten motors.vdb -o motors.db
  e3 flatten motors.vdb --check motors.db
  e3 flatten --macro P=LAB: --no-markers a.vdb b.vdb`
