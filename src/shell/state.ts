import type { RawLine, Reading } from './lines.ts'
import type {
  Redirection,
  ScriptLine,
  ScriptRun,
  Shell,
  ShellHost,
  ShellProblemKind,
} from './types.ts'

/** What one shell remembers while it works. */
export interface State {
  readonly host: ShellHost
  readonly shell: Shell
  readonly reading: Reading
  readonly keepsStartupScript: boolean
  readonly dropsErrors: boolean
  /** The line that runs now. */
  line: ScriptLine | undefined
  /** In force for that line, those of the lines around it included. */
  redirections: readonly Redirection[]
  /** Scripts and lines read so far. */
  runs: number
  lines: number
  halted: boolean
}

/** A run in progress with its error mode, which nested runs do not inherit. */
export interface Scope {
  readonly run: ScriptRun
  onError: 'continue' | 'break' | 'halt' | 'wait'
  /** For `wait`. */
  seconds: number
  /** Whether the last line failed. */
  errored: boolean
}

/** A run that is about to begin. */
export interface Start {
  readonly run: ScriptRun
  readonly lines: Iterable<RawLine>
}

/** Reports a problem of the current line; without a range it is about the whole line. */
export function report(
  { host, line }: State,
  { kind, name }: { readonly kind: ShellProblemKind; readonly name: string },
  range?: { readonly start: number; readonly end: number },
): void {
  if (!line) return
  const { start, end } = range ?? { start: 0, end: line.text.length }
  host.problem?.({ kind, name, line, start, end })
}
