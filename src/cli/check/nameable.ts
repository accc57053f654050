import { existsSync } from 'node:fs'
import { quoteWord } from '../../shell/quote.ts'
import { type Diagnostic, diagnostic, type Result } from '../../text/diagnostic.ts'
import type { NamedFile } from './targets.ts'

/**
 * Without files that were found in a folder but that no line of a startup script can load: they
 * would seem to be missing.
 *
 * Warnings: `FILE_UNREADABLE`.
 */
export function nameableFiles(files: readonly NamedFile[]): Result<NamedFile[]> {
  const value: NamedFile[] = []
  const diagnostics: Diagnostic[] = []
  for (const file of files) {
    const reason = file.isFound ? unnameable(file) : undefined
    if (reason === undefined) value.push(file)
    else diagnostics.push(notLookedAt(file, reason))
  }
  return { value, diagnostics }
}

/** Bytes that are no UTF-8 come as another character, so that nothing has the name. */
function unnameable({ path }: NamedFile): string | undefined {
  if (quoteWord(path) === undefined) return 'has a line end in its name'
  return path.includes('\ufffd') && !existsSync(path) ? 'has a name that is no UTF-8' : undefined
}

function notLookedAt({ name, at }: NamedFile, reason: string): Diagnostic {
  const message = `the file "${name}" is not looked at: it ${reason}`
  const hint = 'give it a name that a startup script can write'
  return diagnostic('FILE_UNREADABLE', message, { at, hint, severity: 'warning' })
}
