import { quoteWord } from '../shell/quote.ts'
import type { CommandCall, Redirection, ScriptLine, ScriptRun } from '../shell/types.ts'
import { type Diagnostic, diagnostic } from '../text/diagnostic.ts'
import { baseName, resolvePath } from '../text/paths.ts'
import type { Span } from '../text/span.ts'
import type { Edit } from './edit.ts'
import { type FoundFile, findFile, nearFiles } from './find-file.ts'
import { placesIn } from './place.ts'
import type { WalkState } from './walk-types.ts'

/** Notes what the generated copy of a script has instead of a line. */
export function edit(state: WalkState, { run, number }: ScriptLine, change: Edit): void {
  const edits = state.edits.get(run) ?? new Map<number, Edit>()
  edits.set(number, change)
  state.edits.set(run, edits)
}

/** The run that a line just started: the last one its run has got. */
export function lastChild(state: WalkState, run: ScriptRun): ScriptRun | undefined {
  return state.children.get(run)?.at(-1)
}

/** The command that makes the IOC run, as far as it has come. */
export function initCommand({ initialised }: Pick<WalkState, 'initialised'>): 'iocInit' | 'iocRun' {
  return initialised ? 'iocRun' : 'iocInit'
}

/**
 * The command that an `afterInit` or `afterIocRunning` line has run later. `afterInit` takes further
 * words as arguments (PSI and e3 3: runScript.c, afterInit.c), base takes one text.
 */
export function delayedCommand({ name, words }: CommandCall): string {
  const [, command, ...more] = words.map(({ text }) => text)
  const args = name === 'afterInit' ? more.map(wordOf) : []
  return [command ?? '', ...args].join(' ')
}

function wordOf(text: string): string {
  return /^[^\s(),"'\\<>]+$/.test(text) ? text : (quoteWord(text) ?? text)
}

/** Whether a command ends the script that it stands in. */
export function isExit(command: string): boolean {
  return /^[\s(),]*exit(?=[\s(),]|$)/.test(command)
}

/** The redirections of a line itself, without those of the lines around it. */
export function ownRedirections({ redirections, line }: CommandCall): Redirection[] {
  return redirections.filter((one) => !line.run.redirections.includes(one))
}

/** Whether a run is that of a file, and not of a text. */
export function isFileRun({ kind }: ScriptRun): boolean {
  return kind === '<' || kind === 'iocshLoad'
}

/** Whether a line, as written or expanded, is a `require`. */
export function isRequireLine(text: string): boolean {
  return /^[\s(),]*require(?=[\s(),]|$)/.test(text)
}

/**
 * Notes the variable that a line would set which the IOC skips: that it is missing from here on only
 * follows from it.
 */
export function loseVariable(line: ScriptLine, { lost, input }: WalkState): void {
  const name = /\bepicsEnvSet[\s(),]+["']?([^\s(),"'$]+)/.exec(line.raw)?.[1]
  if (name !== undefined) lost.set(name, placesIn(input.parts).of(line))
}

/** What a line wants to load. */
export interface WantedFile {
  readonly line: ScriptLine
  /** Where it is named: a word of the line, or a line of a file that the line loads. */
  readonly at: Span
  readonly name: string
  /** E.g. `database`. */
  readonly what: string
  /** Search path, see `findFile`. */
  readonly path?: string | undefined
}

/** Looks for a file as the IOC will, and says so if it is not there. */
export function requireFile(state: WalkState, wanted: WantedFile): string | undefined {
  const found = findFile(wanted.name, {
    reader: state.input.reader,
    cwd: state.cwd,
    path: wanted.path,
  })
  if ('path' in found) {
    if (!isReadOnce(state, found.path)) return found.path
    const message = `${found.path} is a pipe or a device: once it has been checked, nothing is left for the IOC`
    const hint = 'write the text into a file; only startup scripts may come from a pipe'
    state.diagnostics.push(diagnostic('FILE_UNREADABLE', message, { at: wanted.at, hint }))
    return undefined
  }
  if (!isExcused(state, wanted, found))
    state.diagnostics.push(notFound(state, wanted, found.searched))
  return undefined
}

/** Nobody starts what is looked at alone, and `/dev/null` is the name of an empty file. */
function isReadOnce({ input: { reader, dialect } }: WalkState, path: string): boolean {
  return dialect !== 'both' && path !== '/dev/null' && reader.kindOf(path) === 'other'
}

/**
 * Whether a line may mean something else once all modules are there: while some are missing, their
 * variables are not set, and a directory given by one cannot be gone to.
 */
export function isUnsure(state: WalkState, { raw }: ScriptLine): boolean {
  return state.input.incomplete && (state.isLost || /\$[({]/.test(raw))
}

/**
 * Nothing is said about files that lines before may create, or whose place is not known: names
 * without a slash may lie in a missing module.
 */
function isExcused(
  state: WalkState,
  { line, name }: WantedFile,
  found: Exclude<FoundFile, { path: string }>,
): boolean {
  if (isUnsure(state, line) || (state.input.incomplete && !name.includes('/'))) return true
  return found.searched.some((directory) =>
    state.created.has(resolvePath(directory, baseName(name))),
  )
}

function notFound(
  state: WalkState,
  { at, name, what }: WantedFile,
  searched: readonly string[],
): Diagnostic {
  return diagnostic('FILE_NOT_FOUND', `there is no ${what} "${name}"`, {
    at,
    notes: [{ message: `searched: ${searched.join(', ')}` }],
    ...nearFiles({ name, searched, at }, state.input.reader),
    severity: state.mayCreateFiles ? 'warning' : 'error',
    absent: name,
    cause: searched.map((directory) => resolvePath(directory, baseName(name))).join(':'),
  })
}
