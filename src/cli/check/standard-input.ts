import { resolve } from 'node:path'
import { isDirectory } from '../../host/is-directory.ts'
import { readStandardInput } from '../../host/standard-input-text.ts'
import type { Argument } from '../../startup/request.ts'
import type { ReadText, SourceReader } from '../../startup/source-reader.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import type { Source } from '../../text/source.ts'
import type { Span } from '../../text/span.ts'

/** Texts that stand for files, by absolute path. */
export type Overlay = ReadonlyMap<string, ReadText>

/** The word that stands for standard input. */
export function isInputWord({ text }: Argument): boolean {
  return text === '-'
}

/** Standard input, or why there is nothing to look at: then it has no name. */
export interface StandardInput {
  readonly name?: string
  readonly overlay: Overlay
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Standard input as the file `name`, which need not exist; without a name it is guessed from the text.
 *
 * Errors: `OPTION_VALUE` for the name of a folder, `FILE_UNREADABLE`.
 */
export function standardInput({
  name,
  cwd,
  at,
}: {
  readonly name: string | undefined
  readonly cwd: string
  readonly at: Span
}): StandardInput {
  const fail = (problem: Diagnostic) => ({ overlay: new Map(), diagnostics: [problem] })
  if (name !== undefined && (name.endsWith('/') || isDirectory(resolve(cwd, name)))) {
    const message = `${name}, the name of standard input, is a folder`
    return fail(diagnostic('OPTION_VALUE', message, { hint: 'name a file: --stdin-name db/x.db' }))
  }
  const read = readStandardInput(name ?? '')
  if ('reason' in read) {
    const message = `cannot read standard input: ${read.reason}`
    return fail(diagnostic('FILE_UNREADABLE', message, { at }))
  }
  const chosen = name ?? guessedName(read)
  const source: Source = { ...read, name: chosen }
  const text = { source, isStream: false }
  return { name: chosen, overlay: new Map([[resolve(cwd, chosen), text]]), diagnostics: [] }
}

/** What a text is shows in its first statement; whatever is nothing else is a startup script. */
function guessedName({ text }: Source): string {
  const statements = text.replace(/^\s*#.*$/gm, '')
  if (/^\s*(file|global)\b[^\n]*\{/.test(statements)) return 'stdin.substitutions'
  if (/^\s*(menu|recordtype|device|driver|registrar|variable|function)\s*\(/.test(statements)) {
    return 'stdin.dbd'
  }
  return /^\s*(g?record|alias)\s*\(/.test(statements) ? 'stdin.db' : 'stdin.cmd'
}

/** A reader that finds the texts where their files would be. */
export function withOverlay(reader: SourceReader, overlay: Overlay): SourceReader {
  if (overlay.size === 0) return reader
  return {
    ...reader,
    read: (path) => overlay.get(path) ?? reader.read(path),
    kindOf: (path) => (overlay.has(path) ? 'file' : reader.kindOf(path)),
  }
}
