import { Command } from 'commander'
import { printModuleYaml } from '../../build/recipe/print-module-yaml.ts'
import { importWrapper } from '../../host/build/import-wrapper.ts'
import { addSourceOptions, type SourceOptions, sourceRequest } from '../build/source-options.ts'
import type { CliContext, CommandResult } from '../context.ts'

/** `e3 import`: what others wrote, in the form of e3. */
export function importCommand(context: CliContext): Command {
  const command = new Command('import').description('show modules of others in the form of e3')
  const wrapper = command
    .command('wrapper')
    .description('print the module of an e3 wrapper or a PSI style makefile as module.yaml')
    .argument('[folder]', 'folder of the module', '.')
  addSourceOptions(wrapper)
    .addHelpText('after', examples)
    .action((folder: string, options: SourceOptions) =>
      context.finish(printWrapper(folder, options, context)),
    )
  return command
}

async function printWrapper(
  folder: string,
  options: SourceOptions,
  context: CliContext,
): Promise<CommandResult> {
  const request = sourceRequest(folder, options, context)
  const { value: recipe, diagnostics } = await importWrapper(request)
  return recipe ? { output: printModuleYaml(recipe).trimEnd(), diagnostics } : { diagnostics }
}

const examples = `
The makefiles are read for one architecture and one base. What has no counterpart in module.yaml,
such as files that rules make, is told in comments.

Examples:
  e3 import wrapper                     what this wrapper is made of
  e3 import wrapper > module.yaml       go on without makefiles: module.yaml goes before them`
