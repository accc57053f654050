import { Command } from 'commander'
import { printModuleYaml } from '../../build/recipe/print-module-yaml.ts'
import { importWrapper } from '../../host/build/import-wrapper.ts'
import { repeatable } from '../check/input-options.ts'
import type { CliContext, CommandResult } from '../context.ts'

interface ImportOptions {
  readonly modulePath: readonly string[]
  readonly base?: string
  readonly arch?: string
  readonly dev?: boolean
}

/** `e3 import`: what others wrote, in the form of e3. */
export function importCommand(context: CliContext): Command {
  const command = new Command('import').description('show modules of others in the form of e3')
  command
    .command('wrapper')
    .description('print the module of an e3 wrapper or a PSI style makefile as module.yaml')
    .argument('[folder]', 'folder of the module', '.')
    .addOption(repeatable('-l, --module-path <directory>', 'search modules here first'))
    .option('--base <directory>', 'EPICS base to read it for; see also "e3 base"')
    .option('--arch <arch>', 'architecture, where the base is configured for several')
    .option('--dev', 'by RELEASE_DEV and CONFIG_MODULE_DEV')
    .addHelpText('after', examples)
    .action((folder: string, options: ImportOptions) =>
      context.finish(printWrapper(folder, options, context)),
    )
  return command
}

async function printWrapper(
  folder: string,
  { modulePath, base, arch, dev = false }: ImportOptions,
  { env, cwd, uid }: CliContext,
): Promise<CommandResult> {
  const { value: recipe, diagnostics } = await importWrapper({
    ...{ env, cwd, uid, folder, base, arch, modulePaths: modulePath, isDevelopment: dev },
  })
  return recipe ? { output: printModuleYaml(recipe).trimEnd(), diagnostics } : { diagnostics }
}

const examples = `
The makefiles are read for one architecture and one base. What has no counterpart in module.yaml,
such as files that rules make, is told in comments.

Examples:
  e3 import wrapper                     what this wrapper is made of
  e3 import wrapper > module.yaml       go on without makefiles: module.yaml goes before them`
