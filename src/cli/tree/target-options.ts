import type { Command } from 'commander'
import { repeatable } from '../check/input-options.ts'
import type { TreeOptions } from './open-site.ts'

/** Options of commands that change a module tree. */
export interface TargetOptions extends TreeOptions {
  readonly prefix?: string
  readonly cell?: string | boolean
}

/** Adds these options to a command. */
export function addTargetOptions(command: Command): Command {
  return command
    .option('--prefix <directory>', 'the module tree (default: E3_SITEMODS_PATH)')
    .option('--cell [directory]', 'a tree of your own (default: E3_CELL_PATH, or cellMods)')
    .addOption(repeatable('-l, --module-path <directory>', 'look for other modules here first'))
    .option('--base <directory>', 'EPICS base that libraries must fit; see also "e3 base"')
}
