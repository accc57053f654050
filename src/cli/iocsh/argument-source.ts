import type { Argument } from '../../startup/request.ts'
import { type Diagnostic, diagnostic, type Result } from '../../text/diagnostic.ts'
import { quoteShellWord, splitShellWords } from '../../text/shell-words.ts'
import type { Source } from '../../text/source.ts'
import { type Span, spanOf } from '../../text/span.ts'

/** Reads an argument file; undefined, or the reason in words, if it cannot be read. */
export type ReadArgumentFile = (path: string) => Source | { readonly reason: string }

/**
 * The arguments of the command line with their places. `@file` is replaced by the words of the
 * file, which may hold further `@file` arguments; paths in it are relative to the working directory.
 *
 * Errors: `ARGUMENT_FILE` for a file that is missing, quotes badly, or includes itself.
 */
export function expandArguments(
  words: readonly string[],
  readFile: ReadArgumentFile,
): Result<Argument[]> {
  return expandWords(argumentsOf('iocsh', words), readFile)
}

/** The same for words that stand elsewhere. */
export function expandWords(
  words: readonly Argument[],
  readFile: ReadArgumentFile,
): Result<Argument[]> {
  const diagnostics: Diagnostic[] = []
  const expand = (argument: Argument, open: readonly string[]): Argument[] => {
    if (!/^@./.test(argument.text)) return [argument]
    const { value, diagnostics: found } = readArgumentFile(argument, open, readFile)
    diagnostics.push(...found)
    return value.flatMap((inner) => expand(inner, [...open, argument.text]))
  }
  const value = words.flatMap((argument) => expand(argument, []))
  return { value, diagnostics }
}

/** The words as one source, so that a mistake can be shown under the word that holds it. */
export function argumentsOf(command: string, words: readonly string[]): Argument[] {
  const written = words.map(quoteShellWord)
  const source: Source = { name: '<command line>', text: [command, ...written].join(' ') }
  let start = command.length + 1
  return words.map((text, index) => {
    const end = start + (written[index] ?? '').length
    const at = { source, start, end }
    start = end + 1
    return { text, at }
  })
}

function readArgumentFile(
  { text, at }: Argument,
  open: readonly string[],
  readFile: ReadArgumentFile,
): Result<Argument[]> {
  const path = text.slice(1)
  const fail = (message: string, place: Span = at, hint?: string) => ({
    value: [],
    diagnostics: [diagnostic('ARGUMENT_FILE', message, { at: place, hint })],
  })
  if (open.includes(text)) return fail(`argument file ${path} includes itself`)
  const source = readFile(path)
  if ('reason' in source) {
    const hint = 'to pass an argument that begins with @, write it into an argument file'
    return fail(`cannot read argument file ${path}: ${source.reason}`, at, hint)
  }
  const { words, unclosed } = splitShellWords(source)
  if (unclosed !== undefined) {
    return fail(
      `quote is never closed in argument file ${path}`,
      spanOf(source, unclosed, unclosed + 1),
    )
  }
  const from = { message: 'read here', at }
  const value = words.map((word) => ({
    text: word.text,
    at: { source, start: word.start, end: word.end, from },
  }))
  return { value, diagnostics: [] }
}
