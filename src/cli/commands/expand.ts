import { Command } from 'commander'
import { diagnostic, hasErrors } from '../../text/diagnostic.ts'
import { expandedText } from '../check/expanded.ts'
import { addInputOptions, type InputOptions } from '../check/input-options.ts'
import { readWords } from '../check/inputs.ts'
import { type LoadedTarget, loadTargets } from '../check/load-targets.ts'
import { type CliContext, type CommandResult, exitCodes } from '../context.ts'

interface ExpandOptions extends InputOptions {
  readonly origin?: boolean
  readonly quiet: boolean
}

/** `e3 expand`: texts as the IOC reads them, after all macros. */
export function expandCommand(context: CliContext, global: { quiet: boolean }): Command {
  const command = new Command('expand')
    .description('print databases, templates and scripts as an IOC reads them, after all macros')
    .usage('[options] <file>... [NAME=VALUE ...]')
    .argument('<words...>', 'startup scripts, databases, templates, substitution files, dbd files')
  return addInputOptions(command)
    .option('--origin', 'with comments that say where the text comes from')
    .addHelpText('after', examples)
    .action((words: string[], options: ExpandOptions) =>
      context.finish(expand(words, { ...options, quiet: global.quiet }, context)),
    )
}

async function expand(
  words: readonly string[],
  options: ExpandOptions,
  context: CliContext,
): Promise<CommandResult> {
  const read = readWords({ command: 'e3 expand', words, ...options, needsRecords: true })
  const wrong = [...read.diagnostics]
  if (read.files.length === 0 && wrong.length === 0) wrong.push(nothing)
  if (hasErrors(wrong)) return { diagnostics: wrong, exitCode: exitCodes.usage }
  const { loaded, diagnostics, session } = await loadTargets({ ...options, words: read }, context)
  return {
    pieces: texts(loaded, options.origin ?? false),
    diagnostics,
    ...(session.isUnusable && { exitCode: exitCodes.environment }),
  }
}

const nothing = diagnostic('OPTION_VALUE', 'e3 expand needs a file', {
  hint: 'e3 expand x.template P=LAB:; see e3 expand --help',
})

function* texts(loaded: readonly LoadedTarget[], hasOrigin: boolean): Generator<string> {
  for (const one of loaded) yield* expandedText(one, hasOrigin)
}

const examples = `
Macros that have no value stay as they are and are reported. Of a startup script all commands are
printed in the order in which they run, those of the scripts and snippets that it loads, too; of a
substitution file all templates, once for each set of macros.

Examples:
  e3 expand motor.template P=LAB: M=m1
  e3 expand motors.substitutions --origin
  e3 expand st.cmd`
