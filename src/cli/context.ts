import type { Diagnostic } from '../text/diagnostic.ts'
import type { Output } from './reporter.ts'

/** What a command gets from outside; nothing in `cli` reads `process` but the two main files. */
export interface CliContext {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Absolute working directory. */
  readonly cwd: string
  /** User id of this process. */
  readonly uid: number
  /** For what cannot wait until a command returns: progress, results of a watch. */
  readonly stdout: Output
  readonly stderr: Output
  /** One line about work in progress, for people: goes to stderr, silent with `--quiet`. */
  progress(text: string): void
  /** Prints what a command returned and chooses the exit code; the only place that does so. */
  finish(result: CommandResult | Promise<CommandResult>): Promise<void>
}

/** What every command returns. */
export interface CommandResult {
  /** Text for stdout, without the final newline; nothing is printed if it is missing. */
  readonly output?: string
  /** Text for stdout in pieces, line ends included: for output that may be large. */
  readonly pieces?: Iterable<string>
  /** A line for stderr behind all that. */
  readonly summary?: string | undefined
  readonly diagnostics: readonly Diagnostic[]
  /** Only where the usual rule (0, or 1 after errors) does not hold. */
  readonly exitCode?: ExitCode
}

/** Exit codes of both commands; see docs/reference/cli.md. */
export const exitCodes = {
  fine: 0,
  /** Errors in the input; nothing was started. */
  errors: 1,
  usage: 2,
  /** The environment cannot be used: no base, no space, no permission. */
  environment: 3,
  /** A bug in this program. */
  bug: 70,
} as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]
