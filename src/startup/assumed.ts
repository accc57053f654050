import { parseDefinitions } from '../macro/definitions.ts'
import type { ScriptLine, ScriptRun } from '../shell/types.ts'
import type { Diagnostic } from '../text/diagnostic.ts'
import { placesIn } from './place.ts'
import type { MacroScope } from './script-macros.ts'
import { loseVariable } from './walk-state.ts'
import type { LoadedFile, WalkEvent, WalkInput, WalkState } from './walk-types.ts'

/** What lines would load that the IOC skips, as a macro in their arguments has no value. */
export interface AssumedLoads {
  /** Databases and substitution files; in their macros `unknownValue` stands for what is not known. */
  readonly files: readonly LoadedFile[]
  /** Of the scripts. */
  readonly scopes: readonly MacroScope[]
  /** Lines that load records are among them, whether these could be followed or not. */
  readonly hasRecords: boolean
}

/** The same while lines are found, for a walk and all walks inside of it. */
export interface GrowingAssumedLoads extends AssumedLoads {
  readonly files: LoadedFile[]
  readonly scopes: MacroScope[]
  hasRecords: boolean
  /** Lines that have been looked at, as the shell would have run them, with what each used. */
  readonly known: Map<string, ReadonlySet<string>>
  /** Nothing more is looked at. */
  isSpent: boolean
}

/** Nothing yet. */
export function noAssumedLoads(): GrowingAssumedLoads {
  return { files: [], scopes: [], hasRecords: false, known: new Map(), isSpent: false }
}

/**
 * Stands for the value of a macro that has none: the last character of all, for which nobody has a
 * use. What is made of such a value holds it, too, and is not judged.
 */
export const unknownValue = '\u{10fffd}'

/** Whether a text, or what is said of something, depends on a value that is not known. */
export function dependsOnUnknown(what: string | Diagnostic): boolean {
  if (typeof what === 'string') return what.includes(unknownValue)
  const { message, notes, hint = '' } = what
  return [message, hint, ...notes.map((note) => note.message)].some(dependsOnUnknown)
}

/** Scripts that load each other with a missing macro: more lines are not looked at. */
const mostLines = 100

/**
 * Follows a line that the IOC skips for a missing macro into what it would load, in a walk of its
 * own that starts as things are here. What is certain whatever the value is goes into `assumed` and
 * the findings: macros that are missing there, too, and the file if it does not exist. Of a line
 * that reads a script which cannot be followed, nobody knows which variables it would set.
 */
export function assumeLine(
  line: ScriptLine,
  state: WalkState,
  open: (input: WalkInput) => WalkState,
): void {
  const { expansion } = line
  if (!expansion || expansion.ok || state.input.incomplete) return
  loseVariable(line, state)
  const command = commandOf(line)
  if (!command || state.initialised) return
  const { assumed } = state
  if (command === 'database') assumed.hasRecords = true
  const mayGoOn = !assumed.isSpent && assumed.known.size < mostLines
  const inner = mayGoOn ? openBehind(line, state, open) : undefined
  const text = inner && withoutGaps(line, inner)
  if (!inner || text === undefined) loseScript(state, command)
  else follow({ line, text, command }, state, inner)
}

interface FollowedLine {
  readonly line: ScriptLine
  /** With `unknownValue` for what is missing. */
  readonly text: string
  readonly command: Command
}

function follow({ line, text, command }: FollowedLine, state: WalkState, inner: WalkState): void {
  const { assumed, watch } = state
  const key = [line.run.source.name, line.start, state.cwd, text].join('\0')
  const before = assumed.known.get(key)
  if (before) {
    for (const name of before) watch.use(name)
  } else {
    assumed.known.set(key, inner.watch.macros.fromEnvironment)
    const variables = new Set(inner.shell.environment.keys())
    inner.shell.runLine(line)
    assumed.isSpent ||= inner.shell.halted
    if (assumed.isSpent) loseScript(state, command)
    else takeOver(state, inner, { line, command, variables })
  }
}

type Command = 'database' | 'script'

/** `dbLoadRecords` and `dbLoadTemplate`, or what runs a script. */
function commandOf({ raw }: ScriptLine): Command | undefined {
  if (/^[\s(),]*</.test(raw)) return 'script'
  const name = /^[\s(),]*(\w+)(?=[\s(),"'])/.exec(raw)?.[1]
  if (name === 'dbLoadRecords' || name === 'dbLoadTemplate') return 'database'
  return name === 'iocshLoad' ? 'script' : undefined
}

function loseScript(state: WalkState, command: Command): void {
  if (command !== 'script') return
  state.assumed.hasRecords = true
  state.watch.unreadable()
  state.maySetVariables = true
  state.lacksScript = true
}

/** A walk that starts as things are in front of the line. */
function openBehind(
  line: ScriptLine,
  state: WalkState,
  open: (input: WalkInput) => WalkState,
): WalkState {
  const { assumed, cwd, isLost, created, programs, lost, lostEnvironment } = state
  const { mayCreateFiles, maySetVariables } = state
  const inner = open({ ...state.input, environment: environmentOf(line, state) })
  Object.assign(inner, { assumed, cwd, isLost, lost, lostEnvironment })
  Object.assign(inner, { mayCreateFiles, maySetVariables })
  for (const [path, by] of created) inner.created.set(path, by)
  inner.programs.push(...programs)
  return inner
}

/** Macros of the scripts around are variables in the walk behind the line. */
function environmentOf({ run }: ScriptLine, { shell }: WalkState): Map<string, string> {
  const environment = new Map(shell.environment)
  for (let one: ScriptRun | undefined = run; one; one = one.parent?.run) {
    for (const { name } of one.macros ? parseDefinitions(one.macros) : []) {
      const raw = shell.macros.raw(name)
      if (raw !== undefined) environment.set(name, raw)
    }
  }
  return environment
}

/** Gives what the line misses the unknown value, one after the other: values have references, too. */
function withoutGaps({ raw }: ScriptLine, { shell }: WalkState): string | undefined {
  for (let round = 0; round < mostRounds; round++) {
    const { ok, text, problems } = shell.macros.expandGrowing(raw)
    if (ok) return text
    if (problems.some(({ kind }) => kind === 'endless')) return undefined
    for (const { name, kind } of problems) {
      if (name === '' || dependsOnUnknown(name)) return undefined
      if (kind !== 'cut') shell.setEnvironment(name, unknownValue)
    }
  }
  return undefined
}

const mostRounds = 20

interface Taken extends Omit<FollowedLine, 'text'> {
  /** Those that had a value in front of the line. */
  readonly variables: ReadonlySet<string>
}

function takeOver(state: WalkState, inner: WalkState, { line, command, variables }: Taken): void {
  const { assumed, watch, lost } = state
  const isCertain = (item: Diagnostic): boolean =>
    !dependsOnUnknown(item) &&
    (item.severity !== 'warning' || state.maySetVariables) &&
    (isPlaceKnown(state) || !fileCode.test(item.code)) &&
    (command === 'database' || isOnLine(item, line) || macroCode.test(item.code))
  state.diagnostics.push(...inner.diagnostics.filter(isCertain))
  for (const name of inner.watch.macros.fromEnvironment) watch.use(name)
  const at = placesIn(state.input.parts).of(line)
  for (const name of inner.shell.environment.keys()) if (!variables.has(name)) lost.set(name, at)
  state.maySetVariables ||= inner.maySetVariables
  state.mayCreateFiles ||= inner.mayCreateFiles
  const bringsTypes = inner.requests.length > 0 || inner.events.some(isDefinition)
  state.lacksScript ||= inner.lacksScript || bringsTypes
  if (inner.lacksScript) watch.unreadable()
  for (const event of inner.events) {
    if (event.kind === 'init') break
    if (event.kind !== 'load') continue
    assumed.hasRecords = true
    if (isJudged(event.file)) assumed.files.push(event.file)
  }
  assumed.scopes.push(...inner.watch.macros.scopes.filter(isFollowed))
}

function isDefinition(event: WalkEvent): boolean {
  return event.kind === 'load' && (event.file.kind === 'dbd' || event.file.kind === 'library')
}

const macroCode = /^MACRO_/
const fileCode = /^FILE_/

/** Lines that were skipped before decide where files are searched. */
function isPlaceKnown({ isLost, lost }: WalkState): boolean {
  return !isLost && !lost.has('EPICS_DB_INCLUDE_PATH')
}

function isOnLine({ at }: Diagnostic, { run, start, end }: ScriptLine): boolean {
  return at?.source === run.source && at.start >= start && at.end <= end
}

function isJudged({ kind, name, macros = '' }: LoadedFile): boolean {
  const hasRecords = kind === 'database' || kind === 'substitutions'
  return hasRecords && !dependsOnUnknown(name) && hasNames(macros)
}

/** Which macros are given is known, and which the script uses. */
function isFollowed({ run, missing }: MacroScope): boolean {
  return hasNames(run.macros ?? '') && ![...missing.keys()].some(dependsOnUnknown)
}

function hasNames(list: string): boolean {
  return parseDefinitions(list).every(({ name }) => !dependsOnUnknown(name))
}
