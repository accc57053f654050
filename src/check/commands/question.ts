import type { CommandDefinition } from '../../elf/command-definitions.ts'
import type { CommandStep } from './steps.ts'
import type { Command, CommandTable } from './table.ts'

/** The prompt of an IOC that is asked; it stands in front of the output of each command. */
export const questionPrompt = '@e3?@'
const mark = '@e3-step@'
const endOfNames = '@e3-names@'

/**
 * What to type at the shell of an IOC so that it tells its commands: their names at the start and
 * after each step, then the usage of all, and the variables. `iocsh.cpp`: `help` lists names in
 * columns, `help *` begins each usage with the command and the names of its arguments.
 */
export function commandQuestion(steps: readonly Pick<CommandStep, 'lines'>[]): string {
  const names = [`echo ${mark}`, 'help', `echo ${endOfNames}`]
  return [
    ...names,
    ...steps.flatMap(({ lines }) => [...lines, ...names]),
    ...[`echo ${mark}`, 'help *', `echo ${mark}`, 'var', `echo ${mark}`, 'exit'],
  ]
    .map((line) => `${line}\n`)
    .join('')
}

/** What an IOC answered, and the definitions that its libraries have. */
export interface CommandAnswer {
  /** All it printed, without colour codes. */
  readonly output: string
  /** Number of steps that were asked about. */
  readonly steps: number
  /** From the libraries: types of arguments, which `help` does not tell. */
  readonly definitions: readonly CommandDefinition[]
}

/** Reads the answer; nothing if the IOC did not get to its end. */
export function readCommandAnswer({
  output,
  steps,
  definitions,
}: CommandAnswer): CommandTable | undefined {
  const sections = sectionsOf(output)
  // One before the first mark, one a list of names, usage, variables, one behind the last mark.
  if (sections.length !== steps + 5) return undefined
  const usage = new Set(sections.at(-3))
  const commands = new Map<string, Command>()
  const known = definitionsByUsage(definitions, usage)
  for (const [step, lines] of sections.slice(1, -3).entries()) {
    for (const name of namesIn(lines)) {
      const definition = known.get(name)
      if (commands.has(name)) continue
      commands.set(name, { name, step, ...(definition && { arguments: definition.arguments }) })
    }
  }
  const variables = new Set(
    sections.at(-2)?.flatMap((line) => /^(?:\w+ )?(\S+) = /.exec(line)?.[1] ?? []),
  )
  return commands.has('help') ? { commands, variables, isComplete: true } : undefined
}

function sectionsOf(output: string): string[][] {
  const sections: string[][] = [[]]
  for (const line of output.split('\n')) {
    const text = line.replaceAll(questionPrompt, '').trim()
    if (text === mark) sections.push([])
    else sections.at(-1)?.push(text)
  }
  return sections
}

/**
 * Names in columns, with the advice about help behind them or, up to base 7.0.4, in front of them.
 * Older shells show what is typed, too.
 */
function namesIn(lines: readonly string[]): string[] {
  const end = lines.findIndex((line) => line.includes(endOfNames))
  const shown = lines.slice(0, end < 0 ? lines.length : end).filter((line) => line !== 'help')
  const advice = shown.findIndex((line) => /^Type\b.*\bhelp\b/.test(line))
  if (advice < 0) return wordsOf(shown)
  const before = wordsOf(shown.slice(0, advice))
  return before.length > 0 ? before : wordsOf(shown.slice(advice + 1))
}

function wordsOf(lines: readonly string[]): string[] {
  return lines.flatMap((line) => line.split(/\s+/).filter(Boolean))
}

/**
 * A definition counts if the IOC itself gives this usage: only then it is the one that was
 * registered, and no other structure that looks like it.
 */
function definitionsByUsage(
  definitions: readonly CommandDefinition[],
  usage: ReadonlySet<string>,
): Map<string, CommandDefinition> {
  const found = new Map<string, CommandDefinition>()
  const doubtful = new Set<string>()
  for (const definition of definitions) {
    if (!usage.has(usageLine(definition))) continue
    const other = found.get(definition.name)
    if (other && !hasSameTypes(other, definition)) doubtful.add(definition.name)
    found.set(definition.name, definition)
  }
  for (const name of doubtful) found.delete(name)
  return found
}

/** iocsh.cpp: names with a blank are quoted, but for a variable number of arguments. */
function usageLine({ name, arguments: args }: CommandDefinition): string {
  const words = args.map((one) =>
    one.type === 'argv' || !one.name.includes(' ') ? one.name : `'${one.name}'`,
  )
  return [name, ...words].join(' ').trim()
}

function hasSameTypes(a: CommandDefinition, b: CommandDefinition): boolean {
  return a.arguments.map(({ type }) => type).join() === b.arguments.map(({ type }) => type).join()
}
