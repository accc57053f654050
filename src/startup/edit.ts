import type { ModuleRequest } from '../modules/module-request.ts'
import type { ResolvedModule } from '../modules/resolution.ts'
import type { CommandCall, Redirection } from '../shell/types.ts'
import type { Source } from '../text/source.ts'
import type { Setting } from './module-environment.ts'

/** What stands in the generated copy of a script instead of a line. */
export type Edit = RequireEdit | FlatEdit | InitEdit | { readonly kind: 'comment' }

/** `iocInit` or `iocRun`: commands of afterInit follow it. */
export interface InitEdit {
  readonly kind: 'init'
  readonly call: CommandCall
}

/** A line that loads a hierarchical database, or names one in a substitution file. */
export interface FlatEdit {
  readonly kind: 'flat'
  /** Of the file that is loaded instead, without a folder. */
  readonly name: string
  /** Its text: a flat database, or a substitution file with names of hierarchies. */
  readonly source: Source
  /** Of a substitution file: the names in the order of the text. */
  readonly templates?: readonly FlatTemplate[]
  readonly call: CommandCall
}

/** A name in a substitution file, quotes included, and the flat database that is meant. */
export interface FlatTemplate {
  readonly start: number
  readonly end: number
  readonly name: string
  readonly source: Source
}

/** A `require` line: a file that loads the modules which are new at this place. */
export interface RequireEdit {
  readonly kind: 'require'
  readonly request: ModuleRequest
  /** Dependencies first; empty if all are loaded already. */
  readonly steps: readonly LoadStep[]
  /** Where the line sends what is printed meanwhile. */
  readonly redirections: readonly Redirection[]
  /** Where the line stands, for people: `st.cmd:3`. */
  readonly place: string
  /** A mode was set for errors around the line: it decides about a module that cannot be loaded. */
  readonly hasErrorMode: boolean
}

/** One module at this place: loaded now or only made the current one, and the variables set then. */
export interface LoadStep {
  readonly module: ResolvedModule
  readonly isNew: boolean
  readonly settings: readonly Setting[]
}
