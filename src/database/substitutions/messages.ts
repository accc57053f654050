import type { Code } from '../../text/codes.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import type { Source } from '../../text/source.ts'
import { spanOf } from '../../text/span.ts'

interface Saying {
  readonly code: Code
  readonly message: string
  readonly hint?: string | undefined
}

/** Something to say about a stretch of the file; a file of another kind says enough early. */
export function report(
  { source, diagnostics }: { readonly source: Source; readonly diagnostics: Diagnostic[] },
  { start, end }: { readonly start: number; readonly end: number },
  { code, message, hint }: Saying,
): void {
  if (diagnostics.length > mostDiagnostics) return
  const at = spanOf(source, start, end)
  if (diagnostics.length < mostDiagnostics)
    diagnostics.push(diagnostic(code, message, { at, hint }))
  else diagnostics.push(diagnostic('SUBSTITUTION_SYNTAX', 'too many mistakes from here on', { at }))
}

const mostDiagnostics = 1000

/** What both readers say about a row with more values than its pattern has names. */
export function spareText(names: number, values: number): string {
  const pattern = names === 1 ? 'one name' : `${names} names`
  return `this row has ${values} values, its pattern ${pattern}: what is too much is dropped`
}
