import { Command, Option } from 'commander'
import { filesToLevel } from '../../host/tree/files-to-level.ts'
import { createWholeTreeReader } from '../../host/tree-reader.ts'
import { listOverview } from '../../modules/listing/overview.ts'
import {
  overviewJson,
  overviewLines,
  versionJson,
  versionLines,
} from '../../modules/listing/print.ts'
import { listVersions, type VersionList } from '../../modules/listing/versions.ts'
import type { Site } from '../../modules/site.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import { wildcard } from '../../text/wildcard.ts'
import { repeatable } from '../check/input-options.ts'
import { type CliContext, type CommandResult, exitCodes } from '../context.ts'
import { positiveInteger } from '../option-values.ts'
import { openSite, type TreeOptions } from '../tree/open-site.ts'

const listFormats = ['text', 'json'] as const

interface ListOptions extends TreeOptions {
  readonly all?: boolean
  readonly level?: number
  readonly format: (typeof listFormats)[number]
}

/** `e3 list`: what is installed. */
export function listCommand(context: CliContext): Command {
  return new Command('list')
    .description('list the modules that are installed, or the versions of some')
    .argument('[modules...]', 'names, with * and ?')
    .option('--all', 'the versions of all modules')
    .option('--level <number>', 'from 2: files of the versions too, so deep', positiveInteger)
    .addOption(repeatable('-l, --module-path <directory>', 'search modules here first'))
    .option('--base <directory>', 'EPICS base whose architecture counts; see also "e3 base"')
    .addOption(
      new Option('--format <format>', 'how it is printed').choices(listFormats).default('text'),
    )
    .addHelpText('after', examples)
    .action((modules: string[], options: ListOptions) =>
      context.finish(list(modules, options, context)),
    )
}

function list(names: readonly string[], options: ListOptions, context: CliContext): CommandResult {
  const { value, diagnostics } = openSite('e3 list', options, context)
  const { site, isUnusable } = value
  if (isUnusable || site.roots.length === 0) {
    return { diagnostics, exitCode: exitCodes.environment }
  }
  const { format, all, level = 1 } = options
  const isJson = format === 'json'
  if (isJson && options.level !== undefined) {
    const wrong = diagnostic('OPTION_VALUE', 'one of both, please: --level and --format json', {
      hint: 'e3 list --format json names the directories',
    })
    return { diagnostics: [wrong], exitCode: exitCodes.usage }
  }
  if (names.length === 0 && !all && level === 1) {
    const { roots, architecture, baseRelease } = site
    const reader = createWholeTreeReader()
    const whole = { reader, roots, architecture, ...(baseRelease && { baseRelease }) }
    const { value: rows, diagnostics: unreadable } = listOverview(whole, () => true)
    const lines = isJson ? overviewJson(rows) : overviewLines(rows)
    return {
      pieces: lines.map((line) => `${line}\n`),
      diagnostics: [...diagnostics, ...unreadable],
    }
  }
  const wanted = wantedModules(site, names)
  const lists = wanted.modules.map((module) => listVersions(site, module))
  const shown = lists.filter(({ places }) => places.length > 0)
  const blocks = shown.map((one) =>
    isJson ? versionJson(one) : [...versionLines(one, site.architecture), ...fileLines(one, level)],
  )
  const separator = isJson ? '' : '\n'
  return {
    pieces: blocks.map((lines, at) => `${at > 0 ? separator : ''}${lines.join('\n')}\n`),
    diagnostics: [
      ...diagnostics,
      ...wanted.diagnostics,
      ...lists.flatMap((one) => one.diagnostics),
    ],
  }
}

/** The versions are the first level of the folder of a module. */
function fileLines({ places }: VersionList, level: number): string[] {
  if (level < 2) return []
  return places.flatMap(({ place: { directory } }) => [
    ...['', directory],
    ...filesToLevel(directory, level - 1),
  ])
}

/** Names as they are written, and those that patterns fit; without any, all. */
function wantedModules(
  site: Site,
  names: readonly string[],
): { readonly modules: readonly string[]; readonly diagnostics: readonly Diagnostic[] } {
  const patterns = names.length > 0 ? names : ['*']
  const diagnostics: Diagnostic[] = []
  const modules = patterns.flatMap((pattern) => {
    if (!/[*?]/.test(pattern)) return [pattern]
    const { value: rows, diagnostics: unreadable } = listOverview(site, wildcard(pattern))
    const found = rows.map(({ module }) => module)
    diagnostics.push(...unreadable)
    if (found.length === 0 && unreadable.length === 0 && names.length > 0) {
      diagnostics.push(
        diagnostic('NOTHING_FOUND', `no module has a name like "${pattern}"`, { hint: 'e3 list' }),
      )
    }
    return found
  })
  return { modules: [...new Set(modules)], diagnostics }
}

const examples = `
Without names: the modules, each with its newest version for this architecture. With names: all
versions, what they are built for and where they are; * marks the one that "require" takes if it
is given no version.

Examples:
  e3 list
  e3 list asyn 'stream*'
  e3 list --level 3 asyn                      its versions, and what is in dbd, lib, ...
  e3 list -l ~/modules                        another module tree
  e3 list --all --format json                 everything, an object a line`
