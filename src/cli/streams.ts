import { errnoOf } from '../host/errors.ts'
import { exitCodes } from './context.ts'
import type { Output } from './reporter.ts'

/**
 * A stream of this process as an output. Making such a stream loads a tenth of Node, so it is only
 * asked for when there is something to print: the start of an IOC prints nothing.
 */
export function streamOutput(stream: () => NodeJS.WriteStream): Output {
  let opened: NodeJS.WriteStream | undefined
  const open = (): NodeJS.WriteStream => {
    opened ??= stream().on('error', complain)
    return opened
  }
  return {
    write: (text) => void open().write(text),
    get isTerminal() {
      return open().isTTY === true
    },
    get columns() {
      return open().columns
    },
  }
}

/** Who stops reading, as in `| head`, has seen enough; a full disk is a failure. */
function complain(error: Error): void {
  if (errnoOf(error) !== 'EPIPE') process.exitCode = exitCodes.environment
}
