import { type Command, Option } from 'commander'
import type { GlobalOptions } from './e3.ts'
import { formats } from './reporter.ts'

/** Heading of the options of every command in their help. */
export const globalHeading = 'Options of all commands:'

/**
 * Gives a command the options of `e3` itself, so that they may stand before and behind its name. A
 * command that has one of its own, such as `--format csv`, keeps that.
 */
export function addGlobalOptions(command: Command): void {
  const has = (name: string) => command.options.some(({ long }) => long === name)
  for (const option of globalOptions()) {
    if (!has(option.long ?? '')) command.addOption(option.helpGroup(globalHeading))
  }
}

/** The options as they are at the end of a command line: the word that is nearest to its end counts. */
export function globalOptionsOf(command: Command): Partial<GlobalOptions> {
  const before = command.parent ? globalOptionsOf(command.parent) : {}
  const own = command.options.filter((one) => one.helpGroupHeading === globalHeading)
  const given = own
    .map((one) => one.attributeName())
    .filter((name) => command.getOptionValue(name) !== undefined)
    .map((name) => [name, command.getOptionValue(name)])
  return { ...before, ...Object.fromEntries(given) }
}

function globalOptions(): Option[] {
  return [
    new Option('--format <format>', 'how mistakes are reported').choices(formats),
    new Option('--quiet', 'report errors only'),
  ]
}
