import { type Command, InvalidArgumentError, Option } from 'commander'

/** Options of all commands that read startup scripts and databases. */
export interface InputOptions {
  readonly require: readonly string[]
  readonly modulePath: readonly string[]
  readonly base?: string
  readonly cd?: boolean
  readonly stdinName?: string
  /** False: locks beside the scripts do not count. */
  readonly lock?: boolean
}

/** Adds these options to a command. */
export function addInputOptions(command: Command): Command {
  return command
    .addOption(repeatable('-r, --require <module[,version]>', 'a module for every IOC'))
    .addOption(repeatable('-l, --module-path <directory>', 'search modules here first'))
    .option('--base <directory>', 'EPICS base to read against; see also "e3 base"')
    .option('--no-lock', 'as if no startup script had a lock beside it')
    .option('--cd', 'each startup script starts in its own folder')
    .option('--stdin-name <file>', 'what standard input (-) is called')
}

/** Says what is wrong with a value, if anything. */
type Judge = (text: string) => string | undefined

/** An option whose values are collected. */
export function repeatable(
  flags: string,
  description: string,
  judge: Judge = () => undefined,
): Option {
  return new Option(flags, `${description}; repeatable`)
    .argParser((text: string, before: readonly string[]) => {
      const wrong = judge(text)
      if (wrong !== undefined) throw new InvalidArgumentError(wrong)
      return [...before, text]
    })
    .default([], 'none')
}
