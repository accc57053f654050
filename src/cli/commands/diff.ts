import { Command, Option } from 'commander'
import { compareDatabases, type RecordDifference } from '../../database/difference/compare.ts'
import { differenceJson, differenceLines } from '../../database/difference/print.ts'
import type { ResolvedModule } from '../../modules/resolution.ts'
import { type VersionDifference, versionDifferences } from '../../modules/version-differences.ts'
import { isReadable } from '../../startup/source-reader.ts'
import { counted } from '../../text/count.ts'
import { diagnostic, hasErrors } from '../../text/diagnostic.ts'
import { addInputOptions, type InputOptions, repeatable } from '../check/input-options.ts'
import { readWords } from '../check/inputs.ts'
import { type LoadedTarget, loadTargets } from '../check/load-targets.ts'
import { type CliContext, type CommandResult, exitCodes } from '../context.ts'
import {
  comparedLocks,
  type LockWords,
  readLocks,
  repeatedScript,
  versionJson,
  versionLines,
} from '../lock/compare-locks.ts'

interface DiffOptions extends Omit<InputOptions, 'lock'> {
  readonly lock?: LockWords
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
    .addOption(comparedLocks())
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
  const { lock, ...input } = options
  const { locks, wrong } = readLocks(lock)
  const readAll = (all: readonly string[]) =>
    readWords({ command: 'e3 diff', words: all, hasOwnMacros: true, needsRecords: true, ...input })
  const once = readAll(words)
  const isOne = locks.length > 0 && once.files.length === 1
  const read = isOne ? readAll(repeatedScript(words)) : once
  const usage = [...read.diagnostics, ...(wrong ? [wrong] : [])]
  if (hasErrors(usage)) return { diagnostics: usage, exitCode: exitCodes.usage }
  const { loaded, diagnostics, session } = await loadTargets(
    { ...input, words: read, locks, lock: lock !== false },
    context,
  )
  const status = session.isUnusable ? exitCodes.environment : exitCodes.errors
  const [before, after, ...others] = loaded
  if (!after && hasErrors(diagnostics)) return { diagnostics, exitCode: status }
  if (!before || !after || others.length > 0) return notTwo(loaded.length)
  if (!isRead(before) || !isRead(after)) return { diagnostics, exitCode: status }
  const differences: Differences = {
    modules: locks.length > 0 ? versionDifferences(modulesOf(before), modulesOf(after)) : [],
    records: [
      ...compareDatabases(before.ioc.database, after.ioc.database, {
        definitions: [before.ioc.definitions, after.ioc.definitions],
        ignored: new Set(options.ignore),
      }),
    ],
  }
  const isSame = numberOf(differences) === 0 && !hasErrors(diagnostics)
  return {
    pieces: printed(differences, options, context),
    summary: options.quiet ? undefined : summary(differences, hasErrors(diagnostics)),
    diagnostics,
    exitCode: isSame && !session.isUnusable ? exitCodes.fine : status,
  }
}

/** What two IOCs have differently. */
interface Differences {
  /** Of two locks. */
  readonly modules: readonly VersionDifference[]
  readonly records: readonly RecordDifference[]
}

function numberOf({ modules, records }: Differences): number {
  return modules.length + records.length
}

function modulesOf({ ioc }: LoadedTarget): readonly ResolvedModule[] {
  return ioc.outcome?.loaded ?? []
}

/** Of a file that cannot be read, all records would be told as removed or added. */
function isRead({ target, reader, ioc }: LoadedTarget): boolean {
  return ioc.database.records.size > 0 || isReadable(reader.read(target.path))
}

function notTwo(number: number): CommandResult {
  const message = `e3 diff compares two files, not ${number}`
  const hint = 'e3 diff old.db new.db; see e3 diff --help'
  return { diagnostics: [diagnostic('OPTION_VALUE', message, { hint })], exitCode: exitCodes.usage }
}

function* printed(
  { modules, records }: Differences,
  { format, origin = false }: DiffOptions,
  { stdout, env }: CliContext,
): Generator<string> {
  const color = stdout.isTerminal && !env['NO_COLOR']
  for (const item of modules) {
    if (format === 'json') yield `${versionJson(item)}\n`
    else for (const line of versionLines(item, color)) yield `${line}\n`
  }
  for (const item of records) {
    if (format === 'json') yield `${differenceJson(item, origin)}\n`
    else for (const line of differenceLines(item, { hasOrigin: origin, color })) yield `${line}\n`
  }
}

function summary(all: Differences, isIncomplete: boolean): string {
  const { modules, records: differences } = all
  if (numberOf(all) === 0) {
    return isIncomplete ? 'no differences in what could be read' : 'no differences'
  }
  const kinds = (['removed', 'added', 'changed'] as const).flatMap((kind) => {
    const number = differences.filter((item) => item.kind === kind).length
    return number > 0 ? [`${counted(number, 'record')} ${kind}`] : []
  })
  const aliases = differences.filter(({ kind }) => kind === 'alias').length
  const versions = modules.length > 0 ? [counted(modules.length, 'module')] : []
  return [
    ...versions,
    ...kinds,
    ...(aliases > 0 ? [counted(aliases, 'alias', 'aliases')] : []),
  ].join(', ')
}

const examples = `
Records are compared by name, after all macros, field by field; the order of records and fields does
not count. Values are compared as the IOC has them: a field that is not set has its default. NAME=VALUE
are macros of the file before them; in front of both files, of both. With two locks (see e3 lock) the versions of
modules are compared as well, and one script is enough.

Exit status: 0 no differences, 1 differences or errors, 2 wrong usage, 3 no usable base.

Examples:
  e3 diff old/st.cmd new/st.cmd
  e3 diff a.template P=A: a.template P=B:      one template, two sets of macros
  e3 diff --ignore DESC --ignore ASG a.db b.db
  e3 diff --lock st.cmd.lock --lock new.lock st.cmd
  git show HEAD:x.db | e3 diff --stdin-name old.db - x.db`
