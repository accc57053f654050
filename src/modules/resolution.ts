import type { Diagnostic } from '../text/diagnostic.ts'
import type { ModuleVersion } from '../version/version.ts'
import type { Dependency, ModuleRequest } from './module-request.ts'

/** What was decided about all modules of an IOC, and everything there is to say about it. */
export interface Resolution {
  /**
   * In load order: what a module depends on comes before it, otherwise the order of the requests.
   * With errors: the modules of those requests that have no part in a conflict.
   */
  readonly modules: readonly ResolvedModule[]
  readonly diagnostics: readonly Diagnostic[]
}

/** The one version of a module that is loaded and where its parts are. Paths are absolute. */
export interface ResolvedModule {
  readonly name: string
  /** Its text is the name of the version's directory, with links such as `stable` resolved. */
  readonly version: ModuleVersion
  /** If its directory is a link out of the folder: the name of what it leads to. */
  readonly builtAs?: string
  readonly directory: string
  /** The root of the module tree in which it was found. */
  readonly root: string
  /** `lib/<arch>`, perhaps below PSI's `R<base>`. */
  readonly archDirectory: string
  /** Nothing for a module without code. */
  readonly library?: string
  readonly dbd?: string
  readonly dbDirectory?: string
  readonly depFile?: string
  readonly dependencies: readonly Dependency[]
  readonly requestedBy: readonly Requester[]
}

/** Who asked for a module: a direct request, or a line in the `.dep` file of another one. */
export type Requester =
  | { readonly kind: 'request'; readonly request: ModuleRequest }
  | RequiringModule

export interface RequiringModule {
  readonly kind: 'module'
  readonly module: string
  readonly version: ModuleVersion
  readonly dependency: Dependency
}
