import type { Command } from 'commander'
import { findOption, optionNames } from './iocsh/options.ts'

/** What completion asks about the site. */
export interface CompletionSources {
  /** Names of all modules that can be found. */
  modules(): readonly string[]
  /** Versions of a module, best first. */
  versions(module: string): readonly string[]
  /** Versions of embedded bases. */
  bases(): readonly string[]
}

/** The command line up to the word that is being typed. */
export interface TypedWords {
  /** The words before it, the command first. */
  readonly before: readonly string[]
  readonly current: string
  /** What a shell that takes a joined value for one word wants before each answer: `--require=`. */
  readonly prefix?: string
}

/**
 * The words of a command line as if no value were joined to its option. bash has three words for
 * `--require=asyn` (COMP_WORDBREAKS), of which the last one is typed; zsh has one.
 */
export function typedWords(words: readonly string[], at: number): TypedWords {
  const before = words.slice(0, at).flatMap(separated)
  const current = words[at] ?? ''
  if (isSign(current, before.at(-1))) return { before, current: '' }
  const [option, value] = separated(current)
  return value === undefined || option === undefined
    ? { before: before.filter((word, index) => !isSign(word, before[index - 1])), current }
    : { before: [...before, option], current: value, prefix: `${option}=` }
}

/** Option and value of a word that has both. */
function separated(word: string): string[] {
  const [, option, value] = /^(--[\w-]+)=(.*)$/s.exec(word) ?? []
  return option === undefined || value === undefined ? [word] : [option, value]
}

function isSign(word: string, before: string | undefined): boolean {
  return word === '=' && before !== undefined && /^--[\w-]+$/.test(before)
}

/** Words that may follow in `iocsh …`; none where a file is expected, the shell offers those. */
export function completeIocsh(
  { before, current }: TypedWords,
  sources: CompletionSources,
): string[] {
  const option = findOption(before.at(-1) ?? '')
  if (!option?.value || option.optionalValue) {
    return current.startsWith('-') ? matching(current, optionNames()) : []
  }
  switch (option.key) {
    case 'require':
      return matching(current, moduleWords(current, sources))
    case 'base':
      return matching(current, sources.bases())
    default:
      return matching(current, option.value.includes('|') ? option.value.split('|') : [])
  }
}

/** Words that may follow in `e3 …`, read from the commands themselves. */
export function completeE3(
  { before, current }: TypedWords,
  program: Command,
  sources: CompletionSources,
): string[] {
  let command = program
  for (const word of before.slice(1)) {
    command = command.commands.find((one) => one.name() === word) ?? command
  }
  const option = before.at(-1) ?? ''
  if (option === '--base') return matching(current, sources.bases())
  const choices = choicesOf(command, option)
  if (choices) return matching(current, choices)
  const words = before.slice(before.lastIndexOf(command.name()) + 1)
  const parent = command.parent?.name() ?? ''
  if (`${parent} ${command.name()}` === 'base remove' && !current.startsWith('-')) {
    const isNamed = words.some((word) => !word.startsWith('-'))
    return isNamed ? [] : matching(current, sources.bases())
  }
  const modules = command.registeredArguments.some((one) => takesModules.test(one.name()))
    ? moduleArgument(words, current, { command, sources })
    : []
  const options = current.startsWith('-') ? command.options.flatMap(({ long }) => long ?? []) : []
  const names = command
    .createHelp()
    .visibleCommands(command)
    .map((one) => one.name())
  return matching(current, [...names, ...options, ...modules])
}

/** The values of an option, of the command or of all. */
function choicesOf(command: Command, name: string): readonly string[] | undefined {
  const option = command.options.find(({ long, short }) => name === long || name === short)
  if (option) return option.argChoices
  return command.parent ? choicesOf(command.parent, name) : undefined
}

/** Names of arguments of commands that stand for modules. */
const takesModules = /^modules?\b/

/** A module, or behind one its versions where these are a word of their own. */
function moduleArgument(
  words: readonly string[],
  current: string,
  { command, sources }: { readonly command: Command; readonly sources: CompletionSources },
): string[] {
  if (current.startsWith('-')) return []
  const hasVersions = command.registeredArguments.some((one) => one.name() === 'version')
  const before = words.filter((word) => !word.startsWith('-')).at(-1)
  const isVersion = hasVersions && before !== undefined && !before.includes(',')
  return isVersion ? [...sources.versions(before)] : moduleWords(current, sources)
}

/** A whole module name is followed by its versions, `asyn,4.42.0`. */
function moduleWords(current: string, sources: CompletionSources): string[] {
  const [module = '', version] = current.split(',', 2)
  const names = version === undefined ? sources.modules() : []
  const isWhole = version !== undefined || names.includes(module)
  return [...names, ...(isWhole ? sources.versions(module).map((one) => `${module},${one}`) : [])]
}

function matching(current: string, words: readonly string[]): string[] {
  return words.filter((word) => word.startsWith(current))
}
