import type { Dependency } from './module-request.ts'
import type { InstalledVersion } from './module-tree.ts'
import type { Requester } from './resolution.ts'

/** Why no version of a module could be taken: data for `explain`. A tree, never a cycle. */
export interface DeadEnd {
  readonly module: string
  /** Who asked for what when it happened, by module. */
  readonly demands: ReadonlyMap<string, readonly Requester[]>
  /** One for each installed version, highest first. */
  readonly failures: readonly Failure[]
}

export interface Failure {
  readonly installed: InstalledVersion
  readonly reason: Rejection
}

export type Rejection =
  /** Somebody asks for another version. */
  | { readonly kind: 'not asked for'; readonly requester: Requester }
  /** Not built for this architecture, or a wrong link. */
  | { readonly kind: 'unusable' }
  /** It asks for another version of a module than the one already taken. */
  | { readonly kind: 'clash'; readonly dependency: Dependency }
  /** It depends on itself through these modules, in their order. */
  | { readonly kind: 'cycle'; readonly path: readonly string[]; readonly dependency: Dependency }
  /** A test version that nobody names, although there are numeric ones. */
  | { readonly kind: 'unnamed test version' }
  /** With it no version of another module is left. */
  | { readonly kind: 'dead end'; readonly deadEnd: DeadEnd }
