import type { Span } from '../text/span.ts'
import type { ModuleTreeReader } from './tree-reader.ts'

/** Where modules are looked for and for which machine. */
export interface Site {
  readonly reader: ModuleTreeReader
  /** In the order of the search: of equal versions the one in the earlier root is taken. */
  readonly roots: readonly SearchRoot[]
  /** Known roots that are not searched; only to say that a missing module is there. */
  readonly otherRoots?: readonly SearchRoot[]
  /** E.g. `linux-x86_64`. */
  readonly architecture: string
  /** Release of the base, e.g. `7.0.8.1`; for the level `R7.0.8` of PSI's trees. */
  readonly baseRelease?: string
}

/** A directory with one folder a module. */
export interface SearchRoot {
  /** Absolute. */
  readonly directory: string
  /** Who named it: `-l`, `EPICS_DRIVER_PATH`, `E3_SITEMODS_PATH`. */
  readonly origin: string
  readonly at?: Span
}
