import type { Expansion } from '../macro/types.ts'
import { builtIns } from './built-ins.ts'
import type { RawLine } from './lines.ts'
import { splitLine } from './split.ts'
import { report, type Scope, type Start, type State } from './state.ts'
import type {
  CommandCall,
  CommandOutcome,
  Redirection,
  ScriptLine,
  ScriptRun,
  SplitLine,
} from './types.ts'

/**
 * Characters that macros of a start may make, see `Macros.work`: a thousand times what large IOCs
 * need. More comes of values that grow with each script that scripts load from each other.
 */
const maxWork = 20_000_000

/** Runs the lines of a script or a command text; 0, or -1 if it ended at or waited for an error. */
export function runLines(state: State, { run, lines }: Start): number {
  const atOnce = run.kind === 'iocshRun' || run.kind === 'iocshCmd'
  const scope: Scope = { run, onError: atOnce ? 'break' : 'continue', seconds: 0, errored: false }
  let status = 0
  for (const line of lines) {
    state.lines += 1
    const next = runLine(state, scope, line)
    if (state.halted) return -1
    if (next === 'exit') return status
    const verdict = afterLine(state, scope)
    if (verdict === 'stop') return -1
    if (verdict === 'waited') status = -1
  }
  return status
}

/** iocsh.cpp looks at this before each line and at the end; a failed line counts until one works. */
function afterLine(state: State, scope: Scope): 'stop' | 'waited' | 'go on' {
  if (!scope.errored || scope.onError === 'continue') return 'go on'
  if (scope.onError === 'wait' && scope.seconds > 0) {
    report(state, { kind: 'wait', name: scope.seconds.toFixed(1) })
    return 'waited'
  }
  report(state, { kind: scope.onError === 'break' ? 'break' : 'halt', name: '' })
  state.halted = scope.onError !== 'break'
  return 'stop'
}

function runLine(state: State, scope: Scope, raw: RawLine): 'exit' | 'go on' {
  const { shell } = state
  const { run } = scope
  const mark = skipSpace(raw.raw)
  if (raw.raw.charAt(mark) === '#') {
    const comment = lineOf(raw, run)
    begin(state, comment)
    if (raw.raw.charAt(mark + 1) !== '-') echo(state, comment)
    return 'go on'
  }
  const expansion = shell.macros.expandGrowing(raw.raw)
  const line = lineOf(raw, run, expansion)
  begin(state, line)
  if (shell.macros.work > maxWork) {
    report(state, { kind: 'too-much-text', name: '' })
    state.halted = true
    return 'exit'
  }
  if (!expansion.ok) {
    scope.errored ||= !state.host.mayExpand?.(line)
    return 'go on'
  }
  const first = skipSpace(line.text)
  const isComment = line.text.charAt(first) === '#'
  if (!isComment || line.text.charAt(first + 1) !== '-') echo(state, line)
  if (isComment || first === line.text.length) return 'go on'
  return execute(state, scope, splitLine(line.text, first))
}

/** @param expansion absent for a comment, which stays as it is written */
function lineOf(
  { number, raw, start, end, terminated, joints }: RawLine,
  run: ScriptRun,
  expansion?: Expansion,
): ScriptLine {
  const text = expansion?.text ?? raw
  const line = { number, raw, start, end, terminated, run, text }
  return Object.assign(line, expansion && { expansion }, joints && { joints })
}

function begin(state: State, line: ScriptLine): void {
  state.line = line
  state.redirections = line.run.redirections
  state.host.line?.(line)
}

/** Lines of scripts are echoed, `iocshRun` and `iocshCmd` are silent. */
function echo({ host }: State, line: ScriptLine): void {
  const { kind } = line.run
  if (line.text !== '' && kind !== 'iocshRun' && kind !== 'iocshCmd') host.echo?.(line.text, line)
}

/** C `isspace`. */
function skipSpace(text: string): number {
  let at = 0
  for (let unit = text.charCodeAt(0); unit === 32 || (unit >= 9 && unit <= 13); ) {
    at += 1
    unit = text.charCodeAt(at)
  }
  return at
}

function execute(state: State, scope: Scope, split: SplitLine): 'exit' | 'go on' {
  const { words, redirections, error } = split
  const [command] = words
  if (error) {
    report(state, { kind: error.kind, name: '' }, { start: error.at, end: error.at + 1 })
  }
  if (error && error.kind !== 'repeated-redirection') {
    scope.errored = true
  } else if (!command && redirections.length === 0) {
    // iocsh.cpp: only separators end a script as `exit` does.
    report(state, { kind: 'no-command', name: '' })
    return exit(state)
  } else if (!command) redirectOnly(state, scope, redirections)
  else if (command.text === 'exit') {
    const asked = callOf(state, words)
    if (asked) state.host.builtIn?.(asked)
    return exit(state)
  } else if (openAll(state, redirections)) {
    const outcome = call(state, scope, words)
    scope.errored = outcome !== 'ok'
    if (outcome === 'not-found') {
      report(state, { kind: 'command-not-found', name: command.text }, command)
    }
  }
  return 'go on'
}

function exit({ host, line }: State): 'exit' {
  if (line) host.exit?.(line)
  return 'exit'
}

/** `< file` runs the file with the macros of this run once more; `> file` makes an empty file. */
function redirectOnly(state: State, scope: Scope, redirections: readonly Redirection[]): void {
  const input = redirections.find(({ fd }) => fd === 0)
  const others = redirections.filter(({ fd }) => fd !== 0)
  if (!openAll(state, others) || !input) return
  if (state.shell.read(input.file.text, scope.run.macros) !== 0) scope.errored = true
}

/** Opens files in the order of their numbers; a failure leaves the error state as it was. */
function openAll(state: State, redirections: readonly Redirection[]): boolean {
  const { host, line } = state
  if (!line || redirections.length === 0) return true
  for (const redirection of redirections.toSorted((a, b) => a.fd - b.fd)) {
    if (host.openRedirection?.(redirection, line) ?? true) continue
    const { file } = redirection
    report(state, { kind: 'redirection-not-opened', name: file.text }, file)
    return false
  }
  const replaced = new Set(redirections.map(({ fd }) => fd))
  const around = state.redirections.filter(({ fd }) => !replaced.has(fd))
  state.redirections = [...around, ...redirections]
  return true
}

function call(state: State, scope: Scope, words: CommandCall['words']): CommandOutcome {
  const { host } = state
  const asked = callOf(state, words)
  if (!asked) return 'not-found'
  const builtIn = builtIns.get(asked.name)
  if (!builtIn) return host.command(asked)
  host.builtIn?.(asked)
  return builtIn(state, scope, words)
}

function callOf(
  { line, shell, redirections }: State,
  words: CommandCall['words'],
): CommandCall | undefined {
  return line && { name: words[0]?.text ?? '', words, redirections, line, shell }
}
