import { relative, resolve } from 'node:path'
import { Command } from 'commander'
import { type NewKind, writeNewFolder } from '../../host/new-folder.ts'
import { diagnostic } from '../../text/diagnostic.ts'
import { type CliContext, type CommandResult, exitCodes } from '../context.ts'

/** `e3 new`: the first files of a module or an IOC, which work as they are. */
export function newCommand(context: CliContext): Command {
  const command = new Command('new').description('begin a module or an IOC, with files that work')
  const kinds: readonly (readonly [NewKind, string, string])[] = [
    ['module', 'sources, template, snippet, test and CI file of a module', examples.module],
    ['ioc', 'startup script, database, test and CI file of an IOC', examples.ioc],
  ]
  for (const [kind, description, help] of kinds) {
    command
      .command(kind)
      .description(description)
      .argument(
        '<name>',
        `at most ${longest[kind]} letters, digits and "_"; also the name of the folder that is made`,
      )
      .addHelpText('after', help)
      .action((name: string) => context.finish(make(kind, name, context)))
  }
  return command
}

/** Longer ones are cut where records are called by them. */
const longest: Readonly<Record<NewKind, number>> = { module: 24, ioc: 30 }

function make(kind: NewKind, name: string, { cwd }: CliContext): CommandResult {
  if (!/^[A-Za-z_]\w*$/.test(name) || name.length > longest[kind]) {
    const code = kind === 'module' ? 'MODULE_NAME_INVALID' : 'IOC_NAME'
    const better = name
      .replace(/\W/g, '_')
      .replace(/^(?=\d|$)/, 'my')
      .slice(0, longest[kind])
    const hint = `at most ${longest[kind]} letters, digits and "_": e3 new ${kind} ${better}`
    const message = `"${name}" cannot be the name of a new ${kind === 'ioc' ? 'IOC' : kind}`
    return { diagnostics: [diagnostic(code, message, { hint })] }
  }
  const folder = resolve(cwd, name)
  const made = writeNewFolder({ kind, name, folder })
  if (!Array.isArray(made)) return { diagnostics: [made], exitCode: exitCodes.environment }
  const place = relative(cwd, folder)
  const next = kind === 'module' ? `e3 test ${place}` : `iocsh ${place}/st.cmd`
  const files = made.map((file) => `  ${place}/${file}`).join('\n')
  return { output: `${files}\nnext: ${next}`, diagnostics: [] }
}

const examples: Readonly<Record<NewKind, string>> = {
  module: `
The module has a counter as device support. It builds and starts at once:

  e3 new module counter && cd counter
  e3 build && e3 test
  e3 install --cell
  iocsh -l cellMods test/st.cmd`,
  ioc: `
The IOC has one record. It starts at once:

  e3 new ioc furnace && cd furnace
  iocsh st.cmd`,
}
