import type { Definitions } from '../database/definitions/types.ts'
import type { Extent } from '../database/tokens.ts'
import type { Source } from '../text/source.ts'
import type { Origin, Span } from '../text/span.ts'
import type { Pieces } from './references.ts'

/** A file that is expanded, with all that it includes: made once, however often it is used. */
export interface Template {
  /** Path as it was composed of the folder of the expanding file and the name. */
  readonly path: string
  readonly source: Source
  /** Why it was read first. */
  readonly from: Origin | undefined
  /** What it is for; empty if nothing is said. */
  readonly description: string
  /** What is written for each instance, in the order of the file. */
  readonly items: readonly Item[]
  /** By the name as written. */
  readonly instances: ReadonlyMap<string, Expand>
  readonly ports: ReadonlyMap<string, Definition>
  /** All texts with references. */
  readonly texts: readonly Pieces[]
}

export type Item = TextItem | Expand

/** A record, or something else that is written as text. */
export interface TextItem {
  readonly kind: 'text'
  readonly pieces: Pieces
  /** If it is one. */
  readonly record: RecordHead | undefined
  /** The same with the place of each part; made again each time, as few are asked for. */
  readonly parts: () => Iterable<Part>
}

export interface RecordHead {
  readonly type: string
  readonly name: Pieces
}

/**
 * A part of a text and where it is written. Characters that are there only in what is written for
 * the IOC, such as quotes, belong to a stretch without length.
 */
export interface Part extends Extent {
  readonly pieces: Pieces
  readonly file: OpenedFile
}

/** `expand("file", instance) { macro(name, value) ... }` */
export interface Expand {
  readonly kind: 'expand'
  readonly instance: string
  /** The name with its references, for the marker. */
  readonly marker: Pieces
  readonly macros: ReadonlyMap<string, Definition>
  /** Set when all templates are loaded; undefined if there is no such file. */
  template: Template | undefined
  readonly at: Span
}

/** The value of a port or macro. */
export interface Definition {
  readonly pieces: Pieces
  /** What a port is for. */
  readonly description?: string | undefined
  readonly at: Span
}

/** What is done beyond the design document. */
export interface TemplateOptions {
  /** Record types and fields are checked against these. */
  readonly definitions?: Definitions | undefined
  /** Fields that have the `initial()` text of the dbd are left out. */
  readonly dropDefaults?: boolean | undefined
  /** Records are called `<top file>:<instance>:...:<name>`, as capFast does. */
  readonly capfastNames?: boolean | undefined
}

/** A file of which a template is made: the first one, or one that it includes. */
export interface OpenedFile {
  readonly source: Source
  readonly from: Origin | undefined
}
