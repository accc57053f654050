import { type Code, codes, type Severity } from '../../text/codes.ts'
import { type Diagnostic, diagnostic, type Note, type Unknown } from '../../text/diagnostic.ts'
import type { FindingList } from '../../text/finding-list.ts'
import { nearWordFix } from '../../text/fix.ts'
import type { Span } from '../../text/span.ts'
import type { DefinitionSet } from '../definitions/definitions.ts'
import type { Definitions } from '../definitions/types.ts'
import type { Layout } from '../text/load-text.ts'
import type { Template } from '../text/template.ts'
import type { Extent } from '../tokens.ts'
import type { GrowingRecord } from './growing-record.ts'
import type { KnownForms } from './known-forms.ts'
import type { PatternLearner, RecordPattern } from './patterns.ts'
import type { PlainScanner } from './plain-scanner.ts'
import type { Replay } from './replay.ts'
import type { Scanner } from './scanner.ts'
import type { Alias, LoadedText } from './types.ts'

/** What all loads of an IOC have in common. */
export interface LoaderState {
  readonly definitions: Definitions | undefined
  readonly environment: (name: string) => string | undefined
  /** Takes dbd files and statements, see `LoaderOptions`. */
  readonly define: DefinitionSet['load'] | undefined
  readonly records: Map<string, GrowingRecord>
  /** How many were made, see `LoadedRecord.number`. */
  made: number
  readonly aliases: Map<string, Alias>
  /** A mistake in a template that is loaded many times is there once. */
  readonly findings: FindingList
  /** Missing macros by name and place. */
  readonly reported: Set<string>
  readonly texts: LoadedText[]
  /** What is known of values holds for one `dbConvertStrict`. */
  forms: KnownForms
  /** Of templates that were loaded before; undefined after the first load. */
  readonly patterns: Map<Template, readonly RecordPattern[] | undefined>
}

/** One call of dbLoadRecords. */
export interface Loading {
  readonly state: LoaderState
  /** Search path of includes; `path` and `addpath` change it. */
  path: readonly string[]
  /** See `LoadOptions`. */
  readonly onceOnly: boolean
  /** Opens a file and expands it with the macros of the call. */
  open(name: string, at: Span): OpenedText | undefined
  files: number
  /** False as soon as the IOC would call the load failed. */
  isGood: boolean
  /** Behind a syntax error the IOC reads nothing more: what comes is checked, not loaded. */
  isLost: boolean
  /** Of the record in whose braces reading is, or may be next: also over the end of an included file. */
  body: RecordBody | undefined
}

/** The braces of a record. */
export interface RecordBody {
  /** Absent if there is none for its head. */
  readonly record: GrowingRecord | undefined
  /** The text with its head. */
  readonly in: LoadedText
  /** Where the opening brace is; undefined as long as it has not been read. */
  readonly opened: number | undefined
}

/** An expanded file and the macros that were missing in it. */
export interface OpenedText {
  readonly text: LoadedText
  readonly layout: Layout | undefined
  readonly missing: MissingMacros
}

/** Undefined and recursive macros of a text, to be reported when it is known what they broke. */
export interface MissingMacros {
  /**
   * Says that this stretch of the expanded text cannot be used as it is.
   *
   * @returns whether missing macros are the reason; then they are reported, as errors
   */
  blame(start: number, end: number): boolean
}

/** A file that is being read. */
export interface FileReading {
  readonly loading: Loading
  readonly text: LoadedText
  readonly missing: MissingMacros
  readonly scanner: Scanner
  /** Names that led to this file, the innermost last. */
  readonly names: readonly string[]
  /** Somewhere in the text is a `$`. */
  readonly hasDollar: boolean
  /** Absent if it is not known what records there can be. */
  readonly plain: PlainScanner | undefined
  /** At the second load of a template. */
  readonly learner: PatternLearner | undefined
  /** At further loads. */
  readonly replay: Replay | undefined
  /** Where reading went on after the last mistake; never twice at the same place. */
  resumedAt: number
  /** Where the token ends that stands before the present one. */
  behind: number
  /** Behind an `include`, up to the end of its line. */
  waiting: WaitingIncludes | undefined
}

/** A file that is included and the names that led to it. */
export interface IncludedFile {
  readonly opened: OpenedText
  readonly names: readonly string[]
}

/** Files that a line includes. */
export interface WaitingIncludes {
  readonly files: IncludedFile[]
  readonly lineEnd: number
  /** The name of the first one. */
  readonly at: Extent
}

/** A finding; offsets are those in the expanded text. */
export interface Finding {
  readonly code: Code
  readonly message: string
  readonly start: number
  readonly end: number
  /** Text, or how to find it: near names are searched only for what is shown. */
  readonly hint?: string | (() => string | undefined) | undefined
  readonly notes?: readonly Note[]
  readonly severity?: Severity
  readonly unknown?: Unknown
  readonly absent?: string
  /** A misspelled word that may be put right, see `nearWordFix`. */
  readonly near?: { readonly word: string; readonly candidates: Iterable<string> }
}

/** Notes a finding; an error makes the load fail, also if the place was reported before. */
export function report({ loading, text }: FileReading, finding: Finding): void {
  const { code, message, start, end, severity = codes[code] } = finding
  if (severity === 'error') loading.isGood = false
  const at = text.spanOf(start, end)
  const { unknown } = finding
  const head = { code, severity, message, at, ...(unknown && { unknown }) }
  loading.state.findings.note(head, () => described(finding, at))
}

/** Notes a finding of a dbd statement. */
export function take(loading: Loading, item: Diagnostic): void {
  if (item.severity === 'error') loading.isGood = false
  loading.state.findings.add(item)
}

function described({ code, message, hint, near, ...finding }: Finding, at: Span): Diagnostic {
  const { notes, severity, unknown, absent } = finding
  const fixes = near ? nearWordFix(near.word, near.candidates, at) : []
  return {
    ...diagnostic(code, message, {
      ...{ notes, severity, unknown, absent, at },
      hint: typeof hint === 'function' ? hint() : hint,
    }),
    ...(fixes.length > 0 && { fixes }),
  }
}
