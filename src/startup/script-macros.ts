import { parseDefinitions } from '../macro/definitions.ts'
import { inRaw, placeIn } from '../shell/place.ts'
import type { CommandCall, ScriptLine, ScriptRun } from '../shell/types.ts'
import type { Span } from '../text/span.ts'

/** What became of the macros of all scripts. */
export interface ScriptMacros {
  /** Of each run, in the order in which they began. */
  readonly scopes: readonly MacroScope[]
  /** Variables of the environment that some line used. */
  readonly fromEnvironment: ReadonlySet<string>
}

/** What became of the macros that one run of a script was given with `iocshLoad` or `iocshRun`. */
export interface MacroScope {
  readonly run: ScriptRun
  /** Given names that lines of the run, or of what it runs, looked up. */
  readonly used: ReadonlySet<string>
  /** Names that its lines looked up and nobody had given, with the first place. */
  readonly missing: ReadonlyMap<string, MissingName>
  /** Given names that were variables of the environment when the run began, with their value. */
  readonly shadowed: ReadonlyMap<string, string>
  readonly removed: readonly RemovedMacro[]
  /** It runs a script that cannot be read: who knows what that would use. */
  readonly isPartial: boolean
}

export interface MissingName {
  readonly at: Span
  /** The reference has a default, which was taken. */
  readonly hasDefault: boolean
}

/** A macro that is gone since a variable of its name was set (hierarchy-and-macros.md 7). */
export interface RemovedMacro {
  readonly name: string
  readonly by: ScriptLine
  /** The value of the variable; absent if it was unset. */
  readonly value?: string
  /** Some line had used the macro before. */
  readonly wasUsed: boolean
  /** A line outside of the script that set the variable, which used the name later. */
  readonly usedBehind?: ScriptLine
}

/** Told of what a shell does, in its order. */
export interface MacroWatch {
  readonly macros: ScriptMacros
  started(run: ScriptRun, environment: ReadonlyMap<string, string>): void
  finished(run: ScriptRun): void
  /** A script that a line of the present run wants cannot be read. */
  unreadable(): void
  line(line: ScriptLine, rawOf: (name: string) => string | undefined): void
  /** Something inside of what is open uses a macro of it. */
  use(name: string): void
  /** Before a command of the shell itself runs. */
  builtIn(call: CommandCall): void
}

type Growing<T> = { -readonly [key in keyof T]: T[key] }

interface GrowingScope extends MacroScope {
  readonly used: Set<string>
  readonly missing: Map<string, MissingName>
  readonly shadowed: Map<string, string>
  readonly removed: Growing<RemovedMacro>[]
  readonly names: readonly string[]
  isPartial: boolean
}

interface WatchState {
  readonly scopes: GrowingScope[]
  readonly fromEnvironment: Set<string>
  /** The runs that are open, innermost last. */
  readonly open: GrowingScope[]
  readonly openRuns: Set<ScriptRun>
  /** The open scopes that define a name, innermost last. */
  readonly owners: Map<string, GrowingScope[]>
  /** Macros of open runs that a script inside of them removed. */
  readonly lost: Map<string, Growing<RemovedMacro>>
}

/** Follows which macros of scripts are used, missing, hidden or removed. */
export function watchMacros(): MacroWatch {
  const state: WatchState = {
    ...{ scopes: [], fromEnvironment: new Set(), open: [] },
    ...{ openRuns: new Set(), owners: new Map(), lost: new Map() },
  }
  return {
    macros: state,
    started: (run, environment) => begin(state, run, environment),
    finished: () => end(state),
    unreadable() {
      for (const scope of state.open) scope.isPartial = true
    },
    line: (line, rawOf) => useNames(state, line, rawOf),
    use: (name) => void state.owners.get(name)?.at(-1)?.used.add(name),
    builtIn: (call) => setVariable(state, call),
  }
}

function begin(state: WatchState, run: ScriptRun, environment: ReadonlyMap<string, string>): void {
  const outer = state.open.at(-1)
  // iocsh.cpp: `< file` installs the macros of the call around it once more.
  const isSame = run.kind === '<' && outer !== undefined
  const shadowed = new Map<string, string>()
  const names: string[] = []
  for (const { name, raw } of run.macros ? parseDefinitions(run.macros) : []) {
    if (raw === undefined) continue
    names.push(name)
    const value = environment.get(name)
    if (!isSame && value !== undefined && value !== raw) shadowed.set(name, value)
  }
  const used = isSame ? outer.used : new Set<string>()
  const [missing, removed] = [new Map(), []]
  const scope: GrowingScope = { run, names, used, shadowed, isPartial: false, missing, removed }
  for (const name of names) {
    const owners = state.owners.get(name)
    if (owners) owners.push(scope)
    else state.owners.set(name, [scope])
  }
  state.scopes.push(scope)
  state.open.push(scope)
  state.openRuns.add(run)
}

function end({ open, openRuns, owners, lost }: WatchState): void {
  const scope = open.pop()
  if (!scope) return
  openRuns.delete(scope.run)
  for (const name of scope.names) {
    const same = owners.get(name)
    if (same?.at(-1) === scope) same.pop()
    if (same?.length === 0) owners.delete(name)
  }
  for (const removal of scope.removed) {
    if (lost.get(removal.name) === removal) lost.delete(removal.name)
  }
}

function useNames(
  { open, openRuns, owners, lost, fromEnvironment }: WatchState,
  line: ScriptLine,
  rawOf: (name: string) => string | undefined,
): void {
  for (const name of line.expansion?.used ?? []) {
    const owner = owners.get(name)?.at(-1)
    if (owner) owner.used.add(name)
    else if (rawOf(name) === undefined) addMissing(open.at(-1), line, name)
    else fromEnvironment.add(name)
    const removal = lost.get(name)
    if (!owner && removal && !openRuns.has(removal.by.run)) removal.usedBehind ??= line
  }
}

/** The first place; one without a default counts more. */
function addMissing(scope: GrowingScope | undefined, line: ScriptLine, name: string): void {
  const known = scope?.missing.get(name)
  const found = known?.hasDefault === false ? known : missingIn(line, name)
  if (!known || (known.hasDefault && !found.hasDefault)) scope?.missing.set(name, found)
}

function missingIn(line: ScriptLine, name: string): MissingName {
  const { problems = [], references = [] } = line.expansion ?? {}
  const problem = problems.find((one) => one.kind === 'undefined' && one.name === name)
  const place =
    problem ?? references.find(({ start, end }) => line.raw.slice(start, end).includes(name))
  const at = place ? inRaw(line, place.start, place.end) : placeIn(line)
  return { at, hasDefault: problem === undefined }
}

/** iocsh.cpp: epicsEnvSet and epicsEnvUnset remove the macro from all scopes. */
function setVariable({ owners, lost }: WatchState, { name: command, words, line }: CommandCall) {
  if (command !== 'epicsEnvSet' && command !== 'epicsEnvUnset') return
  const [, name, value] = words.map(({ text }) => text)
  if (name === undefined || (command === 'epicsEnvSet' && value === undefined)) return
  for (const owner of owners.get(name) ?? []) {
    if (owner.run.kind === '<') continue
    const removal: Growing<RemovedMacro> = {
      ...{ name, by: line, wasUsed: owner.used.has(name) },
      ...(command === 'epicsEnvSet' && value !== undefined && { value }),
    }
    owner.removed.push(removal)
    if (owner.run !== line.run) lost.set(name, removal)
  }
  owners.delete(name)
}
