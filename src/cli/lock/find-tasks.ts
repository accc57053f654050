import { createSourceReader } from '../../host/source-reader.ts'
import { lockSuffix, type ModuleLock } from '../../modules/lock/lock.ts'
import { type Diagnostic, diagnostic, hasErrors, type Result } from '../../text/diagnostic.ts'
import { resolvePath } from '../../text/paths.ts'
import { quoteShellWord } from '../../text/shell-words.ts'
import { didYouMean } from '../../text/suggest.ts'
import { findInputs, readWords } from '../check/inputs.ts'
import { iocFiles, withSettings } from '../check/site-settings.ts'
import { isIoc, type NamedFile, targetsOf } from '../check/targets.ts'
import type { CliContext } from '../context.ts'
import type { OpenedSite } from '../tree/open-site.ts'
import { knownLocks } from './known-locks.ts'
import type { LockTask } from './lock-target.ts'
import { readLockFile } from './read-lock-file.ts'

/** What says which scripts are meant. */
export interface TaskSearch {
  readonly session: OpenedSite
  readonly context: CliContext
  readonly require: readonly string[]
  /** IOCs of `e3.yaml`. */
  readonly ioc: readonly string[]
  readonly output?: string
  /** Locks that settings name are looked at, too. */
  readonly check?: boolean
}

/**
 * The scripts that the words mean, or the IOCs of `e3.yaml`, each with its lock.
 *
 * Errors: `OPTION_VALUE`, `NOTHING_FOUND`, `LOCK_INVALID`, those of the words.
 */
export async function findTasks(
  words: readonly string[],
  search: TaskSearch,
): Promise<Result<readonly LockTask[]>> {
  if (words.length > 0 && search.ioc.length === 0) return wordTasks(words, search)
  if (words.length > 0) return failed('name a script or an IOC, not both', 'leave out --ioc')
  const chosen = await settingsFiles(search)
  if (hasErrors(chosen.diagnostics)) return { value: [], diagnostics: chosen.diagnostics }
  return tasksOf(chosen.value, [], search)
}

/** What a script was locked with is known to its lock. */
async function wordTasks(
  given: readonly string[],
  search: TaskSearch,
): Promise<Result<readonly LockTask[]>> {
  const { context, session } = search
  const [script = '', ...others] = given
  const isAlone = others.length === 0 && search.require.length === 0
  const isListed = session.settings.iocs.some(
    (one) => one.script.text === resolvePath(context.cwd, script),
  )
  const known = isAlone && !isListed ? readBefore(script, search) : undefined
  const remembered = known?.lock?.arguments ?? []
  const { words, require } = splitArguments([script, ...remembered])
  const read = isAlone
    ? readWords({ command: 'e3 lock', words, require })
    : readWords({ command: 'e3 lock', words: given, require: search.require })
  const inputs = await findInputs(read, { cwd: context.cwd })
  const diagnostics = [...read.diagnostics, ...inputs.diagnostics]
  if (hasErrors(diagnostics)) return { value: [], diagnostics }
  const files = withSettings(inputs.files, session.settings, context.cwd)
  return tasksOf(
    files,
    read.requires.map(({ text }) => text),
    search,
  )
}

/** The arguments that a lock remembers: `-r asyn`, `P=LAB:`. */
function splitArguments(all: readonly string[]) {
  const isValue = (index: number) => all[index - 1] === '-r'
  return {
    // The first one is the script; nothing but macros may stand behind it.
    words: all.filter(
      (word, index) => index === 0 || (!isValue(index) && /^[A-Za-z_]\w*=/.test(word)),
    ),
    require: all.filter((_, index) => isValue(index)),
  }
}

async function settingsFiles({
  session,
  context,
  ioc,
  check,
}: TaskSearch): Promise<Result<NamedFile[]>> {
  const { settings } = session
  const files = iocFiles(settings, context.cwd)
  const names = files.flatMap(({ iocName }) => iocName ?? [])
  const wrong = ioc.find((name) => !names.includes(name))
  if (wrong !== undefined) {
    const hint = didYouMean(wrong, names) ?? `IOCs of e3.yaml: ${names.join(', ') || 'none'}`
    return failed(`e3.yaml has no IOC ${wrong}`, hint)
  }
  const chosen = ioc.length > 0 ? files.filter(({ iocName }) => ioc.includes(iocName ?? '')) : files
  const others = check && ioc.length === 0 ? await otherScripts(chosen, { session, context }) : []
  if (chosen.length > 0 || others.length > 0)
    return { value: [...chosen, ...others], diagnostics: [] }
  const message = 'no startup script is named, and e3.yaml has no IOCs'
  return {
    value: [],
    diagnostics: [diagnostic('NOTHING_FOUND', message, { hint: 'e3 lock st.cmd' })],
  }
}

/** Scripts whose locks `locks` of the settings names. */
async function otherScripts(
  chosen: readonly NamedFile[],
  { session, context }: Pick<TaskSearch, 'session' | 'context'>,
): Promise<NamedFile[]> {
  const known = new Set(chosen.map(({ path }) => path))
  const locks = await knownLocks([session.settings], context.cwd)
  return locks.flatMap(({ path, name, at }) => {
    const script = path.slice(0, -lockSuffix.length)
    if (!path.endsWith(lockSuffix) || known.has(script)) return []
    return [
      { path: script, name: name.slice(0, -lockSuffix.length), isFound: true, macros: [], at },
    ]
  })
}

function tasksOf(
  files: readonly NamedFile[],
  requires: readonly string[],
  search: TaskSearch,
): Result<readonly LockTask[]> {
  const { session, context, output } = search
  const { cwd, env } = context
  const { requires: asked } = readWords({ command: 'e3 lock', words: [], require: requires })
  const targets = targetsOf(files, {
    ...{ cwd, env, requires: asked, settings: session.settings, startsInFolder: false },
    reader: createSourceReader(cwd),
  })
  const other = targets.find((target) => !isIoc(target))
  if (other) return failed(`${other.name} is no startup script`, 'e3 lock st.cmd')
  if (output !== undefined && targets.length > 1)
    return failed('-o is for one lock', 'name one script')
  const diagnostics: Diagnostic[] = []
  const tasks = targets.map((target, index): LockTask => {
    const file = files[index]
    const lockName = output ?? target.name + lockSuffix
    const { lock: before, isThere, diagnostics: found } = readBefore(target.name, search)
    diagnostics.push(...found)
    const words = [...(output === undefined ? [] : ['-o', output]), target.name]
    return {
      ...{ target, lockName, before, isThere, words: words.map(quoteShellWord).join(' ') },
      arguments: file?.ioc ? [] : argumentsOf(file, requires),
    }
  })
  return { value: tasks, diagnostics }
}

function argumentsOf(file: NamedFile | undefined, requires: readonly string[]): string[] {
  const macros = file?.macros.map(({ name, value }) => `${name}=${value}`) ?? []
  return [...requires.flatMap((one) => ['-r', one]), ...macros]
}

/** The lock that is written, or else that beside the script: a new one elsewhere starts from it. */
function readBefore(
  script: string,
  { output, context: { cwd } }: TaskSearch,
): { lock: ModuleLock | undefined; isThere: boolean; diagnostics: readonly Diagnostic[] } {
  const read = (name: string) =>
    readLockFile({ name, path: resolvePath(cwd, name) }, createSourceReader(cwd))
  const beside = script + lockSuffix
  const own = read(output ?? beside)
  const isThere = own.value !== undefined
  if (isThere || output === undefined || hasErrors(own.diagnostics)) {
    return { lock: own.value, isThere, diagnostics: own.diagnostics }
  }
  const { value: lock, diagnostics } = read(beside)
  return { lock, isThere, diagnostics }
}

function failed(message: string, hint: string): Result<never[]> {
  return { value: [], diagnostics: [diagnostic('OPTION_VALUE', message, { hint })] }
}
