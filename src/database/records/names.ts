import { keywordAsValue, keywords, skipBlanks } from '../tokens.ts'
import type { Name } from './build.ts'
import { next, syntaxError, unexpected } from './mistakes.ts'
import type { FileReading } from './reading.ts'
import { stringToken, wordToken } from './scanner.ts'

/** The next token as a name, which may be quoted; anything else is reported. */
export function readName(file: FileReading, expected: string): Name | undefined {
  const { scanner } = file
  const kind = next(file)
  const { start, end, text } = scanner
  if (kind === wordToken && !beginsStatement(text, start, end)) {
    const value = text.slice(start, end)
    if (keywords.has(value)) {
      const message = keywordAsValue(value)
      syntaxError(file, { start, end, message, hint: `"${value}"` })
    }
    return { value, start, end }
  }
  if (kind === stringToken) return { value: text.slice(start + 1, end - 1), start, end }
  unexpected(file, { expected, hint: 'write it there, in double quotes' })
  return undefined
}

/** Whether a word is the keyword of a statement, and not meant as a name. */
function beginsStatement(text: string, start: number, end: number): boolean {
  return keywords.has(text.slice(start, end)) && text[skipBlanks(text, end)] === '('
}

/** Whether the next token is of this kind; any other one is reported. */
export function expect(file: FileReading, kind: number, expected: string): boolean {
  if (next(file) === kind) return true
  unexpected(file, { expected })
  return false
}
