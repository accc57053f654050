/** An option of `iocsh`: the one list that parsing, help and completion read. */
export interface OptionSpec {
  readonly key: OptionKey
  readonly names: readonly string[]
  /** What the option takes, as shown in help; none for a switch. */
  readonly value?: string
  /** The value may be left out: see `takesValue` in arguments.ts. */
  readonly optionalValue?: boolean
  readonly help: string
  /** Spellings of other launchers, accepted but not shown. */
  readonly aliases?: readonly string[]
}

export type OptionKey =
  | 'require'
  | 'command'
  | 'database'
  | 'modulePath'
  | 'sequencer'
  | 'noInit'
  | 'iocName'
  | 'noShell'
  | 'realtime'
  | 'gdb'
  | 'valgrind'
  | 'strace'
  | 'debug'
  | 'lock'
  | 'noLock'
  | 'check'
  | 'noCheck'
  | 'base'
  | 'dryRun'
  | 'format'
  | 'quiet'
  | 'version'
  | 'help'

/** Names of PSI `iocsh`, e3 3.x, 5.0 and 5.1 wherever they do not contradict each other. */
export const optionSpecs: readonly OptionSpec[] = [
  {
    key: 'require',
    names: ['-r', '--require'],
    value: 'MODULE[,VERSION]',
    help: 'load a module, as the line "require MODULE[,VERSION]" of a script does',
  },
  {
    key: 'command',
    names: ['-c', '--command'],
    value: 'COMMAND',
    help: 'run a command of the IOC shell',
  },
  {
    key: 'database',
    names: ['-d', '--database'],
    value: 'FILE',
    help: 'load a database; NAME=VALUE arguments behind it are its macros',
  },
  {
    key: 'modulePath',
    names: ['-l', '--module-path'],
    value: 'DIRECTORY',
    help: 'search modules here too, before EPICS_DRIVER_PATH; the last one given is searched first',
  },
  {
    key: 'sequencer',
    names: ['-s', '--sequencer'],
    value: "'PROGRAM NAME=VALUE,…'",
    help: 'start a sequencer program after iocInit',
  },
  {
    key: 'noInit',
    names: ['-i', '--no-init'],
    aliases: ['-noinit', '--noinit'],
    help: 'do not add iocInit',
  },
  {
    key: 'iocName',
    names: ['-n', '--iocname'],
    value: 'NAME',
    help: 'name of the IOC; else $IOCNAME, else TEST:<user>-<pid>',
  },
  {
    key: 'noShell',
    names: ['-S', '--no-shell'],
    help: 'no interactive shell; always so if standard input is /dev/null or at its end',
  },
  {
    key: 'realtime',
    names: ['-rt', '--realtime'],
    aliases: ['-RT', '-realtime'],
    help: 'run with real-time priority (chrt --fifo 1, LD_BIND_NOW=1)',
  },
  {
    key: 'gdb',
    names: ['-dg', '--gdb'],
    value: 'ARGUMENTS',
    optionalValue: true,
    aliases: ['--dgarg'],
    help: 'run under gdb (default arguments: --eval-command run)',
  },
  {
    key: 'valgrind',
    names: ['-dv', '--valgrind'],
    value: 'ARGUMENTS',
    optionalValue: true,
    aliases: ['--dvarg'],
    help: 'run under valgrind (default arguments: --leak-check=full)',
  },
  {
    key: 'strace',
    names: ['--trace'],
    value: 'ARGUMENTS',
    optionalValue: true,
    help: 'run under strace (default arguments: -f)',
  },
  { key: 'debug', names: ['--debug'], help: 'say why each module and version was chosen' },
  {
    key: 'lock',
    names: ['--lock'],
    value: 'FILE',
    help: 'the lock that holds the versions of modules; else SCRIPT.lock, if it is there',
  },
  {
    key: 'noLock',
    names: ['--no-lock'],
    aliases: ['--ignore-lock'],
    help: 'start without the lock beside the script',
  },
  {
    key: 'check',
    names: ['--check'],
    value: 'errors|all',
    help: 'what the check of databases and commands reports: mistakes (default), or lints too',
  },
  { key: 'noCheck', names: ['--no-check'], help: 'do not check databases and commands' },
  {
    key: 'base',
    names: ['--base'],
    value: 'DIRECTORY',
    help: 'EPICS base to use; see also "e3 base"',
  },
  {
    key: 'dryRun',
    names: ['--dry-run'],
    help: 'print the generated startup script, its parts and the final command; start nothing',
  },
  {
    key: 'format',
    names: ['--format'],
    value: 'text|json|github',
    help: 'how mistakes are reported',
  },
  { key: 'quiet', names: ['--quiet'], help: 'report errors only' },
  {
    key: 'version',
    names: ['-V', '--version'],
    aliases: ['-v', '-ver', '--ver', '-version'],
    help: 'print the version',
  },
  { key: 'help', names: ['-h', '--help'], aliases: ['-?', '-help'], help: 'print this help' },
]

/** The option that a word names, whether shown in help or an accepted spelling of others. */
export function findOption(name: string): OptionSpec | undefined {
  return byName.get(name)
}

export function optionNames(): string[] {
  return optionSpecs.flatMap(({ names }) => names)
}

const byName: ReadonlyMap<string, OptionSpec> = new Map(
  optionSpecs.flatMap((spec) =>
    [...spec.names, ...(spec.aliases ?? [])].map((name) => [name, spec]),
  ),
)
