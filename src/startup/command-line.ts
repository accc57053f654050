import { quoteCommand, quoteWord } from '../shell/quote.ts'

/**
 * A line of the IOC shell with exactly these words. They must be writable: `writableWord` decides
 * that where they come in (arguments, directories), so it is a bug here if they are not.
 */
export function commandLine(name: string, words: readonly string[]): string {
  return orBug(quoteCommand(name, words), words)
}

/** A line that includes a file at this place, with the macros of the script that holds the line. */
export function includeLine(path: string): string {
  return `< ${orBug(quoteWord(path), [path])}`
}

/** A redirection to put behind a command. */
export function redirection(operator: string, path: string): string {
  return ` ${operator} ${orBug(quoteWord(path), [path])}`
}

/** Whether a line of the IOC shell can hold this text: line ends and NUL it cannot. */
export function isWritable(text: string): boolean {
  return quoteWord(text) !== undefined
}

function orBug(line: string | undefined, words: readonly string[]): string {
  if (line === undefined) throw new Error(`not writable as a line: ${JSON.stringify(words)}`)
  return line
}
