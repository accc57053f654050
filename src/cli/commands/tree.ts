import { join } from 'node:path'
import { Command } from 'commander'
import { libraryFilesOf } from '../../host/library-files.ts'
import { brokenModules, linkFindings } from '../../host/tree/links.ts'
import {
  leftovers,
  type Repairs,
  repairDependencies,
  repairFolder,
  repairPlaceLinks,
} from '../../host/tree/repair.ts'
import { verifyFiles } from '../../host/tree/verify-files.ts'
import { listModules } from '../../modules/list-installed.ts'
import type { Site } from '../../modules/site.ts'
import { verifyPlace } from '../../modules/verify-place.ts'
import { listPlaces, type VersionPlace } from '../../modules/version-place.ts'
import { counted } from '../../text/count.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import { wildcard } from '../../text/wildcard.ts'
import { byDescendingVersion } from '../../version/order.ts'
import { repeatable } from '../check/input-options.ts'
import { progressLine } from '../check/progress-line.ts'
import { type CliContext, type CommandResult, exitCodes } from '../context.ts'
import { locksAround } from '../lock/known-locks.ts'
import { goneVersions } from '../lock/locked-versions.ts'
import { type OpenedSite, openSite, siteNow, type TreeOptions } from '../tree/open-site.ts'
import { runningBase } from '../tree/running-base.ts'

interface VerifyOptions extends TreeOptions {
  readonly repair?: boolean
  readonly quiet: boolean
}

/** `e3 tree`: the module trees as a whole. */
export function treeCommand(context: CliContext, global: { quiet: boolean }): Command {
  const tree = new Command('tree').description('look after module trees')
  tree
    .command('verify')
    .description('find what is wrong in module trees')
    .argument('[modules...]', 'names or module,version, with * and ?')
    .option('--repair', 'put right what needs no decision')
    .addOption(repeatable('-l, --module-path <directory>', 'this tree too, and first'))
    .option('--base <directory>', 'EPICS base that libraries must fit; see also "e3 base"')
    .addHelpText('after', examples)
    .action((modules: string[], options: VerifyOptions) =>
      context.finish(verify(modules, { ...options, quiet: global.quiet }, context)),
    )
  return tree
}

async function verify(
  names: readonly string[],
  options: VerifyOptions,
  context: CliContext,
): Promise<CommandResult> {
  const opened = openSite('e3 tree verify', options, context)
  const { site, isUnusable } = opened.value
  if (isUnusable || site.roots.length === 0) {
    return { diagnostics: opened.diagnostics, exitCode: exitCodes.environment }
  }
  const wanted = names.map((name) => name.split(',', 2).map(wildcard))
  const modules = listModules(site).filter(
    (module) => wanted.length === 0 || wanted.some(([isName]) => isName?.(module)),
  )
  const isWanted = ({ module, version }: VersionPlace): boolean =>
    isWantedName(wanted, module, version.text)
  const repairs = options.repair
    ? repairAll(site, modules, isWanted)
    : { done: [], diagnostics: [] }
  const lost = site.roots.flatMap(({ directory }) =>
    brokenModules(
      directory,
      (name) => names.length === 0 || wanted.some(([isName]) => isName?.(name)),
    ),
  )
  const found = findAll(opened.value, modules, { isWanted, context, quiet: options.quiet })
  const locks = await locksAround(
    site.roots.map(({ directory }) => directory),
    context,
  )
  const isNamed = (module: string, version: string) => isWantedName(wanted, module, version)
  const diagnostics = [
    ...opened.diagnostics,
    ...repairs.diagnostics,
    ...lost,
    ...found.diagnostics,
    ...locks.diagnostics,
    ...goneVersions(locks.value, siteNow(site), isNamed),
  ]
  if (found.count === 0 && names.length > 0) diagnostics.push(nothing(names))
  return {
    output: repairs.done.join('\n'),
    summary: options.quiet ? undefined : summaryOf(found.count, diagnostics),
    diagnostics,
  }
}

type Wanted = (place: VersionPlace) => boolean

/** Patterns for a name, or for a name and a version; without any, all are wanted. */
function isWantedName(
  wanted: readonly (readonly ReturnType<typeof wildcard>[])[],
  module: string,
  version: string,
): boolean {
  return (
    wanted.length === 0 ||
    wanted.some(([isName, isVersion]) => isName?.(module) && (!isVersion || isVersion(version)))
  )
}

function placesIn(site: Site, module: string, isWanted: Wanted): VersionPlace[] {
  return site.roots
    .flatMap((root) => listPlaces(site, { module, root }))
    .filter(isWanted)
    .sort((a, b) => byDescendingVersion(a.version, b.version))
}

function foldersOf(site: Site, module: string): string[] {
  return site.roots
    .map(({ directory }) => join(directory, module))
    .filter((folder) => site.reader.isDirectory(folder))
}

function repairAll(site: Site, modules: readonly string[], isWanted: Wanted): Repairs {
  const repairs = modules.flatMap((module) => [
    ...foldersOf(site, module).map(repairFolder),
    ...placesIn(siteNow(site), module, isWanted).flatMap((place) => [
      repairPlaceLinks(place),
      ...(place.isLink ? [] : [repairDependencies(place, site.reader)]),
    ]),
  ])
  return {
    done: repairs.flatMap(({ done }) => done),
    diagnostics: repairs.flatMap(({ diagnostics }) => diagnostics),
  }
}

interface Finding {
  readonly isWanted: Wanted
  readonly context: CliContext
  readonly quiet: boolean
}

function findAll(
  session: OpenedSite,
  modules: readonly string[],
  { isWanted, context, quiet }: Finding,
): { readonly count: number; readonly diagnostics: readonly Diagnostic[] } {
  const site = siteNow(session.site)
  const base = session.base && runningBase(session.base)
  const files = libraryFilesOf(site.reader)
  const line = progressLine(context.stderr, quiet)
  const diagnostics: Diagnostic[] = []
  let count = 0
  for (const module of modules) {
    diagnostics.push(...foldersOf(site, module).flatMap(leftovers))
    for (const place of placesIn(site, module, isWanted)) {
      line.show(`verifying ${module} ${place.version.text}`)
      count++
      diagnostics.push(...linkFindings(place, verifyPlace(place, { site, base, files })))
      if (!place.isLink) diagnostics.push(...verifyFiles(place))
    }
  }
  line.clear()
  return { count, diagnostics }
}

function summaryOf(count: number, diagnostics: readonly Diagnostic[]): string {
  const found = (['error', 'warning'] as const).flatMap((severity) => {
    const number = diagnostics.filter((one) => one.severity === severity).length
    return number > 0 ? [counted(number, severity)] : []
  })
  return `${counted(count, 'version')}: ${found.join(', ') || 'nothing wrong'}`
}

function nothing(names: readonly string[]): Diagnostic {
  const message = `nothing that is installed has a name like "${names.join('" or "')}"`
  return diagnostic('NOTHING_FOUND', message, { hint: 'e3 list' })
}

const examples = `
Looks at every version in all module trees, for all architectures: links that lead nowhere or to
another version, .dep lines that nothing installed fulfils, libraries that do not fit this machine,
the base or the name of their directory, files that are not as they were built, what killed
installations have left; and locks that hold what is not there any more (see e3 lock).

--repair clears up what was left, writes .dep files that are missing if the build has told them, and
lets links that broke when the tree was moved lead to the same version here. The rest is told.

Exit status: 0 nothing wrong but warnings, 1 errors, 2 wrong usage, 3 no tree.

Examples:
  e3 tree verify
  e3 tree verify asyn 'stream,2.8*'
  e3 tree verify --repair`
