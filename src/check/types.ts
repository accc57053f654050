import type { Definitions } from '../database/definitions/types.ts'
import type { Database, LoadedText } from '../database/records/types.ts'
import type { CommandCall } from '../shell/types.ts'
import type { WalkOutcome } from '../startup/walk-types.ts'
import type { Diagnostic } from '../text/diagnostic.ts'
import type { Span } from '../text/span.ts'

/** An IOC, or files that are checked as if one IOC loaded them, as far as it is known. */
export interface CheckedIoc {
  /** For messages: the startup script as the user wrote it. */
  readonly name: string
  /** Absent if only databases are checked. */
  readonly outcome?: WalkOutcome
  /** Absent without a base: nothing is said about types, fields and values. */
  readonly definitions: Definitions | undefined
  readonly database: Database
  /** All databases and templates that were loaded, in order, without those they include. */
  readonly loads: readonly CheckedLoad[]
  /**
   * The same of lines that the IOC skips for a missing macro: only what holds for each value of it is
   * of use, and no record of theirs is in `database`.
   */
  readonly assumed?: readonly CheckedLoad[]
  /** Loads of a file with the macros it had before: what they find again is there once. */
  readonly repeats?: readonly RepeatedLoad[]
  /** Files of `dbLoadGroup`, in order. */
  readonly groupFiles?: readonly GroupFile[]
}

/** A file of `dbLoadGroup` as its reader gets it. */
export type GroupFile = Pick<LoadedText, 'source' | 'text' | 'spanOf'>

/** One load of a database or template. */
export interface CheckedLoad {
  readonly text: LoadedText
  /** What the file includes, directly or not: the macros of the load are theirs, too; absent: nothing. */
  readonly includes?: readonly LoadedText[]
  /**
   * The macros of this load, later ones win; read when they are asked for. Those that several loads
   * were given at one place (`global`, the command of a substitution file) have the same place.
   */
  readonly given: readonly GivenMacro[]
  /** The command that loaded it; absent if the file itself is checked. */
  readonly call?: CommandCall
}

/** A further load of the same file with the same macros. */
export interface RepeatedLoad {
  readonly first: CheckedLoad
  /** What loads it again. */
  readonly at: Span
}

/** A macro that a load was given. */
export interface GivenMacro {
  readonly name: string
  /** Raw text, quotes and escapes in it. */
  readonly raw: string
  /** The value; what a reference made has the place of the reference. */
  readonly at: Span
  /** The name, which for a row of a pattern stands in its head; absent if it is not known. */
  readonly nameAt?: Span
}

/** Looks at one IOC. Rules are listed in `rules.ts`; each says nothing or something, never throws. */
export type IocRule = (ioc: CheckedIoc) => Iterable<Diagnostic>

/** Looks at all IOCs that are checked together. */
export type SiteRule = (iocs: readonly CheckedIoc[]) => Iterable<Diagnostic>
