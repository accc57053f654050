import type { Diagnostic } from '../../text/diagnostic.ts'
import type { Source } from '../../text/source.ts'

/**
 * The program that reads the file: base's `msi`, `dbLoadTemplate` of the IOC shell, or either of
 * them (hierarchy-and-macros.md 8).
 */
export type Dialect = 'msi' | 'dbLoadTemplate' | 'both'

/** What a substitution file says. */
export interface Substitutions {
  readonly source: Source
  /** Whose rules gave the rows; never `both`. */
  readonly dialect: 'msi' | 'dbLoadTemplate'
  /** All `file NAME`, also those without a set. */
  readonly templates: readonly TemplateName[]
  /** The definitions of each `global` that has some. */
  readonly globals: readonly DefinitionText[]
  /** One copy of a template each, in order. */
  readonly rows: readonly Row[]
  readonly diagnostics: readonly Diagnostic[]
  /** msi: the template of a block that ends with the file instead of a brace. */
  readonly openBlock?: TemplateName
  /** msi: the first pattern outside of a `file` block, and the number of rows before it. */
  readonly loosePattern?: { readonly start: number; readonly end: number; readonly rows: number }
  /**
   * How much the program does before it gives up: both stop at the first syntax error, what stands
   * above it is loaded or written. `at` is where. Absent if it reads the whole file.
   */
  readonly stop?: { readonly rows: number; readonly at: number }
}

/** The name behind `file`, without quotes; the place has the quotes. */
export interface TemplateName {
  readonly name: string
  readonly start: number
  readonly end: number
}

/**
 * Definitions as a list for macLib, kept as what it is made of: pairs of offsets in the source, and
 * negative numbers for single characters (minus their code) that are not written there. There may
 * be a million of these; see `listText` and `placedDefinitions`.
 */
export interface DefinitionText {
  readonly parts: readonly number[]
  /** The set, braces included. */
  readonly start: number
  readonly end: number
}

export interface Row extends DefinitionText {
  /** Absent for sets outside of a `file` block: msi uses the template of its command line. */
  readonly template: TemplateName | undefined
  /** So many of the globals are in force. */
  readonly globals: number
}

/** One definition of a list; offsets in the source. */
export interface PlacedDefinition {
  readonly name: string
  /** Raw text, quotes and escapes in it; undefined means: remove the macro. */
  readonly raw: string | undefined
  /** The value, or the name where there is no value. */
  readonly start: number
  readonly end: number
  /** The name, for a row of a pattern that in its head. */
  readonly nameStart: number
  readonly nameEnd: number
}
