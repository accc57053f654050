import type { Command } from 'commander'
import type { CliContext } from './context.ts'
import type { GlobalOptions } from './e3.ts'
import { formats } from './reporter.ts'

type CommandMaker = (context: CliContext, options: GlobalOptions) => Command

/**
 * The commands of `e3` in the order of its help. Each is loaded when it is asked for: to load all of
 * them, and the packages that they use, takes longer than most of them run.
 */
const makers: Readonly<Record<string, () => Promise<CommandMaker>>> = {
  base: async () => (await import('./commands/base.ts')).baseCommand,
  build: async () => (await import('./commands/build.ts')).buildCommand,
  check: async () => (await import('./commands/check.ts')).checkCommand,
  records: async () => (await import('./commands/records.ts')).recordsCommand,
  expand: async () => (await import('./commands/expand.ts')).expandCommand,
  diff: async () => (await import('./commands/diff.ts')).diffCommand,
  flatten: async () => (await import('./commands/flatten.ts')).flattenCommand,
  graph: async () => (await import('./commands/graph.ts')).graphCommand,
  msi: async () => (await import('./commands/msi.ts')).msiCommand,
  new: async () => (await import('./commands/new.ts')).newCommand,
  list: async () => (await import('./commands/list.ts')).listCommand,
  import: async () => (await import('./commands/import.ts')).importCommand,
  info: async () => (await import('./commands/info.ts')).infoCommand,
  why: async () => (await import('./commands/why.ts')).whyCommand,
  install: async () => (await import('./commands/install.ts')).installCommand,
  uninstall: async () => (await import('./commands/uninstall.ts')).uninstallCommand,
  tree: async () => (await import('./commands/tree.ts')).treeCommand,
  'rebuild-for': async () => (await import('./commands/rebuild-for.ts')).rebuildForCommand,
  test: async () => (await import('./commands/test.ts')).testCommand,
  smoke: async () => (await import('./commands/smoke.ts')).smokeCommand,
}

/** The hidden command that completes command lines for shells. */
export const completion = 'complete'

/**
 * Makers of the commands that a command line needs: the one it names, or all, for a help or for the
 * names that are near to a misspelled one.
 *
 * @param words the command line after `e3`; undefined for all commands
 */
export function commandMakers(words?: readonly string[]): Promise<CommandMaker[]> {
  const name = words && commandName(words)
  if (name === completion || isVersionOption(words)) return Promise.resolve([])
  const asked = name !== undefined && Object.hasOwn(makers, name) ? makers[name] : undefined
  return Promise.all((asked ? [asked] : Object.values(makers)).map((load) => load()))
}

/** The first word that is neither an option of `e3` itself nor the value of one. */
function commandName(words: readonly string[]): string | undefined {
  const at = words.findIndex((word) => !word.startsWith('-'))
  const isFormat = words[at - 1] === '--format' && formats.some((format) => format === words[at])
  return isFormat ? commandName(words.slice(at + 1)) : words[at]
}

function isVersionOption(words: readonly string[] | undefined): boolean {
  return words?.[0] === '-V' || words?.[0] === '--version'
}
