import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Command } from 'commander'
import { buildStage } from '../../host/tree/build-stage.ts'
import { checkOut, type SourcePlace, sourcesOf } from '../../host/tree/find-sources.ts'
import { targetTree } from '../../host/tree/target-tree.ts'
import { checkModuleName, checkVersionName } from '../../modules/module-name.ts'
import { moduleTreeOf } from '../../modules/module-tree.ts'
import { planRebuild, type RebuildStep } from '../../modules/rebuild-plan.ts'
import { resolve as resolveModules } from '../../modules/resolve.ts'
import { type Diagnostic, diagnostic, hasErrors } from '../../text/diagnostic.ts'
import { alignedLines } from '../../text/table.ts'
import { parseVersionRequest } from '../../version/request.ts'
import { type CliContext, type CommandResult, exitCodes } from '../context.ts'
import { type Installing, installAll } from '../tree/install-all.ts'
import { openSite, siteWithRoot } from '../tree/open-site.ts'
import { stageRequest } from '../tree/stage-request.ts'
import { addTargetOptions, type TargetOptions } from '../tree/target-options.ts'

interface RebuildOptions extends TargetOptions {
  readonly dryRun?: boolean
  readonly sources?: string
}

/** `e3 rebuild-for`: everything that needs a module, for a new version of it. */
export function rebuildForCommand(context: CliContext): Command {
  const command = new Command('rebuild-for')
    .description('build the next revision of every module that needs an older version of one')
    .argument('<module>', 'its name, or module,version')
    .argument('[version]', 'the version that they shall need')
    .option('--dry-run', 'print what would be built, build nothing')
    .option('--sources <directory>', 'one folder a module; else where each was built from')
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
  const wrong = checkModuleName(module) ?? checkVersionName(version)
  if (wrong) return { diagnostics: [wrong], exitCode: exitCodes.usage }
  const target = targetTree({ ...options, ...context })
  if ('error' in target) return { diagnostics: [target.error], exitCode: exitCodes.environment }
  const opened = openSite('e3 rebuild-for', options, context)
  const site = siteWithRoot(opened.value, target.root)
  const isThere = moduleTreeOf(site)
    .versions(module)
    .some((installed) => installed.version.text === version)
  if (!isThere) {
    const asked = { module, version: parseVersionRequest(version) }
    const { diagnostics } = resolveModules([asked], site)
    return { diagnostics: hasErrors(diagnostics) ? diagnostics : [notExact(module, version)] }
  }
  const { steps, diagnostics } = planRebuild(site, { module, version })
  const sources = options.sources && resolve(context.cwd, options.sources)
  const planned = steps.map((step) => ({ step, source: sourcesOf(step, sources) }))
  const output = planLines(planned, `${module} ${version}`)
  if (options.dryRun || steps.length === 0) return { output, diagnostics }
  context.progress(output)
  const unknown = planned.flatMap(({ step, source }) => unknownSource(step, source))
  if (unknown.length > 0) return { diagnostics: [...diagnostics, ...unknown] }
  const building = {
    ...{ root: target.root, site, session: opened.value, context, base: options.base },
    modulePaths: [...options.modulePath, target.root.directory],
  }
  return buildAll(planned, building)
}

interface Planned {
  readonly step: RebuildStep
  readonly source: SourcePlace
}

function planLines(planned: readonly Planned[], wanted: string): string {
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
      return `${source.url} ${source.commit}`
    case 'unknown':
      return `sources unknown: ${source.reason}`
  }
}

function unknownSource({ module, from }: RebuildStep, source: SourcePlace): Diagnostic[] {
  if (source.kind !== 'unknown') return []
  const message = `the sources of ${module} ${from.text} are not known: ${source.reason}`
  const hint = 'name a directory with one folder a module: --sources <directory>'
  return [diagnostic('REBUILD_SOURCES', message, { hint })]
}

function notExact(module: string, version: string): Diagnostic {
  const message = `${module} ${version} is not installed, only revisions of it`
  return diagnostic('REQUIRE_NOT_FOUND', message, { hint: `e3 list ${module}` })
}

interface Rebuilding extends Installing {
  readonly base: string | undefined
  /** For the builder; the last one is searched first. */
  readonly modulePaths: readonly string[]
}

/** One after the other, as each needs those before it; it ends at the first that fails. */
async function buildAll(
  planned: readonly Planned[],
  installing: Rebuilding,
): Promise<CommandResult> {
  const output: string[] = []
  const diagnostics: Diagnostic[] = []
  for (const { step, source } of planned) {
    const done = await buildOne(step, source, installing)
    diagnostics.push(...done.diagnostics)
    if (done.output) output.push(done.output)
    if (hasErrors(done.diagnostics)) break
  }
  return { output: output.join('\n'), diagnostics }
}

async function buildOne(
  { to, pins }: RebuildStep,
  source: SourcePlace,
  installing: Rebuilding,
): Promise<CommandResult> {
  const { env, progress } = installing.context
  const work = mkdtempSync(join(tmpdir(), 'e3-rebuild-'))
  try {
    const folder = source.kind === 'folder' ? source.folder : join(work, 'module')
    if (source.kind === 'repository') {
      progress(`getting ${source.url}`)
      const failure = await checkOut(source, folder, env)
      if (failure !== undefined) {
        const message = `cannot get ${source.url} at ${source.commit}: ${failure}`
        const hint = '--sources <directory> takes them from there'
        return { diagnostics: [diagnostic('REBUILD_SOURCES', message, { hint })] }
      }
    }
    const wanted = new Map(pins.map((pin) => [pin.module, pin.after]))
    const { base, modulePaths } = installing
    const order = stageRequest(installing.context, { folder, base, modulePaths })
    const built = await buildStage({ ...order, version: to, pins: wanted })
    if (hasErrors(built.diagnostics)) return { diagnostics: built.diagnostics }
    return await installAll(built.value, installing)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

const examples = `
Where a module was updated, others that are pinned to the old version can be used with the new one only
if they are built again. This command finds them, through all others, and builds and installs the next
revision of each, in the order of what they need. Nothing that is installed is changed. Of each module
its newest version counts; test versions are left out.

Exit status: 0 done, or nothing to do, 1 errors, 2 wrong usage, 3 no tree.

Examples:
  e3 rebuild-for --dry-run scaling 1.7.1      what would be built?
  e3 rebuild-for scaling 1.7.1 --sources ~/modules`
