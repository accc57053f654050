import type { Span } from '../text/span.ts'

/** What the user asked `iocsh` to start, in the order of the command line. */
export interface LaunchRequest {
  readonly actions: readonly Action[]
  /** Directories given with `-l`, in the order given; the last one is searched first. */
  readonly modulePaths: readonly Argument[]
  readonly iocName?: Argument
  readonly base?: Argument
  /** False after `-i`: no `iocInit` is added. */
  readonly init: boolean
  /** True after `-S`: no interactive shell. */
  readonly noShell: boolean
  readonly realtime: boolean
  /** Say for each module where it comes from and who asked for it (e3: `var requireDebug 1`). */
  readonly debug: boolean
  readonly tool?: Tool
}

/** One thing to do at start; each becomes lines of the generated startup script. */
export type Action =
  | { readonly kind: 'require'; readonly text: string; readonly at: Span }
  | { readonly kind: 'command'; readonly text: string; readonly at: Span }
  | { readonly kind: 'sequencer'; readonly text: string; readonly at: Span }
  | EnvironmentAction
  | FileAction

export interface EnvironmentAction {
  readonly kind: 'environment'
  readonly name: string
  readonly value: string
  readonly at: Span
}

export interface FileAction {
  readonly kind: 'file'
  readonly path: string
  /** Given with `-d`: a database, whatever it is called. */
  readonly isDatabase: boolean
  readonly macros: readonly MacroArgument[]
  readonly at: Span
}

export interface MacroArgument {
  readonly name: string
  readonly value: string
  readonly at: Span
}

/** A word of the command line and where it stands. */
export interface Argument {
  readonly text: string
  readonly at: Span
}

/** A program that the IOC runs under, with the arguments the user gave for it. */
export interface Tool {
  readonly kind: 'gdb' | 'valgrind' | 'strace'
  /** One text, split into words as a POSIX shell does; undefined: the usual ones. */
  readonly arguments?: Argument
}
