import { createMacros } from '../macro/macros.ts'
import type { Source } from '../text/source.ts'
import { type RawLine, readLines } from './lines.ts'
import { runLines } from './run.ts'
import { report, type State } from './state.ts'
import type { RunKind, ScriptRun, Shell, ShellOptions } from './types.ts'

/**
 * Scripts within scripts: more than anybody writes. The IOC goes on until it runs out of file
 * descriptors, at about 1000; this walk out of stack, a third later than here.
 */
const maxDepth = 510

/** Scripts and lines in all; more can only come from scripts that load each other without end. */
const maxRuns = 50_000
const maxLines = 200_000

/**
 * A shell that reads scripts as the IOC shell does: comments, macros, words, redirections, error
 * modes and nested scripts. Commands that do something else than this go to the host.
 */
export function createShell({
  host,
  environment = new Map(),
  limits = 'off',
  reading = 'repaired',
  continuation = false,
  keepsStartupScript = false,
  dropsErrors = false,
}: ShellOptions): Shell {
  const macros = createMacros({ environment: (name) => environment.get(name), limits })
  const shell: Shell = {
    environment,
    macros,
    get current() {
      return state.line
    },
    get halted() {
      return state.halted
    },
    load: (path, list) => load(state, path, { kind: 'iocshLoad', macros: list }),
    read: (path, list) => load(state, path, { kind: '<', macros: list }),
    runSource: (source, list) =>
      start(state, readLines(source, state.reading), {
        kind: 'top',
        source,
        path: source.name,
        macros: list,
      }),
    runLine: (line) => runLines(state, { run: line.run, lines: [line] }),
    run: (text, list) => runText(state, text, list),
    runFor(line, text) {
      const present = state.line
      state.line = line
      const status = runText(state, text, undefined)
      state.line = present
      return status
    },
    setEnvironment(name, value) {
      macros.remove(name)
      // setenv refuses these names, and nobody is told.
      if (name === '' || name.includes('=')) return
      if (value === undefined) environment.delete(name)
      else environment.set(name, value)
    },
    report: (kind, name, word) => report(state, { kind, name }, word),
  }
  const state: State = {
    host,
    shell,
    reading: { reading, continuation },
    keepsStartupScript,
    dropsErrors,
    line: undefined,
    redirections: [],
    runs: 0,
    lines: 0,
    halted: false,
  }
  return shell
}

interface Call {
  readonly kind: RunKind
  readonly macros: string | undefined
}

function load(state: State, path: string, call: Call): number {
  // iocsh.cpp: set before the file is opened and not set back; `<` does not touch it.
  if (call.kind === 'iocshLoad' && !(state.keepsStartupScript && state.line)) {
    state.shell.setEnvironment('IOCSH_STARTUP_SCRIPT', path)
  }
  const source = state.host.readScript(path, state.line)
  if (!source) {
    report(state, { kind: 'script-not-found', name: path })
    return -1
  }
  if (source === 'unknown') return 0
  return start(state, readLines(source, state.reading), { ...call, source, path })
}

function runText(state: State, text: string, macros: string | undefined): number {
  const kind = macros === undefined ? 'iocshCmd' : 'iocshRun'
  const source: Source = { name: `<${kind}>`, text }
  const end = text.length
  const line: RawLine = { number: 1, raw: text, start: 0, end, terminated: true }
  return start(state, [line], { kind, macros, source, path: text })
}

/** Runs lines in a macro scope of their own; 0, or -1 if they ended at an error. */
function start(
  state: State,
  lines: Iterable<RawLine>,
  { kind, macros, source, path }: Call & { readonly source: Source; readonly path: string },
): number {
  const { host, line: parent, redirections, shell } = state
  const depth = parent ? parent.run.depth + 1 : 0
  state.runs += 1
  if (depth > maxDepth || state.runs > maxRuns || state.lines > maxLines) {
    report(state, { kind: depth > maxDepth ? 'too-deep' : 'too-many-scripts', name: path })
    state.halted = true
  }
  if (state.halted) return -1
  const run: ScriptRun = {
    kind,
    source,
    path,
    redirections,
    depth,
    ...(macros !== undefined && { macros }),
    ...(parent && { parent }),
  }
  shell.macros.push()
  if (macros !== undefined) shell.macros.define(macros)
  host.started?.(run)
  const status = runLines(state, { run, lines })
  host.finished?.(run, status)
  shell.macros.pop()
  Object.assign(state, { line: parent, redirections })
  return status
}
