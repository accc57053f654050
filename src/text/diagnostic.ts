import { type Code, codes, type Severity } from './codes.ts'
import type { Span } from './span.ts'

/** Something to tell the user. Plain data: readers and checks return it, one reporter prints it. */
export interface Diagnostic {
  readonly code: Code
  readonly severity: Severity
  /** Lower case, one sentence, names the thing and its value. */
  readonly message: string
  readonly at?: Span
  readonly notes: readonly Note[]
  /** What to do: if possible a command or a line that can be pasted. */
  readonly hint?: string
  /** What would put it right, if that needs no thought: all of these edits together. */
  readonly fixes?: readonly TextEdit[]
  /** What it is that nobody defines, for those who know where to look for it. */
  readonly unknown?: Unknown
  /** The name of a file that is not found, as it is written: an installed module may have it. */
  readonly absent?: string
  /**
   * What is wrong once and shows at several places, such as a file that many IOCs miss: the same for
   * all of these findings, and not for people.
   */
  readonly cause?: string
  /**
   * It stands for so many others of its code and file which are not kept: a number for each, by
   * which those that are found twice are told; see `FindingList`.
   */
  readonly more?: readonly number[]
}

/** A name of a definition that a module may bring. */
export interface Unknown {
  readonly kind: 'record type' | 'device support' | 'link type' | 'function'
  readonly name: string
  /** Of device support. */
  readonly recordType?: string
}

/** A change of a text: the stretch is replaced. An empty stretch inserts in front of its place. */
export interface TextEdit {
  readonly at: Span
  readonly replacement: string
}

/** A further fact that explains the message, with its own place. */
export interface Note {
  readonly message: string
  readonly at?: Span
}

/** What goes with a message; see `Diagnostic`. */
export interface DiagnosticDetails {
  readonly at?: Span | undefined
  readonly notes?: readonly Note[] | undefined
  readonly hint?: string | undefined
  readonly severity?: Severity | undefined
  readonly fixes?: readonly TextEdit[] | undefined
  readonly unknown?: Unknown | undefined
  readonly absent?: string | undefined
  readonly cause?: string | undefined
}

/**
 * A diagnostic with the severity that belongs to its code unless another is given. Texts in which
 * something very long is named, such as a whole line of a binary file, are cut in their middle.
 */
export function diagnostic(
  code: Code,
  message: string,
  { at, notes = [], hint, severity = codes[code], ...details }: DiagnosticDetails = {},
): Diagnostic {
  const { fixes, unknown, absent, cause } = details
  return {
    ...{ code, severity, message: clipped(message), notes: notes.map(clippedNote) },
    ...(at && { at }),
    ...(hint && { hint: clipped(hint) }),
    ...(fixes && fixes.length > 0 && { fixes }),
    ...(unknown && { unknown }),
    ...(absent !== undefined && { absent }),
    ...(cause !== undefined && { cause }),
  }
}

const longestText = 1000

function clipped(text: string): string {
  if (text.length <= longestText) return text
  return `${text.slice(0, longestText - 200)}…${text.slice(-200)}`
}

function clippedNote(note: Note): Note {
  return note.message.length <= longestText ? note : { ...note, message: clipped(note.message) }
}

/** A value that was read as far as possible, with all that was wrong. */
export interface Result<T> {
  readonly value: T
  readonly diagnostics: readonly Diagnostic[]
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === 'error')
}
