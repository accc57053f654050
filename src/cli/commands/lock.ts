import { Command, Option } from 'commander'
import { isModuleName } from '../../modules/module-name.ts'
import { type Diagnostic, diagnostic, hasErrors } from '../../text/diagnostic.ts'
import { repeatable } from '../check/input-options.ts'
import { type CliContext, type CommandResult, exitCodes } from '../context.ts'
import { checkLock } from '../lock/check-lock.ts'
import { findTasks } from '../lock/find-tasks.ts'
import type { LockTask } from '../lock/lock-target.ts'
import { writeLock } from '../lock/write-lock.ts'
import { type OpenedSite, openSite, type TreeOptions } from '../tree/open-site.ts'

/** What the user wrote as options. */
interface LockOptions extends TreeOptions {
  readonly require: readonly string[]
  readonly ioc: readonly string[]
  readonly output?: string
  readonly check?: boolean
  /** Empty texts: all modules. */
  readonly update: readonly string[]
}

/** `e3 lock`: which versions an IOC loads, written down. */
export function lockCommand(context: CliContext): Command {
  return new Command('lock')
    .description('write down which module versions an IOC loads, or compare with what is written')
    .usage('[options] [startup script] [NAME=VALUE ...]')
    .argument('[words...]', 'the startup script with its macros; default: the IOCs of e3.yaml')
    .addOption(repeatable('-r, --require <module[,version]>', 'a module for the IOC'))
    .addOption(repeatable('--ioc <name>', 'an IOC of e3.yaml'))
    .option('-o, --output <file>', 'the lock; default: beside the script, SCRIPT.lock')
    .option('--check', 'change nothing; say what is not as it was locked')
    .addOption(updated())
    .addOption(repeatable('-l, --module-path <directory>', 'search modules here first'))
    .option('--base <directory>', 'EPICS base to lock; see also "e3 base"')
    .addHelpText('after', examples)
    .action((words: string[], options: LockOptions) =>
      context.finish(lock(words, options, context)),
    )
}

/** An empty text stands for all modules. `--update st.cmd` takes the script for a module. */
function updated(): Option {
  return new Option('--update [module]', 'let go of this module, or of all; repeatable')
    .preset('')
    .argParser((text: string, before: readonly string[]) => [...before, text])
    .default([], 'none')
}

async function lock(
  given: readonly string[],
  options: LockOptions,
  context: CliContext,
): Promise<CommandResult> {
  const update = options.update.filter((word) => word === '' || isModuleName(word))
  const words = [...options.update.filter((word) => !update.includes(word)), ...given]
  const isAll = update.includes('') || update.length < options.update.length
  const wrong = contradictions(options)
  if (wrong.length > 0) return { diagnostics: wrong, exitCode: exitCodes.usage }
  const { value: session, diagnostics: opened } = openSite('e3 lock', options, context)
  const found = await findTasks(words, { ...options, session, context })
  if (hasErrors(found.diagnostics)) {
    const isUsage = found.diagnostics.every(({ code }) => code === 'OPTION_VALUE')
    return { diagnostics: found.diagnostics, ...(isUsage && { exitCode: exitCodes.usage }) }
  }
  if (!session.base) {
    return { diagnostics: withoutBase(opened), exitCode: exitCodes.environment }
  }
  const unknown = update.flatMap((name) => (name === '' ? [] : notLocked(name, found.value)))
  if (unknown.length > 0) return { diagnostics: unknown, exitCode: exitCodes.usage }
  // That there is no tree matters only for modules, which are not found then.
  const problems = opened.filter(
    ({ code, severity }) => severity !== 'info' && code !== 'TREE_UNKNOWN',
  )
  if (options.check) return checkAll(found.value, session, problems)
  const isHeld = (module: string) => !isAll && !update.includes(module)
  const done = found.value.map((task) => writeLock(task, session, isHeld))
  const diagnostics = [...problems, ...done.flatMap((one) => one.diagnostics)]
  return {
    ...{ output: done.flatMap(({ value }) => value).join('\n'), diagnostics },
    ...(diagnostics.some(({ code }) => code === 'LOCK_UNWRITABLE') && {
      exitCode: exitCodes.environment,
    }),
  }
}

function checkAll(
  tasks: readonly LockTask[],
  session: OpenedSite,
  problems: readonly Diagnostic[],
): CommandResult {
  const results = tasks.map((task) => ({ task, found: checkLock(task, session) }))
  const good = results.filter(({ found }) => !found.some(({ severity }) => severity !== 'info'))
  return {
    output: good.map(({ task }) => `${task.lockName}: all is as it was locked`).join('\n'),
    diagnostics: [...problems, ...results.flatMap(({ found }) => found)],
  }
}

function contradictions({ check, update, output, ioc }: LockOptions): Diagnostic[] {
  const reject = (message: string, hint: string) => [diagnostic('OPTION_VALUE', message, { hint })]
  if (check && update.length > 0) return reject('--check changes no lock', 'leave out --update')
  if (output !== undefined && ioc.length > 1) return reject('-o is for one lock', 'leave out -o')
  return []
}

function withoutBase(opened: readonly Diagnostic[]): readonly Diagnostic[] {
  if (hasErrors(opened)) return opened
  const message = 'there is no EPICS base, so it is not known what an IOC would load'
  return [diagnostic('BASE_NOT_FOUND', message, { hint: 'e3 base install' })]
}

function notLocked(name: string, tasks: readonly LockTask[]): Diagnostic[] {
  if (tasks.some(({ before }) => before?.modules.has(name))) return []
  const locks = tasks.map(({ lockName }) => lockName).join(', ')
  const message = `${name} is not locked: ${locks} does not hold it`
  return [diagnostic('OPTION_VALUE', message, { hint: 'leave out --update: what is new is added' })]
}

const examples = `
The lock holds the base and, with exact version and hashes, each module that the script loads. iocsh
obeys the lock beside its script: it loads these versions, and starts nothing if one of them is gone
or is not what it was. Where there is a lock already, its versions stay; modules that are new are
added. See docs/guide/lock.md.

Exit status: 0 fine, 1 modules contradict each other, or --check has found something, 2 wrong usage,
3 no usable base, or a lock cannot be written.

Examples:
  e3 lock st.cmd                     writes st.cmd.lock
  e3 lock st.cmd P=LAB: -r asyn      the same arguments as iocsh; the lock remembers them
  e3 lock                            all IOCs of e3.yaml
  e3 lock --check                    for CI
  e3 lock --update asyn st.cmd       asyn as it is today, everything else as it was
  e3 lock --update st.cmd            everything as it is today`
