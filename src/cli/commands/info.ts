import { Command, Option } from 'commander'
import { libraryFilesOf } from '../../host/library-files.ts'
import { metasOf } from '../../host/tree/verify-files.ts'
import { architectureText, builtArchitectures } from '../../modules/architectures.ts'
import { checkLibraries } from '../../modules/check/library-check.ts'
import { contentsOf } from '../../modules/contents.ts'
import { dependentsOf, fulfilledBy } from '../../modules/dependents.ts'
import { infoJson, infoLines } from '../../modules/listing/info.ts'
import { type ModuleRequest, parseRequest } from '../../modules/module-request.ts'
import type { ResolvedModule } from '../../modules/resolution.ts'
import { resolve } from '../../modules/resolve.ts'
import type { Site } from '../../modules/site.ts'
import { listPlaces } from '../../modules/version-place.ts'
import { type Diagnostic, hasErrors } from '../../text/diagnostic.ts'
import { repeatable } from '../check/input-options.ts'
import { type CliContext, type CommandResult, exitCodes } from '../context.ts'
import { type OpenedSite, openSite, type TreeOptions } from '../tree/open-site.ts'
import { runningBase } from '../tree/running-base.ts'

const infoFormats = ['text', 'json'] as const

interface InfoOptions extends TreeOptions {
  readonly format: (typeof infoFormats)[number]
}

/** `e3 info`: what is in a module. */
export function infoCommand(context: CliContext): Command {
  return new Command('info')
    .description('show what a module brings, needs, and is needed by')
    .argument('<module[,version]>', 'as "e3 list" prints it, or as in a require line')
    .addOption(repeatable('-l, --module-path <directory>', 'search modules here first'))
    .option('--base <directory>', 'EPICS base to look with; see also "e3 base"')
    .addOption(
      new Option('--format <format>', 'how it is printed').choices(infoFormats).default('text'),
    )
    .addHelpText('after', examples)
    .action((word: string, options: InfoOptions) => context.finish(info(word, options, context)))
}

async function info(
  word: string,
  options: InfoOptions,
  context: CliContext,
): Promise<CommandResult> {
  const asked = parseRequest(word)
  if (!asked.value) return { diagnostics: asked.diagnostics, exitCode: exitCodes.usage }
  const opened = openSite('e3 info', options, context)
  const { site, isUnusable } = opened.value
  if (isUnusable || site.roots.length === 0) {
    return { diagnostics: opened.diagnostics, exitCode: exitCodes.environment }
  }
  const { modules, diagnostics } = resolve([exactly(asked.value, site)], site)
  const module = modules.find(({ name }) => name === asked.value?.module)
  const found = [...opened.diagnostics, ...asked.diagnostics, ...diagnostics]
  if (!module || hasErrors(found)) return { diagnostics: found }
  const text = await describe(module, modules, { session: opened.value, options, context })
  return { output: text.output, diagnostics: [...found, ...text.diagnostics] }
}

/** `1.0.0` means that directory where it is installed, and only else one of its revisions. */
function exactly(request: ModuleRequest, site: Site): ModuleRequest {
  const { module, version } = request
  if (version.kind !== 'named') return request
  const isThere = site.roots
    .flatMap((root) => listPlaces(site, { module, root }))
    .some((place) => !place.isLink && place.version.text === version.version.text)
  return isThere ? { ...request, version: { ...version, isExact: true } } : request
}

interface Describing {
  readonly session: OpenedSite
  readonly options: InfoOptions
  readonly context: CliContext
}

async function describe(
  module: ResolvedModule,
  modules: readonly ResolvedModule[],
  { session, options, context }: Describing,
): Promise<{ readonly output: string; readonly diagnostics: readonly Diagnostic[] }> {
  const { site, base } = session
  const { reader } = site
  const place = placeOf(site, module)
  const { registrations } = base
    ? checkLibraries({ base: runningBase(base), modules }, libraryFilesOf(reader))
    : { registrations: new Map() }
  const { broughtCommands } = await import('../../host/brought-commands.ts')
  const { cwd, env } = context
  const brought = await broughtCommands({ module, modules, base, registrations, cwd, env })
  const metas = place ? metasOf(place) : { value: [], diagnostics: [] }
  const facts = {
    ...{ module, contents: contentsOf(module, reader), commands: brought.commands },
    architectures: builtArchitectures(reader, module.directory).map(architectureText),
    dependents: place ? fulfilledBy(site, place, dependentsOf(site, module.name)) : [],
    metas: metas.value,
  }
  return {
    output: options.format === 'json' ? infoJson(facts) : infoLines(facts).join('\n'),
    diagnostics: [...brought.diagnostics, ...metas.diagnostics],
  }
}

function placeOf(site: Site, { name, directory }: ResolvedModule) {
  return site.roots
    .flatMap((root) => listPlaces(site, { module: name, root }))
    .find((place) => place.directory === directory)
}

const examples = `
Without a version: the one that "require" takes; for 1.0.0, if that itself is not there, its highest
revision. Commands are those that an IOC with this module has and without it has not; macros of
templates and snippets are shown with their defaults.

Examples:
  e3 info stream
  e3 info stream,2.8.26
  e3 info asyn --format json`
