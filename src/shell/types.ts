import type { Expansion, Limits, Macros } from '../macro/types.ts'
import type { Source } from '../text/source.ts'

/** A word of a line; offsets are in the (expanded) line, quotes included. */
export interface Word {
  readonly text: string
  readonly start: number
  readonly end: number
}

export interface Redirection {
  /** 0 for `<`, else the number before `>`; 1 if there is none. */
  readonly fd: number
  readonly mode: 'read' | 'write' | 'append'
  readonly file: Word
}

export interface LineError {
  /** `repeated-redirection`: the IOC says nothing and runs the words and redirections given. */
  readonly kind:
    | 'unbalanced-quote'
    | 'trailing-backslash'
    | 'illegal-redirection'
    | 'repeated-redirection'
  /** Offset in the line of the quote, the backslash or the redirection. */
  readonly at: number
}

/** A line taken apart. With an error the words read so far are given, but see the kind. */
export interface SplitLine {
  readonly words: readonly Word[]
  readonly redirections: readonly Redirection[]
  readonly error?: LineError
}

export type RunKind = 'top' | 'iocshLoad' | '<' | 'iocshRun' | 'iocshCmd'

/**
 * One reading of one text by the shell; a file loaded twice gives two. Identity matters: hosts may
 * key their own data by it.
 */
export interface ScriptRun {
  readonly kind: RunKind
  readonly source: Source
  /** The path as it was given after expansion; the command text for `iocshRun` and `iocshCmd`. */
  readonly path: string
  /** The definition list that came with the call. */
  readonly macros?: string
  /** The line that started this run. */
  readonly parent?: ScriptLine
  /** Where fd 1 and 2 go because an outer line redirected them. */
  readonly redirections: readonly Redirection[]
  /** 0 for `top`. */
  readonly depth: number
}

/** A line on its way through the shell. */
export interface ScriptLine {
  readonly run: ScriptRun
  /** From 1. */
  readonly number: number
  /** Without the line end; a carriage return stays. */
  readonly raw: string
  /** Offsets of `raw` in `run.source`. */
  readonly start: number
  readonly end: number
  /** Offsets in `raw` where a backslash and a line end were taken out (continuation). */
  readonly joints?: readonly number[]
  /** False for a last line without line end, which the IOC shell does not run. */
  readonly terminated: boolean
  /** Absent for comments: they are never expanded. */
  readonly expansion?: Expansion
  /** The expanded text, for a comment the raw text. */
  readonly text: string
}

/** A command with its arguments, ready to run. */
export interface CommandCall {
  readonly name: string
  /** All words, the command first. */
  readonly words: readonly Word[]
  /** Those of this line and the ones in force around it that it does not replace. */
  readonly redirections: readonly Redirection[]
  readonly line: ScriptLine
  readonly shell: Shell
}

/** `error` marks the line as failed (iocshSetError); the host has already said why. */
export type CommandOutcome = 'ok' | 'error' | 'not-found'

export type ShellProblemKind =
  | LineError['kind']
  | 'bad-macros'
  | 'no-command'
  | 'command-not-found'
  | 'script-not-found'
  | 'redirection-not-opened'
  | 'missing-argument'
  | 'wrong-usage'
  | 'break'
  | 'wait'
  | 'halt'
  | 'too-deep'
  | 'too-many-scripts'
  | 'too-much-text'

/** Something the shell has to say, as data. */
export interface ShellProblem {
  readonly kind: ShellProblemKind
  /** What it is about: the command, the path, the seconds to wait; see the kind. */
  readonly name: string
  readonly line: ScriptLine
  /** Offsets in `line.text` (not the raw line); `placeIn` in place.ts gives the Span. */
  readonly start: number
  readonly end: number
}

/** What the shell needs from outside. All calls are synchronous. */
export interface ShellHost {
  /**
   * The text of a script, undefined if it cannot be read; `unknown` if the IOC may be able to, which
   * is no failure of the line.
   */
  readScript(path: string, line: ScriptLine | undefined): Source | 'unknown' | undefined
  /**
   * Whether a line without all its macros may have them in the IOC: it is skipped, but has not
   * failed. Default: no.
   */
  mayExpand?(line: ScriptLine): boolean
  /** A command that the shell does not handle itself. */
  command(call: CommandCall): CommandOutcome
  /** A command that the shell is about to handle itself: `epicsEnvSet`, `iocshLoad`, `on` ... */
  builtIn?(call: CommandCall): void
  /** Opens (and creates or empties) the file; false if impossible. Default: always possible. */
  openRedirection?(redirection: Redirection, line: ScriptLine): boolean
  /** A line as the IOC would echo it. */
  echo?(text: string, line: ScriptLine): void
  problem?(problem: ShellProblem): void
  /** Every line before it is split or skipped, also one whose expansion failed. */
  line?(line: ScriptLine): void
  /** A line that ends its script, whatever stands behind it. */
  exit?(line: ScriptLine): void
  /** Before the first and after the last line of a run; `status` is 0 or -1. */
  started?(run: ScriptRun): void
  finished?(run: ScriptRun, status: number): void
}

export interface ShellOptions {
  readonly host: ShellHost
  /** Read and written by the shell. */
  readonly environment?: Map<string, string>
  readonly limits?: Limits
  /**
   * `exact`: as the IOC shell reads, i.e. a last line without line end is not run and a byte order
   * mark is part of the first word. `repaired` (default): the line is run, the mark skipped.
   */
  readonly reading?: 'exact' | 'repaired'
  /**
   * What newer bases do differently; seen in 7.0.10, not in 7.0.8.1. `continuation`: a backslash at
   * the end joins the next line. `keepsStartupScript`: only the first script of all sets
   * IOCSH_STARTUP_SCRIPT. Both off by default.
   */
  readonly continuation?: boolean
  readonly keepsStartupScript?: boolean
  /** `iocshLoad`, `iocshRun` and `iocshCmd` do not fail if what they run ends at an error. */
  readonly dropsErrors?: boolean
}

export interface Shell {
  readonly environment: Map<string, string>
  readonly macros: Macros
  /** The line that is running, if any. */
  readonly current: ScriptLine | undefined
  /** True once `on error halt` or a runaway script has stopped everything. */
  readonly halted: boolean
  /**
   * `iocshLoad`: sets IOCSH_STARTUP_SCRIPT and runs the file. 0, or -1 on failure; a file that cannot
   * be read is a problem of the current line, if there is one.
   */
  load(path: string, macros?: string): number
  /** `< file`: like `load`, but leaves IOCSH_STARTUP_SCRIPT alone. */
  read(path: string, macros?: string): number
  /** Runs a text as a script that has no file of its own. */
  runSource(source: Source, macros?: string): number
  /** Runs a line of another shell as if it stood here, in the same script. */
  runLine(line: ScriptLine): number
  /** `iocshRun` or, without macros, `iocshCmd`: one line, ends at an error. */
  run(text: string, macros?: string): number
  /** `iocshCmd` for a line that was read before: that one has asked for it, not the present one. */
  runFor(line: ScriptLine, text: string): number
  /** `epicsEnvSet`; undefined is `epicsEnvUnset`. The name is removed from every macro scope. */
  setEnvironment(name: string, value: string | undefined): void
  /** Reports a problem with a place in the current line; for hosts that check arguments. */
  report(kind: ShellProblemKind, name: string, word?: Word): void
}
