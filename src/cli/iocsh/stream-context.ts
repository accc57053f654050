import type { CliContext } from '../context.ts'
import { createContext } from '../host-context.ts'
import { streamOutput } from '../streams.ts'
import type { CommandLine } from './arguments.ts'

/** The context of the launcher: the streams of this process, opened when something is printed. */
export function streamContext(
  { format, quiet }: CommandLine,
  surroundings: Pick<CliContext, 'env' | 'cwd' | 'uid'>,
): CliContext {
  const streams = {
    stdout: streamOutput(() => process.stdout),
    stderr: streamOutput(() => process.stderr),
    setExitCode(code: number) {
      process.exitCode = code
    },
  }
  const options = { format, quiet, noColor: Boolean(surroundings.env['NO_COLOR']) }
  return createContext(streams, () => options, surroundings)
}
