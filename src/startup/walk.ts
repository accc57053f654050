import { createShell } from '../shell/shell.ts'
import type { ScriptLine, ScriptRun, Shell, ShellHost } from '../shell/types.ts'
import { assumeLine, dependsOnUnknown, noAssumedLoads } from './assumed.ts'
import { handlerOf } from './commands/index.ts'
import { isEnvironmentFile } from './file-types.ts'
import { lineFindings, mayExpand, problemFinding, unreadableScript } from './findings.ts'
import { followPath } from './follow-path.ts'
import { placesIn } from './place.ts'
import { openRedirection } from './redirection.ts'
import { eachOnce } from './repeated.ts'
import { watchMacros } from './script-macros.ts'
import { isReadable } from './source-reader.ts'
import { delayedCommand, initCommand, isExit, isFileRun } from './walk-state.ts'
import type { Part, WalkInput, WalkOutcome, WalkState } from './walk-types.ts'
import { followVariable, followWritten } from './written-scripts.ts'

/**
 * Runs the startup script and all it loads as the IOC shell would, without an IOC: macros, the
 * environment, the working directory and the order of commands are followed; `require` lines are
 * collected; files that do not exist are reported.
 */
export function walk(input: WalkInput): WalkOutcome {
  const state = startState(input)
  const runs: ScriptRun[] = []
  for (const part of input.parts) {
    if (part.needsInit && !state.isRunning) runs.push(...runPart(initPart(part, state), state).runs)
    const { runs: started, isExited } = runPart(part, state)
    runs.push(...started)
    if (isExited || state.shell.halted) return { ...outcomeOf(state), runs, exits: isExited }
  }
  const { initialised, isRunning } = state
  const exits = state.waiting.some((asked) => isExit(delayedCommand(asked)))
  const waiting = [...state.waiting]
  if (input.addsInit && !isRunning && waiting.length > 0) walkAddedInit(state)
  return { ...outcomeOf(state), runs, exits, initialised, isRunning, waiting }
}

function outcomeOf(state: RunningWalk): Omit<WalkOutcome, 'runs' | 'exits'> {
  const places = placesIn(state.input.parts)
  const { macros } = state.watch
  const diagnostics = eachOnce(state.diagnostics)
  const atEnd = { cwd: state.cwd, environment: state.shell.environment }
  return { ...state, diagnostics, places, macros, ...(state.atInit ?? atEnd) }
}

/** What waits for the iocInit that will be added is looked at, too; its line is written elsewhere. */
function walkAddedInit(state: RunningWalk): void {
  const [first] = state.waiting
  if (!first) return
  const at = placesIn(state.input.parts).of(first.line)
  const { runs } = runPart(initPart({ at }, state), state)
  for (const run of runs) state.edits.delete(run)
}

function initPart({ at }: Pick<Part, 'at'>, state: WalkState): Part {
  return { at, source: { name: '<command line>', text: `${initCommand(state)}\n` } }
}

function runPart(part: Part, state: RunningWalk): { runs: ScriptRun[]; isExited: boolean } {
  const hasMoved = state.isLost || state.cwd !== state.input.cwd
  const source = (hasMoved && part.elsewhere) || part.source
  const runs: ScriptRun[] = []
  let isExited = false
  state.onExit = (line) => {
    isExited ||= line.run.source === source
  }
  state.onStart = (run) => {
    if (run.source === source) runs.push(run)
  }
  state.shell.runSource(source)
  return { runs, isExited }
}

/** The state and what `walk` wants to see of the runs. */
interface RunningWalk extends WalkState {
  onExit(line: ScriptLine): void
  /** Of the present line, see `mayExpand`. */
  mayExpand: boolean
  onStart(run: ScriptRun): void
}

function startState(input: WalkInput): RunningWalk {
  const state: Omit<RunningWalk, 'shell'> = {
    input,
    diagnostics: [],
    requests: [],
    loaded: [],
    events: [],
    toCopy: new Set(),
    children: new Map(),
    edits: new Map(),
    waiting: [],
    delayed: new Map(),
    commandAt: undefined,
    cwd: input.cwd,
    isLost: false,
    initialised: false,
    atInit: undefined,
    isRunning: false,
    mayCreateFiles: false,
    maySetVariables: false,
    lostEnvironment: undefined,
    lacksScript: false,
    created: new Map(),
    programs: [],
    written: new Map(),
    doubtful: new Map(),
    watch: watchMacros(),
    assumed: noAssumedLoads(),
    lost: new Map(),
    onExit: () => {},
    mayExpand: false,
    onStart: () => {},
  }
  // The host of the shell needs the state and the state the shell: they are tied here, once.
  const tied: { -readonly [key in keyof RunningWalk]: RunningWalk[key] } = Object.assign(state, {
    shell: undefined as unknown as Shell,
  })
  tied.shell = createShell({
    ...{ host: hostOf(tied), environment: new Map(input.environment) },
    ...input.shell,
  })
  return tied
}

function hostOf(state: RunningWalk): ShellHost {
  return {
    readScript(path, line) {
      const { reader } = state.input
      const absolute = followPath(state.cwd, path, reader)
      const outcome = reader.read(absolute)
      if (isReadable(outcome)) {
        const { source, isStream } = outcome
        if (source.hasByteOrderMark || isStream) state.toCopy.add(source)
        return source
      }
      state.watch.unreadable()
      // What its lines would set is not known.
      state.maySetVariables = true
      state.lacksScript ||= !isEnvironmentFile(path)
      const found = line ? unreadableScript(path, { line, outcome, state }) : []
      state.diagnostics.push(...found)
      if (line) followWritten({ line, path: absolute }, state)
      return found.some(({ severity }) => severity === 'error') ? undefined : 'unknown'
    },
    mayExpand: () => state.mayExpand,
    command(call) {
      const { handler, isKnown } = handlerOf(call.name)
      state.events.push({ kind: 'command', call, isKnown, cwd: state.cwd })
      // Nobody can bring a command without a name.
      if (call.name === '') return 'not-found'
      handler(call, state)
      return 'ok'
    },
    builtIn(call) {
      state.watch.builtIn(call)
      followVariable(call, state)
      // Which variable this is nobody knows.
      if (dependsOnUnknown(call.words[1]?.text ?? '')) state.maySetVariables = true
      state.events.push({ kind: 'command', call, isKnown: true, cwd: state.cwd })
    },
    openRedirection: (redirection, line) => openRedirection(redirection, line, state),
    exit: (line) => state.onExit(line),
    problem(problem) {
      state.diagnostics.push(...problemFinding(problem, state))
    },
    line(line) {
      state.diagnostics.push(...lineFindings(line, state))
      // As in the findings: following the line may change what is known.
      state.mayExpand = line.expansion?.ok === false && mayExpand(line, state)
      state.watch.line(line, state.shell.macros.raw)
      assumeLine(line, state, startState)
    },
    started(run) {
      const parent = run.parent?.run
      state.watch.started(run, state.shell.environment)
      if (run.kind === 'iocshCmd' && state.commandAt) {
        placesIn(state.input.parts).rename(run.source, state.commandAt)
        state.commandAt = undefined
      }
      if (parent) addChild(state, parent, run)
      if (isFileRun(run) && run.parent) {
        const path = followPath(state.cwd, run.path, state.input.reader)
        followWritten({ line: run.parent, path, run }, state)
      }
      state.onStart(run)
    },
    finished: (run) => state.watch.finished(run),
  }
}

function addChild({ children }: WalkState, parent: ScriptRun, run: ScriptRun): void {
  const known = children.get(parent)
  if (known) known.push(run)
  else children.set(parent, [run])
}
