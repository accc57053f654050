import { createShell } from '../shell/shell.ts'
import type { ScriptLine, ScriptRun, Shell, ShellHost } from '../shell/types.ts'
import { resolvePath } from '../text/paths.ts'
import { assumeLine, dependsOnUnknown, noAssumedLoads } from './assumed.ts'
import { handlerOf } from './commands/index.ts'
import { isEnvironmentFile } from './file-types.ts'
import { lineFindings, problemFinding, unreadableScript } from './findings.ts'
import { placesIn } from './place.ts'
import { eachOnce } from './repeated.ts'
import { watchMacros } from './script-macros.ts'
import { isReadable } from './source-reader.ts'
import { isRequireLine, isUnsure } from './walk-state.ts'
import type { Part, WalkInput, WalkOutcome, WalkState } from './walk-types.ts'

/**
 * Runs the startup script and all it loads as the IOC shell would, without an IOC: macros, the
 * environment, the working directory and the order of commands are followed; `require` lines are
 * collected; files that do not exist are reported.
 */
export function walk(input: WalkInput): WalkOutcome {
  const state = startState(input)
  const runs: ScriptRun[] = []
  for (const part of input.parts) {
    if (part.needsInit && !state.initialised) runs.push(...runPart(initPart(part), state).runs)
    const { runs: started, isExited } = runPart(part, state)
    runs.push(...started)
    if (isExited || state.shell.halted) return { ...outcomeOf(state), runs, exits: isExited }
  }
  const { initialised } = state
  const exits = state.waiting.some(({ words }) => isExit(words[1]?.text ?? ''))
  const waiting = [...state.waiting]
  if (input.addsInit && !initialised && waiting.length > 0) walkAddedInit(state)
  return { ...outcomeOf(state), runs, exits, initialised, waiting }
}

function outcomeOf(state: RunningWalk): Omit<WalkOutcome, 'runs' | 'exits'> {
  const places = placesIn(state.input.parts)
  const { macros } = state.watch
  const diagnostics = eachOnce(state.diagnostics)
  return { ...state, diagnostics, places, macros, environment: state.shell.environment }
}

/** What waits for the iocInit that will be added is looked at, too; its line is written elsewhere. */
function walkAddedInit(state: RunningWalk): void {
  const [first] = state.waiting
  if (!first) return
  const { runs } = runPart(initPart({ at: placesIn(state.input.parts).of(first.line) }), state)
  for (const run of runs) state.edits.delete(run)
}

function initPart({ at }: Pick<Part, 'at'>): Part {
  return { at, source: { name: '<command line>', text: 'iocInit\n' } }
}

function runPart(part: Part, state: RunningWalk): { runs: ScriptRun[]; isExited: boolean } {
  const hasMoved = state.cwd !== state.input.cwd
  const source = (hasMoved && part.elsewhere) || part.source
  const runs: ScriptRun[] = []
  let isExited = false
  state.onLine = (line) => {
    if (line.run.source === source) isExited ||= isExit(line.text)
  }
  state.onStart = (run) => {
    if (run.source === source) runs.push(run)
  }
  state.shell.runSource(source)
  return { runs, isExited }
}

/** The state and what `walk` wants to see of the lines. */
interface RunningWalk extends WalkState {
  onLine(line: ScriptLine): void
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
    afterInit: [],
    commandAt: undefined,
    cwd: input.cwd,
    isLost: false,
    initialised: false,
    mayCreateFiles: false,
    maySetVariables: false,
    lostEnvironment: undefined,
    lacksScript: false,
    created: new Set(),
    watch: watchMacros(),
    assumed: noAssumedLoads(),
    lost: new Map(),
    onLine: () => {},
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
      const outcome = state.input.reader.read(resolvePath(state.cwd, path))
      if (isReadable(outcome)) {
        const { source, isStream } = outcome
        if (source.hasByteOrderMark || isStream) state.toCopy.add(source)
        return source
      }
      state.watch.unreadable()
      // What its lines would set is not known.
      state.maySetVariables = true
      state.lacksScript ||= !isEnvironmentFile(path)
      if (line) state.diagnostics.push(...unreadableScript(path, { line, outcome, state }))
      return undefined
    },
    command(call) {
      const { handler, isKnown } = handlerOf(call.name)
      state.events.push({ kind: 'command', call, isKnown, cwd: state.cwd })
      handler(call, state)
      return 'ok'
    },
    builtIn(call) {
      state.watch.builtIn(call)
      // Which variable this is nobody knows.
      if (dependsOnUnknown(call.words[1]?.text ?? '')) state.maySetVariables = true
      state.events.push({ kind: 'command', call, isKnown: true, cwd: state.cwd })
    },
    openRedirection({ mode, file }, line) {
      const path = resolvePath(state.cwd, file.text)
      if (mode === 'read') return isUnsure(state, line) || mayBeRead(path, line, state)
      state.created.add(path)
      return true
    },
    problem(problem) {
      state.diagnostics.push(...problemFinding(problem, state))
    },
    line(line) {
      state.diagnostics.push(...lineFindings(line, state))
      state.watch.line(line, state.shell.macros.raw)
      assumeLine(line, state, startState)
      state.onLine(line)
    },
    started(run) {
      const parent = run.parent?.run
      state.watch.started(run, state.shell.environment)
      if (run.kind === 'iocshCmd' && state.commandAt) {
        placesIn(state.input.parts).rename(run.source, state.commandAt)
        state.commandAt = undefined
      }
      if (parent) addChild(state, parent, run)
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

function isExit(text: string): boolean {
  return /^[\s(),]*exit(?=[\s(),]|$)/.test(text)
}

/** `require` takes no input, which is told where it is followed. */
function mayBeRead(path: string, line: ScriptLine, { created, input }: WalkState): boolean {
  return isRequireLine(line.text) || created.has(path) || input.reader.kindOf(path) !== undefined
}
