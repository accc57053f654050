import { resolve } from 'node:path'
import { Command } from 'commander'
import { type SourcePlace, sourcesOf } from '../../host/tree/find-sources.ts'
import { targetTree } from '../../host/tree/target-tree.ts'
import { checkModuleName, checkVersionName } from '../../modules/module-name.ts'
import { parseRequest } from '../../modules/module-request.ts'
import { moduleTreeOf } from '../../modules/module-tree.ts'
import { type LeftOut, planRebuild } from '../../modules/rebuild-plan.ts'
import { resolve as resolveModules } from '../../modules/resolve.ts'
import type { Site } from '../../modules/site.ts'
import { type Diagnostic, diagnostic, hasErrors } from '../../text/diagnostic.ts'
import { quoteShellWord } from '../../text/shell-words.ts'
import { alignedLines } from '../../text/table.ts'
import { parseVersionRequest } from '../../version/request.ts'
import { repeatable } from '../check/input-options.ts'
import { type CliContext, type CommandResult, exitCodes } from '../context.ts'
import { openSite, siteWithRoot } from '../tree/open-site.ts'
import { type PlannedStep, rebuildAll, unknownSource } from '../tree/rebuild-all.ts'
import { addTargetOptions, type TargetOptions } from '../tree/target-options.ts'

interface RebuildOptions extends TargetOptions {
  readonly dryRun?: boolean
  readonly sources?: string
  readonly only: readonly string[]
  readonly keepGoing?: boolean
}

/** `e3 rebuild-for`: everything that needs a module, for a new version of it. */
export function rebuildForCommand(context: CliContext): Command {
  const command = new Command('rebuild-for')
    .description('build the next revision of every module that needs an older version of one')
    .argument('<module>', 'its name, or module,version')
    .argument('[version]', 'the version that they shall need')
    .option('--dry-run', 'print what would be built, build nothing')
    .addOption(repeatable('--only <module[,version]>', 'this one, and what it needs'))
    .option('--sources <directory>', 'one folder a module; else where each was built from')
    .option('--keep-going', 'behind a failure, go on with what does not need it')
  return addTargetOptions(command)
    .addHelpText('after', examples)
    .action((module: string, version: string | undefined, options: RebuildOptions) =>
      context.finish(rebuild([module, version], options, context)),
    )
}

async function rebuild(
  [word, second]: readonly [string, string | undefined],
  options: RebuildOptions,
  context: CliContext,
): Promise<CommandResult> {
  const [module = '', version = second ?? ''] = word.split(',', 2)
  const chosen = options.only.map((text) => parseRequest(text))
  const wrong =
    checkModuleName(module) ?? (version ? checkVersionName(version) : withoutVersion(module))
  const misread = [wrong ?? [], ...chosen.map(({ diagnostics }) => diagnostics)].flat()
  if (misread.length > 0) return { diagnostics: misread, exitCode: exitCodes.usage }
  const target = targetTree({ ...options, ...context })
  if ('error' in target) return { diagnostics: [target.error], exitCode: exitCodes.environment }
  const opened = openSite('e3 rebuild-for', options, context)
  const site = siteWithRoot(opened.value, target.root)
  const missing = whatIsMissing(site, { module, version })
  if (missing.length > 0) return { diagnostics: missing }
  const only = chosen.flatMap(({ value }) => value ?? [])
  const absent = only.flatMap((one) => resolveModules([one], site).diagnostics)
  if (hasErrors(absent)) return { diagnostics: absent }
  const plan = planRebuild(site, { module, version, ...(only.length > 0 && { only }) })
  const sources = options.sources && resolve(context.cwd, options.sources)
  const planned = plan.steps.map((step) => ({ step, source: sourcesOf(step, sources) }))
  const diagnostics = [...plan.diagnostics, ...plan.left.map(leftOut)]
  const output = planLines(planned, `${module} ${version}`)
  if (options.dryRun || planned.length === 0) return { output, diagnostics }
  context.progress(output)
  const unknown = planned.flatMap(withoutSource)
  if (unknown.length > 0 && !options.keepGoing) {
    return { diagnostics: [...diagnostics, ...unknown, nothingBuilt()] }
  }
  const done = await rebuildAll(planned, {
    ...{ root: target.root, site, session: opened.value, context, base: options.base },
    modulePaths: [...options.modulePath, target.root.directory],
    keepsGoing: options.keepGoing === true,
    again: commandAgain([module, version], options),
  })
  return { ...done, diagnostics: [...diagnostics, ...done.diagnostics] }
}

function withoutVersion(module: string): Diagnostic {
  const message = `which version of ${module} shall the others need?`
  return diagnostic('OPTION_VALUE', message, { hint: `e3 list ${module}` })
}

/** The command line that goes on behind a failure: all that says what is built, from what and where. */
function commandAgain(
  words: readonly string[],
  { sources, only, keepGoing, prefix, cell, modulePath, base }: RebuildOptions,
): string {
  const given: readonly (readonly string[])[] = [
    ...(sources === undefined ? [] : [['--sources', sources]]),
    ...only.map((one) => ['--only', one]),
    ...(keepGoing ? [['--keep-going']] : []),
    ...(prefix === undefined ? [] : [['--prefix', prefix]]),
    ...(cell === undefined ? [] : [typeof cell === 'string' ? ['--cell', cell] : ['--cell']]),
    ...modulePath.map((one) => ['-l', one]),
    ...(base === undefined ? [] : [['--base', base]]),
  ]
  return ['e3', 'rebuild-for', ...words, ...given.flat()].map(quoteShellWord).join(' ')
}

/** The version that everything shall need must be there, exactly. */
function whatIsMissing(
  site: Site,
  { module, version }: { readonly module: string; readonly version: string },
): readonly Diagnostic[] {
  const versions = moduleTreeOf(site).versions(module)
  if (versions.some((installed) => installed.version.text === version)) return []
  const asked = { module, version: parseVersionRequest(version) }
  const { diagnostics } = resolveModules([asked], site)
  return hasErrors(diagnostics) ? diagnostics : [notExact(module, version)]
}

function withoutSource({ step, source }: PlannedStep): Diagnostic[] {
  return source.kind === 'unknown' ? [unknownSource(step.module, step.from.text, source)] : []
}

function nothingBuilt(): Diagnostic {
  return diagnostic('REBUILD_INCOMPLETE', 'nothing is built, as not all sources are there', {
    hint: 'to build what can be built: --keep-going',
  })
}

function leftOut({ module, version, reason }: LeftOut): Diagnostic {
  return diagnostic('REBUILD_LEFT_OUT', `${module} ${version} is left as it is: ${reason}`)
}

function planLines(planned: readonly PlannedStep[], wanted: string): string {
  if (planned.length === 0) return `no module needs a version older than ${wanted}`
  const rows = planned.map(({ step: { module, from, to, pins }, source }) => [
    ...[`${module} ${from.text} -> ${to}`],
    pins.map((pin) => `${pin.module} ${pin.before} -> ${pin.after}`).join(', '),
    sourceText(source),
  ])
  return alignedLines(rows).join('\n')
}

function sourceText(source: SourcePlace): string {
  switch (source.kind) {
    case 'folder':
      return source.folder
    case 'repository':
      return [source.url, source.commit, source.folder].filter(Boolean).join(' ')
    case 'unknown':
      return `sources unknown: ${source.reason}`
  }
}

function notExact(module: string, version: string): Diagnostic {
  const message = `${module} ${version} is not installed, only revisions of it`
  return diagnostic('REQUIRE_NOT_FOUND', message, { hint: `e3 list ${module}` })
}

const examples = `
Where a module was updated, others that are pinned to the old version can be used with the new one only
if they are built again. This command finds them, through all others, and builds and installs the next
revision of each, in the order of what they need, each for the revisions that were just made. Nothing
that is installed is changed. Of each module its newest version counts that does not need a newer one;
test versions are left as they are. It ends at the first failure; what is installed by then stays, and
the same command goes on from there.

Exit status: 0 done, or nothing to do, 1 errors, 2 wrong usage, 3 no tree.

Examples:
  e3 rebuild-for --dry-run scaling 1.7.1      what would be built?
  e3 rebuild-for scaling 1.7.1 --sources ~/modules
  e3 rebuild-for scaling 1.7.1 --only llrf,3.16.1`
