import type { Statement } from '../statements.ts'
import { type Extent, endOfLine, type Report } from '../tokens.ts'

/** The statements of a file or of a pair of braces. */
interface Row {
  readonly text: string
  readonly extent: Extent
  readonly statements: readonly Statement[]
}

/**
 * Statements in the order in which the IOC reads them: an included file comes at the end of its line,
 * the last one of a line first (dbLexRoutines.c, db_yyinput: the parser has the whole line already).
 * Files that come behind the braces they are meant for, or in those of a later statement, are reported.
 */
export function* inReadingOrder(
  { text, extent, statements }: Row,
  report: Report,
): Generator<Statement> {
  let waiting: Statement[] = []
  let lineEnd = 0
  let isInside = false
  for (const statement of statements) {
    if (statement.start > lineEnd) {
      yield* filesOf(waiting)
      waiting = []
    }
    if (statement.keyword !== 'include') {
      isInside ||= waiting.length > 0 && endOf(statement) > lineEnd
      yield statement
      continue
    }
    if (waiting.length === 0) {
      lineEnd = endOfLine(text, statement.end)
      isInside = false
    }
    waiting.push(statement)
  }
  yield* filesOf(waiting)

  function filesOf(includes: Statement[]): Statement[] {
    if (isInside || extent.end < lineEnd) {
      const where = isInside ? 'inside of what follows' : 'behind the "}"'
      const message = `the IOC reads the included file at the end of this line, ${where}`
      const hint = 'put nothing behind the name of the file'
      for (const { start, end } of includes) {
        report({ code: 'DBD_SYNTAX', message, hint, start, end })
      }
    }
    return includes.reverse()
  }
}

function endOf({ end, body }: Statement): number {
  return body?.end ?? end
}
