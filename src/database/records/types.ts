import type { Source } from '../../text/source.ts'
import type { Origin, Span } from '../../text/span.ts'
import type { RecordType } from '../definitions/types.ts'

/** The records of an IOC as its loads made them, in the order in which they came. */
export interface Database {
  readonly records: ReadonlyMap<string, LoadedRecord>
  /** By the further name. */
  readonly aliases: ReadonlyMap<string, Alias>
}

/**
 * A file as one load of it reads it: each line after macro expansion. A template that is loaded for
 * a hundred rows of a substitution file gives a hundred of these.
 */
export interface LoadedText {
  /** The file as it is written. */
  readonly source: Source
  /** What the parser reads. */
  readonly text: string
  /** Why the file was read: the row of a substitution file, the line of a script. */
  readonly from?: Origin
  readonly macros: MacroTally
  /**
   * Offsets in `text` as a place in the file that was written, with the chain of reasons; a value
   * that macros made points to the reference.
   */
  spanOf(start: number, end: number): Span
  /**
   * The macros that made this stretch, outermost first: what was written, what became of it and
   * where the macro was defined.
   */
  macrosOf(start: number, end: number): readonly MacroUse[]
}

/** The macros that a text asked for, also through the values of others. */
export interface MacroTally {
  /** Looked up and found. */
  readonly used: ReadonlySet<string>
  /** Looked up, neither defined nor with a default. */
  readonly undefined: ReadonlySet<string>
  /** Not defined, the default was taken. */
  readonly defaulted: ReadonlySet<string>
}

export interface MacroUse {
  /** As written: `$(P)`. */
  readonly reference: string
  readonly name: string
  readonly value: string
  /** Where it was given a value; absent for defaults and undefined ones. */
  readonly definedAt?: Span
}

/** A stretch of a loaded text; see `placeSpan`. There are millions of these: no more than this. */
export interface Place {
  readonly in: LoadedText
  readonly start: number
  readonly end: number
}

export interface LoadedRecord extends Place {
  readonly name: string
  /** Counted from 0 in the order in which they came; those of records that were deleted are missing. */
  readonly number: number
  /** As written; `grecord` and `record` make no difference. */
  readonly type: string
  /** Absent if the type is unknown, then the record does not exist for the IOC. */
  readonly definition: RecordType | undefined
  /** Statements that added to the record after the first one, which is the record itself. */
  readonly more: readonly Place[]
  /**
   * In the order in which they came, those of later statements included: the last value wins. Made
   * when they are asked for, which for 100,000 records takes longer than to load them: rules that look
   * at every record ask for `links` or for one field.
   */
  readonly fields: readonly LoadedField[]
  readonly infos: readonly LoadedField[]
  hasInfo(name: string): boolean
  /** Those of `fields` that are links. None if the type is unknown. */
  readonly links: readonly LoadedField[]
  /** The last value of a field, which the record has in the end. */
  last(name: string): LoadedField | undefined
  /**
   * The same object for the records that one place of a template made in all its loads: they have the
   * same fields, and only what references made in the strings differs. Absent if that is not known,
   * also if something else added to the record.
   */
  readonly template: object | undefined
}

/** `field(NAME, value)` or `info(name, value)`; its place is that of the value, quotes included. */
export interface LoadedField extends Place {
  readonly name: string
  /** A string without its quotes but with its backslashes; a word; a JSON value as it is written. */
  readonly value: string
  readonly form: 'string' | 'word' | 'json'
}

export interface Alias extends Place {
  readonly name: string
  readonly record: LoadedRecord
}
