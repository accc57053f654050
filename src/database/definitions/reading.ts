import { type Diagnostic, diagnostic, type Note } from '../../text/diagnostic.ts'
import type { FindingList } from '../../text/finding-list.ts'
import type { Span } from '../../text/span.ts'
import { checkForm, type Forms } from '../dbd/forms.ts'
import type { LoadedText } from '../records/types.ts'
import { readStatements, type Statement } from '../statements.ts'
import type { Extent, Problem, Report } from '../tokens.ts'
import { candidatesOf, shownPath } from './include-path.ts'
import { inReadingOrder } from './reading-order.ts'

/** One call of `dbLoadDatabase`: what its files have in common. */
export interface Reading {
  /** The text of a file with macros expanded as in the file that includes it, or undefined. */
  open(name: string, at: Span): LoadedText | undefined
  /** Where findings go. */
  findings: FindingList
  /** Grows and changes by `path` and `addpath`, in whatever file they stand. */
  path: readonly string[]
  /** How many files were included. */
  files: number
}

/** A text of this call and the names that led to it, the innermost last. */
export interface File {
  readonly text: LoadedText
  readonly names: readonly string[]
}

/** What is read: all of a file, or the braces of a statement. */
export interface Part {
  readonly file: File
  readonly extent: Extent
  readonly forms: Forms
  /** For messages: `a dbd file`. */
  readonly place: string
}

/** Calls back for each statement that has its place here; others are reported and left out. */
export function eachStatement(
  reading: Reading,
  { file, extent, forms, place }: Part,
  call: (statement: Statement) => void,
): void {
  const report = reportOf(reading, file.text)
  const { text } = file.text
  const { statements, code } = readStatements(text, extent, report)
  for (const statement of inReadingOrder({ text, extent, statements }, report)) {
    const problem = checkForm(statement, forms, place)
    if (problem) report(problem)
    else call(statement)
  }
  if (forms.has('field')) return
  for (const { start, end } of code) {
    const message = `${place} takes no lines of C code`
    const hint = 'put the line into the braces of a record type'
    report({ code: 'DBD_SYNTAX', message, hint, start, end })
  }
}

/** Makes diagnostics of the problems of a text. */
export function reportOf(reading: Reading, text: LoadedText): Report {
  return (problem) => report(reading, text, problem)
}

/** Notes a finding. */
export function report(
  { findings }: Reading,
  text: LoadedText,
  { code, message, hint, start, end, severity, notes }: Finding,
): void {
  const at = text.spanOf(start, end)
  findings.add(diagnostic(code, message, { at, hint, severity, notes }))
}

/** A problem that says more than a syntax error does. */
export interface Finding extends Problem {
  readonly severity?: Diagnostic['severity']
  readonly notes?: readonly Note[]
}

/** The file of an `include` statement, or undefined with a finding. */
export function openIncluded(
  reading: Reading,
  { text, names }: File,
  { values: [name = ''], start, end }: Statement,
): File | undefined {
  const at = text.spanOf(start, end)
  for (const candidate of candidatesOf(name, reading.path)) {
    if (names.includes(candidate) || reading.files >= mostFiles) {
      report(reading, text, { ...loop(candidate, names), start, end })
      return undefined
    }
    const found = reading.open(candidate, at)
    if (found) {
      reading.files++
      return { text: found, names: [...names, candidate] }
    }
  }
  const message = `the file ${JSON.stringify(name)} to include is not found`
  const searched = name.includes('/') ? [] : [{ message: `searched in ${shownPath(reading.path)}` }]
  const hint = `path "<directory of ${name}>"`
  report(reading, text, { code: 'FILE_NOT_FOUND', message, hint, notes: searched, start, end })
  return undefined
}

/** A base has 70 files. */
const mostFiles = 10_000

function loop(name: string, names: readonly string[]): Omit<Finding, 'start' | 'end'> {
  const chain = [...names.slice(Math.max(0, names.indexOf(name))), name]
  const shown = chain.length > 6 ? [...chain.slice(0, 3), '...', ...chain.slice(-2)] : chain
  return {
    code: 'DBD_INCLUDE_LOOP',
    message: names.includes(name)
      ? `dbd files include each other without end: ${shown.join(' -> ')}`
      : `more than ${mostFiles} dbd files are included`,
    hint: 'remove this line',
  }
}
