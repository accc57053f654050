import type { CommandDefinition } from '../../elf/command-definitions.ts'
import type { WalkOutcome } from '../../startup/walk-types.ts'
import { mayMisfit } from './base-numbers.ts'
import { commandCalls } from './calls.ts'
import type { CommandStep } from './steps.ts'
import { type Command, type CommandTable, ownCommands, staticCommandTable } from './table.ts'

/** Looks into libraries and executables, which are not loaded. Implemented in `host`. */
export interface LibraryTexts {
  /**
   * Those of the texts which stand in a file as constants, a NUL behind each: the name of a command
   * does (`iocshFuncDef`). Nothing if the file cannot be read, or is no shared object.
   */
  textsIn(path: string, texts: readonly string[]): ReadonlySet<string> | undefined
  /** The commands that the constants of a file describe. */
  commandsIn(path: string): readonly CommandDefinition[]
  /** File names of the libraries that an object is linked with. */
  neededBy(path: string): readonly string[]
}

/** What is looked into. */
export interface StaticQuestion {
  readonly outcome: WalkOutcome
  /** All of the script, see `commandSteps`. */
  readonly steps: readonly CommandStep[]
  /** Absolute paths: executable and libraries of the base. */
  readonly baseFiles: () => readonly string[]
  readonly libraries: LibraryTexts
}

/**
 * The commands of an IOC as far as its own files tell, without starting one: those of base, and of
 * all others that the script runs, those whose names stand in a library. So the answer depends on
 * these files only. A name that stands nowhere in them cannot be a command, unless some library
 * brings in another one that is not among them: then the table is not complete.
 *
 * Nothing is read for a script that runs commands of base only, if these are given numbers where
 * they want some, and variables of dbd files.
 */
export function staticCommands(question: StaticQuestion): CommandTable {
  const plain = staticCommandTable()
  const commands = new Map(plain.commands)
  addArguments(question, commands)
  const search = newSearch(question, commands, namesIn(question, plain))
  const { isComplete } = searchAll(search, question)
  return {
    ...{ commands, isComplete },
    mayHaveVariable(name) {
      const other = newSearch(question, new Map(), [name])
      return !searchAll(other, question).isComplete || other.wanted.size === 0
    },
  }
}

/** Arguments of the commands of base that are given something else than numbers. */
function addArguments(
  { outcome, baseFiles, libraries }: StaticQuestion,
  commands: Map<string, Command>,
): void {
  const calls = [...commandCalls(outcome)].filter(({ call }) => mayMisfit(call))
  const names = new Set(calls.map(({ call }) => call.name))
  if (names.size === 0) return
  const found = baseFiles().flatMap((file) => libraries.commandsIn(file))
  for (const name of names) {
    const [definition, ...others] = found.filter((one) => one.name === name)
    // Another structure may look like a command.
    if (!definition || others.length > 0) continue
    commands.set(name, { name, step: 0, arguments: definition.arguments })
  }
}

/** Looks for all that is wanted, in the libraries of the script first. */
function searchAll(search: Search, question: StaticQuestion): { readonly isComplete: boolean } {
  const { steps, baseFiles } = question
  if (search.wanted.size === 0) return { isComplete: false }
  for (const [index, { files }] of steps.entries()) {
    for (const file of files) if (!file.endsWith('.dbd')) look(search, file, index + 1)
  }
  if (search.wanted.size > 0) for (const file of baseFiles()) look(search, file, 0)
  if (search.wanted.size === 0) return { isComplete: true }
  addForHints(search, steps)
  return { isComplete: search.isReadable && isClosed(question) }
}

function newSearch(
  { libraries }: StaticQuestion,
  commands: Map<string, Command>,
  names: Iterable<string>,
): Search {
  return { libraries, wanted: new Set(names), commands, isReadable: true }
}

function* namesIn({ outcome }: StaticQuestion, { commands }: CommandTable): Generator<string> {
  for (const { call } of commandCalls(outcome)) {
    if (!commands.has(call.name) && !ownCommands.has(call.name)) yield call.name
  }
}

interface Search {
  readonly libraries: LibraryTexts
  /** Names that have not been found yet. */
  readonly wanted: Set<string>
  readonly commands: Map<string, Command>
  /** All files so far were shared objects. */
  isReadable: boolean
}

function look(search: Search, file: string, step: number): void {
  const { libraries, wanted, commands } = search
  if (wanted.size === 0) return
  const found = libraries.textsIn(file, [...wanted])
  if (!found) search.isReadable = false
  for (const name of found ?? []) {
    commands.set(name, { name, step })
    wanted.delete(name)
  }
}

/** Something is unknown: what it may be a slip of is worth a closer look. */
function addForHints({ libraries, commands }: Search, steps: readonly CommandStep[]): void {
  for (const [index, { files }] of steps.entries()) {
    for (const file of files) {
      if (file.endsWith('.dbd')) continue
      for (const { name } of libraries.commandsIn(file)) {
        if (!commands.has(name)) commands.set(name, { name, step: index + 1 })
      }
    }
  }
}

/** Whether libraries are linked with each other and with the system only. */
export function isClosed({
  steps,
  baseFiles,
  libraries,
}: Omit<StaticQuestion, 'outcome'>): boolean {
  const own = steps.flatMap(({ files }) => files)
  const known = [...own, ...baseFiles()].map((path) =>
    stemOf(path.slice(path.lastIndexOf('/') + 1)),
  )
  const stems = new Set(known)
  return own
    .filter((file) => !file.endsWith('.dbd'))
    .every((file) =>
      libraries.neededBy(file).every((name) => stems.has(stemOf(name)) || system.test(name)),
    )
}

/** `libCom.so.7.0.10` -> `libCom.so`. */
function stemOf(name: string): string {
  return name.replace(/(\.so)[\d.]+$/, '$1')
}

/** Libraries of the compiler and of the system, which know nothing of EPICS. */
const system = /^(ld-linux[\w-]*|lib(c|m|dl|rt|pthread|gcc_s|stdc\+\+|util|resolv|nsl|atomic))\.so/
