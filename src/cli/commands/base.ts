import { realpathSync } from 'node:fs'
import { Command } from 'commander'
import { type EmbeddedBase, listEmbedded, pinnedBaseVersion } from '../../host/base/embedded.ts'
import { installBase } from '../../host/base/install.ts'
import { type BaseInstallation, inspectBase, locateBase } from '../../host/base/locate.ts'
import { removeBase } from '../../host/base/remove.ts'
import { embeddedState } from '../../host/base/state.ts'
import type { Code } from '../../text/codes.ts'
import { type Diagnostic, diagnostic, hasErrors } from '../../text/diagnostic.ts'
import { alignedLines } from '../../text/table.ts'
import { type CliContext, type CommandResult, exitCodes } from '../context.ts'

/** `e3 base`: the EPICS base that is used, and embedded ones. */
export function baseCommand(context: CliContext): Command {
  const base = new Command('base').description('the EPICS base IOCs are started with')
  base
    .command('install')
    .description(
      'make an embedded base from the Python package epicscorelibs, or the executable of one anew',
    )
    .argument('[version]', `version of the package (default: ${pinnedBaseVersion})`)
    .option(
      '--from <wheel>',
      'a wheel file or a folder with wheels, for machines without a network',
    )
    .option('--force', 'replace a base that is already there')
    .action((version: string | undefined, options: InstallOptions) =>
      context.finish(installCommand({ ...options, version }, context)),
    )
  base
    .command('list')
    .description('list the bases; * marks the one that is used')
    .action(() => context.finish(listCommand(context)))
  base
    .command('path')
    .description('print the directory of the base that is used')
    .action(() => context.finish(pathCommand(context)))
  base
    .command('remove')
    .description('remove an embedded base')
    .argument('<version>', 'as e3 base list prints it')
    .option('--force', 'also while IOCs use it')
    .action((version: string, options: { readonly force?: boolean }) =>
      context.finish(removeCommand({ ...options, version }, context)),
    )
  return base
}

/** Arguments of `e3 base install`. */
export interface InstallOptions {
  readonly version?: string | undefined
  readonly from?: string
  readonly force?: boolean
}

type Surroundings = Pick<CliContext, 'env' | 'cwd' | 'progress'>

/** Makes an embedded base; one that is already there is fine too. */
export async function installCommand(
  options: InstallOptions,
  { env, cwd, progress }: Surroundings,
): Promise<CommandResult> {
  const { base, isNew, isRenewed, diagnostics } = await installBase({
    ...options,
    env,
    cwd,
    progress,
  })
  if (!base) return unusable(diagnostics)
  const old = isRenewed ? 'made softIocPVA again of EPICS base' : 'there is already EPICS base'
  const words = isNew ? 'installed EPICS base' : old
  return { output: `${words} ${base.version} in ${base.directory}`, diagnostics }
}

/**
 * One line a base: version of the package, of base, architecture, directory; and why the one that is
 * named for starts cannot be used.
 */
export function listCommand({ env, cwd }: Surroundings): CommandResult {
  const { value: used, diagnostics: found } = locateBase({ env, cwd })
  const embedded = listEmbedded(env)
  const rows = embedded.map((base) => rowOf(base, used, env))
  const isListed = rows.some(([mark]) => mark === '*')
  if (used && !isListed) rows.unshift(['*', used.origin, ...describe(used)])
  const diagnostics = withoutRepeats([
    ...found.filter(({ code }) => code !== 'BASE_NOT_FOUND'),
    ...embedded.flatMap(findingsOf),
  ])
  if (rows.length === 0 && diagnostics.length === 0) {
    return { output: 'no base: e3 base install makes one', diagnostics }
  }
  const header = ['', 'version', 'base', 'arch', 'directory']
  return {
    ...(rows.length > 0 ? { output: alignedLines([header, ...rows]).join('\n') } : {}),
    ...(used && !hasErrors(diagnostics) ? {} : { exitCode: exitCodes.environment }),
    diagnostics,
  }
}

function findingsOf(base: EmbeddedBase): Diagnostic[] {
  const state = embeddedState(base.directory)
  if (state.kind === 'damaged') return [state.reason]
  return state.kind === 'outdated' ? [outdated(base)] : []
}

/** The base that is used may be an embedded one, of which the same is found: its remedy is the better one. */
function withoutRepeats(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [...new Map(diagnostics.map((found) => [found.message, found])).values()]
}

function outdated({ version }: EmbeddedBase): Diagnostic {
  const message = `softIocPVA of the base ${version} was made by another release`
  return diagnostic('BASE_OUTDATED', message, { hint: `e3 base install ${version}` })
}

/** The directory of the base that would be used, for scripts: one line, nothing else. */
export function pathCommand({ env, cwd }: Surroundings): CommandResult {
  const { value, diagnostics } = locateBase({ env, cwd })
  return value ? { output: value.directory, diagnostics } : unusable(diagnostics)
}

/** Removes an embedded base, if no process uses it. */
export function removeCommand(
  options: { readonly version: string; readonly force?: boolean },
  { env }: Surroundings,
): CommandResult {
  const { base, diagnostics } = removeBase({ ...options, env })
  if (base) return { output: `removed ${base.directory}`, diagnostics }
  const isRefused = diagnostics.some(({ code }) => code === 'BASE_WRITE_FAILED')
  return isRefused ? unusable(diagnostics) : { diagnostics, exitCode: exitCodes.errors }
}

/** Mistakes in the arguments give 1; everything else is the environment. */
function unusable(diagnostics: CommandResult['diagnostics']): CommandResult {
  const isInput = diagnostics.some(({ code }) => inputErrors.has(code))
  return { diagnostics, exitCode: isInput ? exitCodes.errors : exitCodes.environment }
}

const inputErrors: ReadonlySet<Code> = new Set<Code>([
  ...(['FILE_NOT_FOUND', 'FILE_UNREADABLE', 'BASE_VERSION_INVALID'] as const),
  ...(['BASE_WHEEL_INVALID', 'BASE_WHEEL_NOT_FOUND', 'BASE_WHEEL_PLATFORM'] as const),
])

function rowOf(
  { version, directory }: EmbeddedBase,
  used: BaseInstallation | undefined,
  env: CliContext['env'],
): string[] {
  const isUsed = used !== undefined && realPath(used.directory) === realPath(directory)
  const base = inspectBase({ directory, origin: 'embedded' }, env).value
  return [isUsed ? '*' : '', version, ...(base ? describe(base) : ['?', '?', directory])]
}

function describe({ version, arch, directory }: BaseInstallation): string[] {
  return [version.text, arch, directory]
}

function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}
