import { Command, Option } from 'commander'
import { explainCode } from '../../host/explain-code.ts'
import { type Diagnostic, diagnostic, hasErrors } from '../../text/diagnostic.ts'
import { type CheckFormat, checkFormats, findingLines, shownFindings } from '../check/findings.ts'
import { fixFiles } from '../check/fix.ts'
import { addInputOptions, type InputOptions, repeatable } from '../check/input-options.ts'
import { type Arguments, readWords } from '../check/inputs.ts'
import { type CheckJob, type JobResult, openJob } from '../check/job.ts'
import { isInputWord } from '../check/standard-input.ts'
import { summaryLine } from '../check/summary.ts'
import { watchJob } from '../check/watch.ts'
import { type CliContext, type CommandResult, type ExitCode, exitCodes } from '../context.ts'

/** What the user wrote as options. */
export interface CheckOptions extends InputOptions {
  readonly ioc: readonly string[]
  readonly explain?: string
  readonly lint: boolean
  readonly fix?: boolean
  readonly write?: boolean
  readonly watch?: boolean
  readonly format: CheckFormat
  readonly quiet: boolean
}

/** `e3 check`: everything that is known to be wrong before an IOC starts. */
export function checkCommand(
  context: CliContext,
  global: { format: string; quiet: boolean },
): Command {
  const command = new Command('check')
    .description('find mistakes in startup scripts and databases, without starting an IOC')
    .usage('[options] [file | folder | pattern | -]... [NAME=VALUE ...]')
    .argument('[files...]', 'startup scripts, databases, templates, substitution files, folders')
    .addOption(repeatable('--ioc <name=file>', 'a startup script and the name of its IOC', iocName))
  return addInputOptions(command)
    .option('--explain <code>', 'print what a code means, with an example and the remedy')
    .option('--no-lint', 'errors and warnings only, no remarks')
    .option('--fix', 'show what would put right what needs no thought')
    .option('--write', 'with --fix: change the files')
    .option('--watch', 'check again whenever a file changes')
    .addOption(new Option('--format <format>', 'how findings are reported').choices(checkFormats))
    .option('--quiet', 'errors only, no summary')
    .addHelpText('after', examples)
    .action(async (words: string[], given: CheckOptions) => {
      const format = given.format ?? global.format
      const options = { ...given, format, quiet: given.quiet || global.quiet }
      await context.finish(check(words, options, context))
    })
}

async function check(
  words: readonly string[],
  options: CheckOptions,
  context: CliContext,
): Promise<CommandResult> {
  if (options.explain !== undefined) return explain(options, context)
  const nothingNamed = words.length === 0 && options.ioc.length === 0
  const read = readWords({
    command: 'e3 check',
    words: nothingNamed ? ['.'] : words,
    ...options,
  })
  const wrong = [...read.diagnostics, ...contradictions(read, options)]
  if (hasErrors(wrong)) return refused(wrong, options, context)
  const job = openJob({ ...options, words: read }, context)
  if (options.watch) {
    return watchJob(job, { context, show: (result) => report(result, options, context) })
  }
  if (options.fix) return fix(job, options, context)
  return reported(await job.run(), options, context)
}

function explain({ explain: code = '', ...options }: CheckOptions, context: CliContext) {
  if (options.format !== 'text') {
    const hint = 'leave out --format'
    const problem = diagnostic('OPTION_VALUE', '--explain shows text only', { hint })
    return refused([problem], options, context)
  }
  const { value: output, diagnostics } = explainCode(code)
  return { output, diagnostics, ...(hasErrors(diagnostics) && { exitCode: exitCodes.usage }) }
}

/** Wrong usage, in the format that was asked for. */
function refused(
  wrong: readonly Diagnostic[],
  { format }: Pick<CheckOptions, 'format'>,
  { stdout, env, cwd }: CliContext,
): CommandResult {
  if (format === 'text') return { diagnostics: wrong, exitCode: exitCodes.usage }
  const noColor = Boolean(env['NO_COLOR'])
  return {
    pieces: findingLines(wrong, format, { output: stdout, noColor, files: [], seconds: 0, cwd }),
    ...{ diagnostics: [], exitCode: exitCodes.usage },
  }
}

function contradictions(
  { iocs, files }: Arguments,
  { watch, fix: fixes, write, format }: CheckOptions,
): Diagnostic[] {
  const reject = (message: string, hint: string) => [diagnostic('OPTION_VALUE', message, { hint })]
  if (watch && [...iocs, ...files].some(isInputWord)) {
    return reject('standard input cannot be watched', 'name a file')
  }
  if (watch && fixes) return reject('--watch changes no files', 'leave out --watch or --fix')
  if (write && !fixes) return reject('--write needs --fix', 'e3 check --fix --write')
  if (fixes && format !== 'text') return reject('--fix shows text only', 'leave out --format')
  return []
}

/** Shows what would be changed, or changes it and reports what is left. */
async function fix(
  job: CheckJob,
  options: CheckOptions,
  context: CliContext,
): Promise<CommandResult> {
  const before = await job.run()
  const { overlay } = before
  const fixed = fixFiles(before, { cwd: context.cwd, overlay, isWritten: options.write === true })
  if (!options.write) {
    const summary = options.quiet ? undefined : fixed.summary
    return { ...fixed, summary, exitCode: exitCodeOf(before) }
  }
  const after = reported(await job.run(), options, context)
  const failed = fixed.diagnostics.length > 0 ? exitCodes.environment : undefined
  const summary = options.quiet ? undefined : `${fixed.summary}\n${after.summary}`
  return { ...after, summary, diagnostics: fixed.diagnostics, ...(failed && { exitCode: failed }) }
}

/** Findings on stdout, the summary on stderr. */
function reported(result: JobResult, options: CheckOptions, context: CliContext): CommandResult {
  const { pieces, summary } = report(result, options, context)
  return { pieces, summary, diagnostics: [], exitCode: exitCodeOf(result) }
}

/** What is shown of a result. */
export interface Report {
  readonly pieces: Iterable<string>
  readonly summary: string | undefined
}

function report(
  { diagnostics, counts, seconds, sources }: JobResult,
  { format, quiet, lint }: CheckOptions,
  { stdout, env, cwd }: CliContext,
): Report {
  const findings = shownFindings(diagnostics, { isQuiet: quiet, hasLints: lint })
  const noColor = Boolean(env['NO_COLOR'])
  const files = [...sources.values()].map(({ source }) => source.name)
  return {
    pieces: findingLines(findings, format, { output: stdout, noColor, files, seconds, cwd }),
    summary: quiet ? undefined : summaryLine(findings, counts, seconds),
  }
}

/** A base that was named but cannot be used: nothing of what was asked could be checked. */
function exitCodeOf({ session, diagnostics }: JobResult): ExitCode {
  if (session.isUnusable) return exitCodes.environment
  return hasErrors(diagnostics) ? exitCodes.errors : exitCodes.fine
}

function iocName(text: string): string | undefined {
  return /^[^=]+=./.test(text) ? undefined : 'it must be NAME=FILE'
}

const examples = `
Startup scripts are read as the IOC shell reads them, with all they load: modules, databases,
templates. A folder stands for the startup scripts in it, or else for its databases; without any
file the current folder is checked. NAME=VALUE are macros of the files directly before them.

Exit status: 0 no errors, 1 errors, 2 wrong usage, 3 the base that was named cannot be used.

Examples:
  e3 check st.cmd                          what iocsh st.cmd would find wrong, and more
  e3 check iocs/                           all IOCs of a repository, also against each other
  e3 check motor.template P=LAB: M=m1      a template with values for its macros
  e3 check --ioc LAB:VAC=vac/st.cmd -l ~/modules
  e3 check --fix --write st.cmd            put right what needs no thought
  e3 check --watch iocs/                   while you edit
  e3 check --format github iocs/           for CI
  e3 check --explain MACRO_UNDEFINED
  e3 check - --stdin-name db/x.db <x.db    for editors`
