import type { Command } from 'commander'
import type { ImportRequest } from '../../host/build/import-wrapper.ts'
import { repeatable } from '../check/input-options.ts'
import type { CliContext } from '../context.ts'

/** Options of all commands that read what a module is made from. */
export interface SourceOptions {
  readonly modulePath: readonly string[]
  readonly base?: string
  readonly arch?: string
  readonly dev?: boolean
}

/** Adds these options to a command. */
export function addSourceOptions(command: Command): Command {
  return command
    .addOption(repeatable('-l, --module-path <directory>', 'search modules here first'))
    .option('--base <directory>', 'EPICS base to build for; see also "e3 base"')
    .option('--arch <arch>', 'architecture, where the base is configured for several')
    .option('--dev', 'of an e3 wrapper: by RELEASE_DEV and CONFIG_MODULE_DEV')
}

/** What they say about the module of a folder. */
export function sourceRequest(
  folder: string,
  { modulePath, base, arch, dev = false }: SourceOptions,
  { env, cwd, uid }: CliContext,
): ImportRequest {
  return { env, cwd, uid, folder, base, arch, modulePaths: modulePath, isDevelopment: dev }
}
