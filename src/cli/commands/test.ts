import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { Command, Option } from 'commander'
import type { BaseInstallation } from '../../host/base/locate.ts'
import { temporaryDirectory } from '../../host/temporary-directory.ts'
import { builtStages } from '../../host/tree/build-stage.ts'
import { hideRevisions } from '../../host/tree/hide-revisions.ts'
import type { SearchRoot, Site } from '../../modules/site.ts'
import type { StagedModule } from '../../modules/stage/staged-module.ts'
import type { SmokeTarget } from '../../smoke/smoke-run.ts'
import { stoppedBy } from '../../smoke/unfinished.ts'
import { hasErrors } from '../../text/diagnostic.ts'
import { buildFailureCode } from '../build-outcome.ts'
import { repeatable } from '../check/input-options.ts'
import { type CliContext, type CommandResult, exitCodes } from '../context.ts'
import { positiveSeconds } from '../option-values.ts'
import type { Format } from '../reporter.ts'
import { openReports, sharedReport } from '../smoke-reports.ts'
import { installAll } from '../tree/install-all.ts'
import { openSite, siteNow, siteWithRoot, type TreeOptions } from '../tree/open-site.ts'
import { stageRequest } from '../tree/stage-request.ts'
import { wrapperBase } from '../tree/wrapper-base.ts'
import { pattern, type SmokeOptions, smoke } from './smoke.ts'

interface TestOptions extends TreeOptions, Pick<SmokeOptions, 'timeout' | 'allow'> {
  readonly build: boolean
  readonly junit?: string
  readonly log?: string
}

/** `e3 test`: starts IOCs with a module that was built, before it is installed. */
export function testCommand(context: CliContext, global: { format: Format }): Command {
  return new Command('test')
    .description('start IOCs with a module that was built, without installing it')
    .argument('[folder]', 'folder of the module (default: the working directory)')
    .option('--no-build', 'what was built, as it is, even if its sources have changed')
    .option('--timeout <seconds>', 'until an IOC must run', positiveSeconds, 30)
    .addOption(
      new Option('--allow <pattern>', 'ERROR lines that match are no failure; repeatable')
        .argParser(pattern)
        .default([], 'none'),
    )
    .option('--junit <file>', 'write the results as JUnit XML')
    .option('--log <file>', 'write what the IOCs print')
    .addOption(repeatable('-l, --module-path <directory>', 'look for other modules here first'))
    .option('--base <directory>', 'EPICS base to start; see also "e3 base"')
    .addHelpText('after', examples)
    .action((folder: string | undefined, options: TestOptions) => {
      return context.finish(test(folder, { ...options, format: global.format }, context))
    })
}

async function test(
  word: string | undefined,
  options: TestOptions & { readonly format: Format },
  context: CliContext,
): Promise<CommandResult> {
  const folder = resolve(context.cwd, word ?? '.')
  const clash = sharedReport(options, context.cwd)
  if (clash) return { diagnostics: [clash], exitCode: exitCodes.usage }
  const reports = openReports(options, context.cwd)
  const part = { name: basename(folder), step: 'build' }
  reports.onSignal((signal) => ({ unfinished: [stoppedBy(signal, part)] }))
  const work = temporaryDirectory('e3-test')
  try {
    const prepared = await prepare(word, options, { context, folder, work: work.path })
    reports.release()
    if ('targets' in prepared) {
      const surroundings = { ...context, env: prepared.env, cwd: folder }
      return await smoke(prepared.targets, smokeOptions(options, context.cwd), surroundings)
    }
    const { diagnostics } = prepared
    const unwritten = reports.write({ unfinished: [{ ...part, diagnostics }] })
    return { ...prepared, diagnostics: [...diagnostics, ...unwritten] }
  } finally {
    reports.release()
    work.remove()
  }
}

interface Prepared {
  readonly targets: readonly SmokeTarget[]
  readonly env: CliContext['env']
}

/** Builds the module and puts it into a tree of its own in `work`; or what a failure comes to. */
async function prepare(
  word: string | undefined,
  options: TestOptions,
  { context, folder, work }: { context: CliContext; folder: string; work: string },
): Promise<Prepared | CommandResult> {
  const release = await wrapperBase(word, context)
  const opened = openSite('e3 test', { ...options, release }, context)
  const about = opened.diagnostics.filter(({ code }) => code !== 'TREE_UNKNOWN')
  if (hasErrors(about)) return { diagnostics: about, exitCode: exitCodes.environment }
  const { base, modulePath: modulePaths, build } = options
  const architectures = [opened.value.site.architecture]
  const order = stageRequest(context, { folder, base, modulePaths })
  const stages = await builtStages(order, { architectures, builds: build })
  const [staged] = stages.value
  if (!staged || hasErrors(stages.diagnostics)) {
    return { diagnostics: stages.diagnostics, exitCode: buildFailureCode(stages.diagnostics) }
  }
  const root = { directory: join(work, 'cell'), origin: '--cell' } as const
  mkdirSync(root.directory)
  const site = siteWithRoot(opened.value, root)
  const installed = await installAll([staged], { root, site, session: opened.value, context })
  if (hasErrors(installed.diagnostics)) return { ...installed, output: '' }
  const roots = hideRevisions(siteNow(site), staged, join(work, 'trees'))
  return {
    targets: targetsIn(folder, staged, iocWords({ ...site, roots }, opened.value.base)),
    env: { ...context.env, ...searchPaths(context, site.roots, roots) },
  }
}

function smokeOptions(
  { timeout, allow, junit, log, format }: TestOptions & { readonly format: Format },
  cwd: string,
): SmokeOptions {
  return {
    ...{ timeout, allow, format, pv: [], settle: 1, jobs: 1 },
    ...(junit !== undefined && { junit: resolve(cwd, junit) }),
    ...(log !== undefined && { log: resolve(cwd, log) }),
  }
}

/** An IOC that only loads the module, then one for each startup script in `test`. */
function targetsIn(
  folder: string,
  { module, version }: StagedModule,
  words: readonly string[],
): SmokeTarget[] {
  const all = [...words, '-r', `${module},${version.text}`]
  const tests = join(folder, 'test')
  const scripts = existsSync(tests) ? readdirSync(tests).sort() : []
  return [
    { name: `${module} ${version.text}`, words: all },
    ...scripts
      .filter((name) => name.endsWith('.cmd'))
      .map((name) => `test/${name}`)
      .map((script) => ({ name: script, words: [...all, script], script })),
  ]
}

/** The same trees and base for the IOC, which knows nothing of e3.yaml; the last tree is searched first. */
function iocWords({ roots, reader }: Site, base: BaseInstallation | undefined): string[] {
  const paths = roots.map(({ directory }) => directory).filter(reader.isDirectory)
  return [
    ...paths.toReversed().flatMap((path) => ['-l', path]),
    ...(base === undefined ? [] : ['--base', base.directory]),
  ]
}

/** An IOC searches these as well: each tree is where it is for this test. */
function searchPaths(
  { env, cwd }: CliContext,
  before: readonly SearchRoot[],
  after: readonly SearchRoot[],
): Record<string, string> {
  const moved = new Map(before.map(({ directory }, at) => [directory, after[at]?.directory]))
  const names = ['EPICS_DRIVER_PATH', 'E3_SITEMODS_PATH'].filter((name) => env[name])
  return Object.fromEntries(
    names.map((name) => {
      const paths = (env[name] ?? '').split(':')
      return [name, paths.map((path) => moved.get(resolve(cwd, path)) ?? path).join(':')]
    }),
  )
}

const examples = `
What "e3 build" makes is brought up to date and put into a tree of its own, which is removed again. An
IOC that only loads the module must start; then an IOC for each startup script test/*.cmd of the module,
with the module loaded in front of it. No IOC sees other revisions of the module. They pass as IOCs of
"e3 smoke" do.

Exit status: 0 all passed, 1 failures, 2 wrong usage, 3 no usable base or an unwritable file.

Examples:
  e3 test
  e3 test ~/e3-asyn --junit report.xml`
