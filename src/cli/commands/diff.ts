import { Command, Option } from 'commander'
import { compareDatabases, type RecordDifference } from '../../database/difference/compare.ts'
import { differenceJson, differenceLines } from '../../database/difference/print.ts'
import { diagnostic, hasErrors } from '../../text/diagnostic.ts'
import { addInputOptions, type InputOptions, repeatable } from '../check/input-options.ts'
import { readWords } from '../check/inputs.ts'
import { loadTargets } from '../check/load-targets.ts'
import { counted } from '../check/summary.ts'
import { type CliContext, type CommandResult, exitCodes } from '../context.ts'

interface DiffOptions extends InputOptions {
  readonly ignore: readonly string[]
  readonly format: 'text' | 'json'
  readonly origin?: boolean
  readonly quiet: boolean
}

/** `e3 diff`: how the records of two IOCs, or of two versions of one, differ. */
export function diffCommand(context: CliContext, global: { quiet: boolean }): Command {
  const command = new Command('diff')
    .description('compare the records of two startup scripts or databases')
    .usage('[options] <file> [NAME=VALUE ...] <file> [NAME=VALUE ...]')
    .argument('<words...>', 'two startup scripts, databases or substitution files')
  return addInputOptions(command)
    .addOption(repeatable('--ignore <field>', 'differences in this field do not count'))
    .addOption(
      new Option('--format <format>', 'how differences are printed')
        .choices(['text', 'json'])
        .default('text'),
    )
    .option('--origin', 'with the chain of files and lines that each record comes from')
    .addHelpText('after', examples)
    .action((words: string[], options: DiffOptions) =>
      context.finish(diff(words, { ...options, quiet: global.quiet }, context)),
    )
}

async function diff(
  words: readonly string[],
  options: DiffOptions,
  context: CliContext,
): Promise<CommandResult> {
  const read = readWords({ command: 'e3 diff', words, hasOwnMacros: true, ...options })
  if (hasErrors(read.diagnostics)) {
    return { diagnostics: read.diagnostics, exitCode: exitCodes.usage }
  }
  const { loaded, diagnostics, session } = await loadTargets({ ...options, words: read }, context)
  const [before, after, ...others] = loaded
  if (!before || !after || others.length > 0) return notTwo(loaded.length)
  const ignored = new Set(options.ignore)
  const differences = [...compareDatabases(before.ioc.database, after.ioc.database, ignored)]
  const isSame = differences.length === 0 && !hasErrors(diagnostics)
  return {
    pieces: printed(differences, options, context),
    summary: options.quiet ? undefined : summary(differences, hasErrors(diagnostics)),
    diagnostics,
    exitCode: session.isUnusable
      ? exitCodes.environment
      : isSame
        ? exitCodes.fine
        : exitCodes.errors,
  }
}

function notTwo(number: number): CommandResult {
  const message = `e3 diff compares two files, not ${number}`
  const hint = 'e3 diff old.db new.db; see e3 diff --help'
  return { diagnostics: [diagnostic('OPTION_VALUE', message, { hint })], exitCode: exitCodes.usage }
}

function* printed(
  differences: readonly RecordDifference[],
  { format, origin = false }: DiffOptions,
  { stdout, env }: CliContext,
): Generator<string> {
  const color = stdout.isTerminal && !env['NO_COLOR']
  for (const item of differences) {
    if (format === 'json') yield `${differenceJson(item, origin)}\n`
    else for (const line of differenceLines(item, { hasOrigin: origin, color })) yield `${line}\n`
  }
}

function summary(differences: readonly RecordDifference[], isIncomplete: boolean): string {
  if (differences.length === 0) {
    return isIncomplete ? 'no differences in what could be read' : 'no differences'
  }
  const kinds = (['removed', 'added', 'changed'] as const).flatMap((kind) => {
    const number = differences.filter((item) => item.kind === kind).length
    return number > 0 ? [`${counted(number, 'record', 'records')} ${kind}`] : []
  })
  const aliases = differences.filter(({ kind }) => kind === 'alias').length
  return [...kinds, ...(aliases > 0 ? [counted(aliases, 'alias', 'aliases')] : [])].join(', ')
}

const examples = `
Records are compared by name, after all macros, field by field; the order of records and fields does
not count. A field that is not set differs from one that is set to its default. NAME=VALUE are macros
of the file before them; in front of both files, of both.

Exit status: 0 no differences, 1 differences or errors, 2 wrong usage, 3 no usable base.

Examples:
  e3 diff old/st.cmd new/st.cmd
  e3 diff a.template P=A: a.template P=B:      one template, two sets of macros
  e3 diff --ignore DESC --ignore ASG a.db b.db
  git show HEAD:x.db | e3 diff --stdin-name old.db - x.db`
