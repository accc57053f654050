import { commandQuestion, questionPrompt, readCommandAnswer } from '../check/commands/question.ts'
import { askedSteps, type CommandStep } from '../check/commands/steps.ts'
import { type CommandTable, staticCommandTable } from '../check/commands/table.ts'
import { type CommandDefinition, readCommandDefinitions } from '../elf/command-definitions.ts'
import { plainLine } from '../smoke/transcript.ts'
import type { LaunchBase } from '../startup/survey.ts'
import { diagnostic, type Result } from '../text/diagnostic.ts'
import { openFileReader } from './byte-reader.ts'
import { type CommandCache, openCommandCache } from './command-cache.ts'
import { reasonOf } from './errors.ts'
import { onInterrupt } from './interrupts.ts'
import { type IocProcess, startIoc } from './ioc-process.ts'
import { endsWithin } from './ioc-stop.ts'
import { librariesOf } from './known-commands.ts'

/** Which IOC is asked for its commands. */
export interface CommandQuestion {
  readonly base: Pick<LaunchBase, 'executable' | 'dbd' | 'libraryDirectory'>
  readonly steps: readonly CommandStep[]
  /** Working directory of the IOC, where included dbd files are looked up. */
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Seconds; default 20. */
  readonly timeout?: number
}

/**
 * The commands of an IOC with these modules: from the cache, or from a softIocPVA that is started
 * without records and without `iocInit`, on ports of its own, and ended again. If that fails the
 * commands of base that are known without asking are given, with `COMMANDS_NOT_ASKED`.
 */
export async function askCommands(asked: CommandQuestion): Promise<Result<CommandTable>> {
  const question = { ...asked, steps: askedSteps(asked.steps) }
  const { base, steps } = question
  const cache = cacheOf(question)
  const known = cache.read()
  if (known) return { value: known, diagnostics: [] }
  const { output, problem } = await outputOf(question)
  const definitions = [
    ...[base.executable.path, ...librariesOf(base.libraryDirectory)],
    ...steps.flatMap(({ files }) => files.filter((file) => !file.endsWith('.dbd'))),
  ].flatMap(definitionsIn)
  const table = readCommandAnswer({ output, steps: steps.length, definitions })
  if (!table) return notAsked(base.executable.path, problem ?? lastLineOf(output))
  cache.write(table)
  return { value: table, diagnostics: [] }
}

/** Where the answer to a question is kept. */
function cacheOf({ base, steps, env }: CommandQuestion): CommandCache {
  const libraries = librariesOf(base.libraryDirectory)
  return openCommandCache(env, {
    files: [base.executable.path, base.dbd, ...libraries, ...steps.flatMap(({ files }) => files)],
    lines: steps.flatMap(({ lines }) => ['', ...lines]),
  })
}

function notAsked(executable: string, reason: string): Result<CommandTable> {
  const message = `${executable} could not be asked for its commands: ${reason}`
  return {
    value: staticCommandTable(),
    diagnostics: [
      diagnostic('COMMANDS_NOT_ASKED', message, {
        notes: [{ message: 'commands of modules and arguments of commands are not checked' }],
        hint: `see what it says: ${executable} -h`,
      }),
    ],
  }
}

function definitionsIn(path: string): CommandDefinition[] {
  const reader = openFileReader(path)
  if (!reader) return []
  try {
    return readCommandDefinitions(reader)
  } finally {
    reader.close()
  }
}

/** What the IOC prints, and why it did not end by itself. */
interface Answer {
  readonly output: string
  readonly problem?: string
}

async function outputOf(question: CommandQuestion): Promise<Answer> {
  const { base, cwd, env, steps, timeout = 20 } = question
  let ioc: IocProcess
  try {
    ioc = await startIoc({
      command: [base.executable.path, '-D', base.dbd],
      cwd,
      env: { ...env, IOCSH_PS1: questionPrompt },
      onLine: plainLine,
    })
  } catch (error) {
    return { output: '', problem: reasonOf(error) }
  }
  const release = onInterrupt(() => ioc.stop({ force: true }))
  try {
    ioc.command(commandQuestion(steps))
    const hasEnded = await endsWithin(ioc.ended, timeout * 1000)
    if (!hasEnded) await ioc.stop({ force: true })
    const output = ioc.output()
    return hasEnded ? { output } : { output, problem: `no answer within ${timeout} s` }
  } finally {
    release()
  }
}

function lastLineOf(output: string): string {
  const line = output.trimEnd().split('\n').at(-1)?.replaceAll(questionPrompt, '').trim()
  return line ? `its last words are "${line.slice(0, 200)}"` : 'it printed nothing'
}
