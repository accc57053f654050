import type { Extent } from '../database/tokens.ts'
import type { Source } from '../text/source.ts'

/** A value of a statement, where it stands with its quotes. */
export interface Value extends Extent {
  /** What is written, without the quotes of a string but with its backslashes. */
  readonly text: string
  /** `verbatim`: JSON and strings in single quotes, which are written as they are. */
  readonly form: 'word' | 'string' | 'verbatim'
}

/**
 * `keyword(a, b) { ... }`, `include "file"`, or a comment. Keywords are in lower case; that of a
 * comment is `#`, its value goes from there to the end of the line. A `verbatim` statement is one of
 * dbd files: its value is its whole text.
 */
export interface Statement extends Extent {
  readonly keyword: string
  readonly values: readonly Value[]
  /** What is between the braces; it has no braces itself. */
  readonly body?: readonly Statement[]
}

/** A file of which templates are made. */
export interface SyntaxTree {
  readonly source: Source
  readonly statements: readonly Statement[]
}
