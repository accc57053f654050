import type { ArgumentDefinition } from '../../elf/command-definitions.ts'
import { baseCommands } from '../../startup/base-commands.ts'

/** The commands that an IOC has once its modules are loaded. */
export interface CommandTable {
  readonly commands: ReadonlyMap<string, Command>
  /** Those that `var` knows; absent if nobody knows them. */
  readonly variables?: ReadonlySet<string>
  /** Without them: false if the IOC cannot have a variable of this name, whatever its dbd files say. */
  mayHaveVariable?(name: string): boolean
  /** False: the IOC may have others, too. */
  readonly isComplete: boolean
}

export interface Command {
  readonly name: string
  /** So many of the steps (`commandSteps`) are needed before it exists; 0: base has it. */
  readonly step: number
  /** Absent if nobody knows them. */
  readonly arguments?: readonly ArgumentDefinition[]
}

/** Whether a command is one, as far as is known. */
export function mayHave({ commands, isComplete }: CommandTable, name: string): boolean {
  return !isComplete || commands.has(name) || ownCommands.has(name)
}

/**
 * Commands that the walk takes out of the script, and the one that a shell follows before it looks
 * for commands (iocsh.cpp).
 */
export const ownCommands: ReadonlySet<string> = new Set(['require', 'afterInit', 'exit'])

/** What is known without a look at any file: names of base's commands, and nothing of modules. */
export function staticCommandTable(): CommandTable {
  const names = [...baseCommands, ...otherBaseCommands]
  return {
    commands: new Map(names.map((name) => [name, { name, step: 0 }])),
    isComplete: false,
  }
}

/** Those which the walk or the shell handles itself. */
const otherBaseCommands = [
  ...['#', 'afterIocRunning', 'cd', 'dbLoadDatabase', 'dbLoadRecords', 'dbLoadTemplate'],
  ...[
    'dlload',
    'epicsEnvSet',
    'epicsEnvUnset',
    'exit',
    'iocBuild',
    'iocInit',
    'iocRun',
    'iocshCmd',
  ],
  ...['iocshLoad', 'iocshRun', 'on', 'system'],
]
