import type { Output } from './reporter.ts'

/**
 * A stream of this process as an output. Making such a stream loads a tenth of Node, so it is only
 * asked for when there is something to print: the start of an IOC prints nothing.
 */
export function streamOutput(stream: () => NodeJS.WriteStream): Output {
  return {
    write: (text) => void stream().write(text),
    get isTerminal() {
      return stream().isTTY === true
    },
    get columns() {
      return stream().columns
    },
  }
}
