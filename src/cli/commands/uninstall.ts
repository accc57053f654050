import { Command } from 'commander'
import { targetTree } from '../../host/tree/target-tree.ts'
import { uninstallVersion } from '../../host/tree/uninstall.ts'
import { usesOf } from '../../host/tree/uses.ts'
import { listModules } from '../../modules/list-installed.ts'
import { checkModuleName } from '../../modules/module-name.ts'
import type { SearchRoot, Site } from '../../modules/site.ts'
import { listPlaces, type VersionPlace } from '../../modules/version-place.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import { didYouMean } from '../../text/suggest.ts'
import { byDescendingVersion } from '../../version/order.ts'
import { type CliContext, type CommandResult, exitCodes } from '../context.ts'
import { locksAround } from '../lock/known-locks.ts'
import { lockUses } from '../lock/locked-versions.ts'
import { openSite, siteWithRoot } from '../tree/open-site.ts'
import { addTargetOptions, type TargetOptions } from '../tree/target-options.ts'

interface UninstallOptions extends TargetOptions {
  readonly force?: boolean
}

/** `e3 uninstall`: removes a version from a module tree. */
export function uninstallCommand(context: CliContext): Command {
  const command = new Command('uninstall')
    .description('remove a version of a module from a module tree')
    .argument('<module>', 'its name, or module,version')
    .argument('[version]', 'as "e3 list" prints it')
    .option('--force', 'also if somebody needs it')
  return addTargetOptions(command)
    .addHelpText('after', examples)
    .action((module: string, version: string | undefined, options: UninstallOptions) =>
      context.finish(uninstall([module, version], options, context)),
    )
}

async function uninstall(
  [word, second]: readonly [string, string | undefined],
  options: UninstallOptions,
  context: CliContext,
): Promise<CommandResult> {
  const [module = '', version = second] = word.split(',', 2)
  const wrong = checkModuleName(module) ?? (version ? undefined : withoutVersion(module))
  if (wrong) return { diagnostics: [wrong], exitCode: exitCodes.usage }
  const target = targetTree({ ...options, ...context })
  if ('error' in target) return { diagnostics: [target.error], exitCode: exitCodes.environment }
  const { root } = target
  const opened = openSite('e3 uninstall', options, context)
  const site = siteWithRoot(opened.value, root)
  const place = listPlaces(site, { module, root }).find((one) => one.version.text === version)
  if (!place) return { diagnostics: [notThere(site, root, { module, version: version ?? '' })] }
  const locks = await locksAround(
    site.roots.map(({ directory }) => directory),
    context,
  )
  const uses = [...usesOf(site, place, context.env), ...lockUses(locks.value, place, site)]
  const inUse = uses.length > 0 ? [usedText(place, uses, options.force === true)] : []
  if (inUse.length > 0 && !options.force) return { diagnostics: [...inUse, ...locks.diagnostics] }
  const { isGone, diagnostics } = uninstallVersion(place)
  if (!isGone) return { diagnostics, exitCode: exitCodes.environment }
  const what = place.isLink ? `the link ${module}/${version}` : `${module} ${version}`
  return {
    output: `removed ${what} from ${root.directory}`,
    diagnostics: [...inUse, ...locks.diagnostics, ...diagnostics],
  }
}

function withoutVersion(module: string): Diagnostic {
  const message = `which version of ${module}?`
  return diagnostic('OPTION_VALUE', message, { hint: `e3 list ${module}` })
}

function notThere(
  site: Site,
  root: SearchRoot,
  { module, version }: { readonly module: string; readonly version: string },
): Diagnostic {
  const there = listPlaces(site, { module, root })
    .map((place) => place.version)
    .sort(byDescendingVersion)
    .map(({ text }) => text)
  const others = site.roots.filter(
    (other) =>
      other !== root &&
      listPlaces(site, { module, root: other }).some((one) => one.version.text === version),
  )
  const message = `${module} ${version} is not installed in ${root.directory}`
  const misspelled =
    there.length > 0 || others.length > 0
      ? undefined
      : didYouMean(module, listModules({ ...site, roots: [root] }))
  const installed = there.slice(0, 5).join(', ') || 'no version of it'
  return diagnostic('REQUIRE_NOT_FOUND', message, {
    notes: [
      { message: `installed there: ${installed}${there.length > 5 ? ', ...' : ''}` },
      ...others.map(({ directory }) => ({ message: `it is in ${directory}` })),
    ],
    hint: others[0]
      ? `--prefix ${others[0].directory}`
      : (misspelled ?? didYouMean(version, there)),
  })
}

const shown = 20

function usedText(
  { module, version, directory }: VersionPlace,
  uses: ReturnType<typeof usesOf>,
  isForced: boolean,
): Diagnostic {
  const more = uses.length > shown ? [{ message: `and ${uses.length - shown} more` }] : []
  const message = isForced
    ? `${module} ${version.text} was needed and is gone`
    : `${module} ${version.text} is needed, it is not removed`
  return diagnostic('MODULE_IN_USE', message, {
    severity: isForced ? 'warning' : 'error',
    notes: [...uses.slice(0, shown), ...more],
    hint: isForced
      ? `what cannot be loaded any more: e3 tree verify`
      : `look at it: ls ${directory}; if you mean it: e3 uninstall --force ${module} ${version.text}`,
  })
}

const examples = `
A version that others need stays: installed modules that cannot be loaded with any other version of
it, links that lead to it, IOCs that run with it on this host, IOCs of e3.yaml that are locked to it
(see e3 lock).

Exit status: 0 removed, 1 it is needed or not there, 2 wrong usage, 3 no tree, or it cannot be written.

Examples:
  e3 uninstall asyn 4.42.0+3
  e3 uninstall --cell asyn mytest
  e3 uninstall --force asyn 4.42.0+3         whoever needs it`
