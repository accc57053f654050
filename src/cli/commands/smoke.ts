import { Command, InvalidArgumentError, Option } from 'commander'
import { reasonOf } from '../../host/errors.ts'
import { programPath } from '../../host/package-root.ts'
import { checksOf, isPassed } from '../../smoke/checks.ts'
import { type Expectation, parseExpectation } from '../../smoke/expectation.ts'
import { reportJson, reportText, type SmokeResult } from '../../smoke/report.ts'
import type { SmokeRun, SmokeTarget } from '../../smoke/smoke-run.ts'
import { targetsOf } from '../../smoke/targets.ts'
import { stoppedBy } from '../../smoke/unfinished.ts'
import type { Argument } from '../../startup/request.ts'
import { diagnostic } from '../../text/diagnostic.ts'
import { spanOf } from '../../text/span.ts'
import { groupWords } from '../check/file-words.ts'
import { type CliContext, type CommandResult, type ExitCode, exitCodes } from '../context.ts'
import { positiveInteger, positiveSeconds, seconds } from '../option-values.ts'
import type { Format } from '../reporter.ts'
import { openReports, type ReportFiles, sharedReport } from '../smoke-reports.ts'

/** What the user wrote as options. */
export interface SmokeOptions extends ReportFiles {
  readonly pv: readonly Expectation[]
  readonly timeout: number
  readonly settle: number
  readonly jobs: number
  readonly allow: readonly RegExp[]
  readonly format: Format
}

/** `e3 smoke`: starts IOCs, checks that they run as expected, and ends them. */
export function smokeCommand(context: CliContext, global: { format: Format }): Command {
  const command = new Command('smoke')
    .description('start IOCs on ports of their own, check them, and end them')
    .usage('[options] [startup script | NAME=VALUE]... [-- <arguments of iocsh>]')
    .argument('[words...]', 'startup scripts, each for one IOC, with the macros that follow it')
    .addOption(
      new Option('--pv <name[=value]>', 'a PV that must exist, and have this value; repeatable')
        .argParser(expectation)
        .default([], 'none'),
    )
    .option('--timeout <seconds>', 'until an IOC must run', positiveSeconds, 30)
    .option('--settle <seconds>', 'an IOC runs so long before its PVs are read', seconds, 1)
    .addOption(
      new Option('--allow <pattern>', 'ERROR lines that match are no failure; repeatable')
        .argParser(pattern)
        .default([], 'none'),
    )
    .option('--jobs <number>', 'so many IOCs run at the same time', positiveInteger, 1)
    .option('--junit <file>', 'write the results as JUnit XML')
    .option('--log <file>', 'write what the IOCs print')
    .addHelpText('after', examples)
  const behindDashes = splitAtDashes(command)
  return command.action(async (words: string[], options: Omit<SmokeOptions, 'format'>) => {
    const targets = await findTargets({ words, behindDashes: behindDashes(), cwd: context.cwd })
    await context.finish(smoke(targets, { ...options, format: global.format }, context))
  })
}

interface SmokeWords {
  readonly words: readonly string[]
  readonly behindDashes: readonly string[]
  readonly cwd: string
}

async function findTargets({ words, behindDashes, cwd }: SmokeWords): Promise<SmokeTarget[]> {
  const { findScripts } = await import('../../host/find-scripts.ts')
  const { files, common } = groupWords(words.map(argument))
  // Macros of nothing.
  if (files.length === 0 && common.length > 0) return []
  const scripts = await Promise.all(
    files.map(async ({ text, macros }) =>
      (await findScripts(text, cwd)).map((path) => ({ path, macros })),
    ),
  )
  return targetsOf(scripts.flat(), behindDashes)
}

function argument(text: string): Argument {
  return { text, at: spanOf({ name: '<command line>', text }) }
}

/** Runs all IOCs; exit code 0 if all checks pass, 1 if not, 3 if no IOC can run here. */
export async function smoke(
  targets: readonly SmokeTarget[],
  options: SmokeOptions,
  { env, cwd, progress }: Pick<CliContext, 'env' | 'cwd' | 'progress'>,
): Promise<CommandResult> {
  if (targets.length === 0) return noTarget
  const clash = sharedReport(options, cwd)
  if (clash) return { diagnostics: [clash], exitCode: exitCodes.usage }
  const { runSmoke } = await import('../../host/smoke.ts')
  const launcher = programPath('iocsh')
  const { pv: expectations, timeout, settle, jobs } = options
  const done = new Map<number, SmokeResult>()
  const onRun = (index: number, run: SmokeRun) => {
    done.set(index, { run, checks: checksOf(run, { allowed: options.allow, timeout, settle }) })
  }
  const inOrder = () => targets.flatMap((_, index) => done.get(index) ?? [])
  const reports = openReports(options, cwd)
  reports.onSignal((signal) => ({
    results: inOrder(),
    unfinished: targets
      .filter((_, index) => !done.has(index))
      .map(({ name }) => stoppedBy(signal, { name, step: 'starts' })),
  }))
  await runSmoke({
    ...{ targets, expectations, timeout, settle, jobs, launcher, cwd, env, progress, onRun },
  }).finally(reports.release)
  const results = inOrder()
  const unwritten = reports.write({ results })
  const diagnostics = results.flatMap(({ checks }) => checks.flatMap((one) => one.diagnostics))
  return {
    output: options.format === 'json' ? reportJson(results) : reportText(results),
    diagnostics: [...diagnostics, ...unwritten],
    exitCode: unwritten.length > 0 ? exitCodes.environment : exitCodeOf(results),
  }
}

const noTarget: CommandResult = {
  diagnostics: [
    diagnostic('OPTION_VALUE', 'e3 smoke needs a startup script, or arguments of iocsh behind --', {
      hint: 'e3 smoke st.cmd; see e3 smoke --help',
    }),
  ],
  exitCode: exitCodes.usage,
}

/** When `iocsh` says that it has no base or run directory, no IOC has been tested at all. */
function exitCodeOf(results: readonly SmokeResult[]): ExitCode {
  const failed = results.filter(({ checks }) => !isPassed(checks))
  if (failed.length === 0) return exitCodes.fine
  const isEnvironment = failed.every(
    ({ run }) => run.readiness === 'ended' && run.planning.length > 0 && run.end.exitCode === 3,
  )
  return isEnvironment ? exitCodes.environment : exitCodes.errors
}

function expectation(text: string, before: readonly Expectation[]): Expectation[] {
  const value = parseExpectation(text)
  if (!value) throw new InvalidArgumentError('it must be NAME or NAME=VALUE')
  return [...before, value]
}

export function pattern(text: string, before: readonly RegExp[]): RegExp[] {
  if (text === '') throw new InvalidArgumentError('it would match every line')
  try {
    return [...before, new RegExp(text)]
  } catch (error) {
    throw new InvalidArgumentError(reasonOf(error))
  }
}

/** Commander joins the words before and behind `--`; here they mean different things. */
function splitAtDashes(command: Command): () => readonly string[] {
  let behind: readonly string[] = []
  const parse = command.parseOptions.bind(command)
  command.parseOptions = (words) => {
    const at = words.indexOf('--')
    behind = at < 0 ? [] : words.slice(at + 1)
    return parse(at < 0 ? words : words.slice(0, at))
  }
  return () => behind
}

const examples = `
Each IOC gets CA and PVA ports of its own on the loopback interface. It passes if it runs in time,
has the PVs, prints no line with ERROR, keeps running and ends cleanly.

Exit status: 0 all passed, 1 failures, 2 wrong usage, 3 no usable base or an unwritable file.

Examples:
  e3 smoke st.cmd                                does it start?
  e3 smoke --pv LAB:Temp --pv LAB:Mode=Auto st.cmd
  e3 smoke st.cmd P=LAB: -- -l ~/modules         its macros, and more arguments of iocsh
  e3 smoke -- -r asyn -r stream                  no script: do the modules load?
  e3 smoke 'iocs/**/st.cmd' --jobs 2 --junit report.xml
  e3 smoke --allow 'ERROR.*10.0.0.1' st.cmd      the device is not there, and need not be`
