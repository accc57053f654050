import { lockSuffix } from '../../modules/lock/lock.ts'
import type { Argument } from '../../startup/request.ts'
import { isReadable, type SourceReader } from '../../startup/source-reader.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import { resolvePath } from '../../text/paths.ts'
import { quoteShellWord } from '../../text/shell-words.ts'
import type { Source } from '../../text/source.ts'
import type { Span } from '../../text/span.ts'

/** Which lock counts: the one beside the script if there is one, none, or the one that is named. */
export type LockChoice =
  | { readonly kind: 'beside' }
  | { readonly kind: 'none' }
  | { readonly kind: 'named'; readonly file: Argument }

export interface LockSearch {
  readonly choice: LockChoice
  /** The startup script as it is shown; nothing if there is none. */
  readonly script: string | undefined
  /** Absolute; where relative paths start. */
  readonly cwd: string
  readonly reader: SourceReader
}

/** A lock that counts, not yet understood. */
export interface FoundLock {
  readonly source: Source
  /** Behind `e3 lock`, to make it again. */
  readonly words: string
}

/**
 * Looks for the lock of a startup script. Without one this costs one question about a file.
 *
 * Errors: `LOCK_NOT_FOUND` for a named one, `LOCK_INVALID` if it cannot be read; info:
 * `LOCK_IGNORED`.
 */
export function findLock({ choice, script, cwd, reader }: LockSearch): {
  readonly found?: FoundLock
  readonly diagnostics: readonly Diagnostic[]
} {
  const name = choice.kind === 'named' ? choice.file.text : script && script + lockSuffix
  if (name === undefined) return { diagnostics: [] }
  const path = resolvePath(cwd, name)
  if (choice.kind === 'none') {
    return { diagnostics: reader.kindOf(path) === 'file' ? [ignored(name)] : [] }
  }
  const at = choice.kind === 'named' ? choice.file.at : undefined
  const read = reader.read(path)
  if (isReadable(read))
    return { found: { source: read.source, words: wordsOf(choice, script) }, diagnostics: [] }
  if (!read.isMissing) {
    return { diagnostics: [unreadableLock(name, read.reason, at)] }
  }
  return { diagnostics: at ? [notFound(name, at, wordsOf(choice, script))] : [] }
}

/** A file that is there and cannot be read. */
export function unreadableLock(name: string, reason: string, at?: Span): Diagnostic {
  const message = `the lock ${name} cannot be read: ${reason}`
  return diagnostic('LOCK_INVALID', message, { at, hint: `ls -l ${quoteShellWord(name)}` })
}

function wordsOf(choice: LockChoice, script = '<script>'): string {
  const words = choice.kind === 'named' ? ['-o', choice.file.text, script] : [script]
  return words.map(quoteShellWord).join(' ')
}

function ignored(name: string): Diagnostic {
  return diagnostic('LOCK_IGNORED', `${name} is not used, as asked`)
}

function notFound(name: string, at: Argument['at'], words: string): Diagnostic {
  const message = `there is no lock ${name}`
  return diagnostic('LOCK_NOT_FOUND', message, { at, hint: `make it: e3 lock ${words}` })
}

/** The choice of commands that have `--no-lock` only. */
export function lockChoice(isLocked: boolean | undefined): LockChoice | undefined {
  return isLocked === false ? { kind: 'none' } : undefined
}
