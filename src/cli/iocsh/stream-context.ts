import type { PrintedMessages } from '../../host/remembered-plans.ts'
import type { CliContext } from '../context.ts'
import { createContext } from '../host-context.ts'
import type { Output } from '../reporter.ts'
import { streamOutput } from '../streams.ts'
import type { CommandLine } from './arguments.ts'

/** The context of the launcher: the streams of this process, opened when something is printed. */
export function streamContext(
  { format, quiet }: CommandLine,
  surroundings: Pick<CliContext, 'env' | 'cwd' | 'uid'>,
): CliContext & { printed(): PrintedMessages | undefined } {
  const stderr = streamOutput(() => process.stderr)
  const messages: string[] = []
  const streams = {
    stdout: streamOutput(() => process.stdout),
    stderr: copied(stderr, messages),
    setExitCode(code: number) {
      process.exitCode = code
    },
  }
  const options = { format, quiet, noColor: Boolean(surroundings.env['NO_COLOR']) }
  const context = createContext(streams, () => options, surroundings)
  return {
    ...context,
    printed: () =>
      messages.length > 0
        ? { text: messages.join(''), isTerminal: stderr.isTerminal, columns: stderr.columns }
        : undefined,
  }
}

function copied(output: Output, copy: string[]): Output {
  return {
    write(text) {
      copy.push(text)
      output.write(text)
    },
    writeAll: output.writeAll,
    get isTerminal() {
      return output.isTerminal
    },
    get columns() {
      return output.columns
    },
  }
}
