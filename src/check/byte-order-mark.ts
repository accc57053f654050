import { type Diagnostic, diagnostic } from '../text/diagnostic.ts'
import { quoteShellWord } from '../text/shell-words.ts'
import type { Source } from '../text/source.ts'
import type { Origin } from '../text/span.ts'

/**
 * Says of a file that the IOC reads itself that it begins with a byte order mark: three characters
 * that cannot stand there (base, dbLex.l, dbLoadTemplate_lex.l, asLib_lex.l). Scripts are copied
 * without theirs.
 */
export function byteOrderMark(source: Source, from?: Origin): Diagnostic[] {
  if (!source.hasByteOrderMark) return []
  const at = { source, start: 0, end: 0, ...(from && { from }) }
  const message = `${source.name} begins with a byte order mark, which the IOC refuses`
  const hint = `remove it: sed -i '1s/^\\xef\\xbb\\xbf//' ${quoteShellWord(source.name)}`
  return [diagnostic('FILE_BYTE_ORDER_MARK', message, { at, hint })]
}
