import type { Span } from '../text/span.ts'
import type { VersionRequest } from '../version/request.ts'

/** What somebody asks for: a `require` line, an argument `-r`. */
export interface ModuleRequest {
  readonly module: string
  readonly version: VersionRequest
  readonly at?: Span
  /** `ifexists`: if nothing that fulfils the request is installed, it is skipped. */
  readonly optional?: boolean
}

/** A line of a `.dep` file. */
export interface Dependency {
  readonly module: string
  readonly version: VersionRequest
  readonly at: Span
}
