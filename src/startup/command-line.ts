import { quoteCommand, quoteWord } from '../shell/quote.ts'

/**
 * A line of the IOC shell with exactly these words. They must be writable: `writableWord` decides
 * that where they come in (arguments, directories), so it is a bug here if they are not.
 */
export function commandLine(name: string, words: readonly string[]): string {
  return closed(orBug(quoteCommand(name, words), words))
}

/** A line that includes a file at this place, with the macros of the script that holds the line. */
export function includeLine(path: string): string {
  return closed(`< ${orBug(quoteWord(path), [path])}`)
}

/** A redirection to put behind a command. */
export function redirection(operator: string, path: string): string {
  return ` ${operator} ${orBug(quoteWord(path), [path])}`
}

/** Lines, comments as well, as the text of a script. */
export function scriptText(lines: readonly string[]): string {
  return lines.map((line) => `${closed(line)}\n`).join('')
}

/** What users wrote may end in a backslash, which joins the next line: that one is empty then. */
export function userText(text: string): string {
  const lines = text.replace(/[\r\n]+$/, '')
  return lines.endsWith('\\') ? `${lines}\n\n` : `${lines}\n`
}

/** A backslash at the end would join the next line (base 7.0.10, behind comments, too). */
function closed(line: string): string {
  return line.endsWith('\\') ? `${line} ` : line
}

/** Whether a line of the IOC shell can hold this text: line ends and NUL it cannot. */
export function isWritable(text: string): boolean {
  return quoteWord(text) !== undefined
}

function orBug(line: string | undefined, words: readonly string[]): string {
  if (line === undefined) throw new Error(`not writable as a line: ${JSON.stringify(words)}`)
  return line
}
