import type { Diagnostic } from '../text/diagnostic.ts'
import { hasErrors } from '../text/diagnostic.ts'
import { type CliContext, exitCodes } from './context.ts'
import { type Output, type ReportOptions, report } from './reporter.ts'

/** What a context needs of the running process. */
export interface HostStreams {
  readonly stdout: Output
  readonly stderr: Output
  setExitCode(code: number): void
}

/** The context of a command in this process; `options` is read when something is printed. */
export function createContext(
  streams: HostStreams,
  options: () => ReportOptions,
  surroundings: Pick<CliContext, 'env' | 'cwd' | 'uid'>,
): CliContext {
  return {
    ...surroundings,
    ...{ stdout: streams.stdout, stderr: streams.stderr },
    progress(text) {
      if (!options().quiet && options().format === 'text') streams.stderr.write(`${text}\n`)
    },
    async finish(result) {
      const { output, pieces, summary, diagnostics, exitCode } = await result
      report(diagnostics, streams.stderr, options())
      if (pieces) await streams.stdout.writeAll(pieces)
      if (output) streams.stdout.write(`${output}\n`)
      if (summary) streams.stderr.write(`${summary}\n`)
      streams.setExitCode(exitCode ?? exitCodeOf(diagnostics))
    },
  }
}

/** 0, or 1 after errors; see design decision 7. */
function exitCodeOf(diagnostics: readonly Diagnostic[]): number {
  return hasErrors(diagnostics) ? exitCodes.errors : exitCodes.fine
}
