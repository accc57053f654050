import type { Code } from '../../text/codes.ts'
import { diagnostic } from '../../text/diagnostic.ts'
import type { FindingList } from '../../text/finding-list.ts'
import type { Source } from '../../text/source.ts'
import { spanOf } from '../../text/span.ts'

interface Saying {
  readonly code: Code
  readonly message: string
  readonly hint?: string | undefined
}

/** Something to say about a stretch of the file; in a file of another kind there is no end of it. */
export function report(
  { source, findings }: { readonly source: Source; readonly findings: FindingList },
  { start, end }: { readonly start: number; readonly end: number },
  { code, message, hint }: Saying,
): void {
  findings.add(diagnostic(code, message, { at: spanOf(source, start, end), hint }))
}

/** What both readers say about a row with more values than its pattern has names. */
export function spareText(names: number, values: number): string {
  const pattern = names === 1 ? 'one name' : `${names} names`
  return `this row has ${values} values, its pattern ${pattern}: what is too much is dropped`
}
