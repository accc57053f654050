import type { readSubstitutions } from '../database/substitutions/substitutions.ts'
import type { Dialect } from '../database/substitutions/types.ts'
import type { ModuleRequest } from '../modules/module-request.ts'
import type { ResolvedModule } from '../modules/resolution.ts'
import type { CommandCall, ScriptLine, ScriptRun, Shell } from '../shell/types.ts'
import type { Diagnostic } from '../text/diagnostic.ts'
import type { Source } from '../text/source.ts'
import type { MadeSource, Span } from '../text/span.ts'
import type { AssumedLoads, GrowingAssumedLoads } from './assumed.ts'
import type { ShellFeatures } from './base-features.ts'
import type { Edit } from './edit.ts'
import type { flatDatabase } from './flat-database.ts'
import type { Places } from './place.ts'
import type { MacroWatch, ScriptMacros } from './script-macros.ts'
import type { SourceReader } from './source-reader.ts'
import type { WrittenScript } from './written-scripts.ts'

/** A piece of the startup script: the lines that one argument of the command line becomes. */
export interface Part {
  /** What the user wrote; messages about the lines point here. */
  readonly at: Span
  readonly source: Source
  /**
   * The same lines for an IOC that has changed its directory: file arguments are meant from where
   * the command was typed.
   */
  readonly elsewhere?: Source
  /** The IOC must run before these lines: `iocInit` is put in front if nobody ran it. */
  readonly needsInit?: boolean
  /** It names a module to require and nothing else (`-r`). */
  readonly isRequest?: boolean
  /** It loads a startup script. */
  readonly isScript?: boolean
}

/** Readers of kinds of files that few scripts load. */
export interface FileFormats {
  readonly readSubstitutions: typeof readSubstitutions
  readonly flatDatabase: typeof flatDatabase
}

/** What a walk starts from. */
export interface WalkInput {
  readonly parts: readonly Part[]
  /** The environment of the IOC before the first line. */
  readonly environment: ReadonlyMap<string, string>
  /** Absolute working directory. */
  readonly cwd: string
  readonly reader: SourceReader
  /** Asked for when the first such file is loaded. */
  readonly formats: () => FileFormats
  /** What the shell of the base understands; default: that of base 7.0.8. */
  readonly shell?: ShellFeatures
  /** What has been resolved so far; modules that are missing here are only noted as requests. */
  readonly modules: readonly ResolvedModule[]
  /** Who will read substitution files; `both` if that is not known. Default: dbLoadTemplate. */
  readonly dialect?: Dialect
  /** `iocInit` is added where no line runs it, so what waits for it runs. */
  readonly addsInit?: boolean
  /** Resolution failed: paths and macros of modules are not known, nothing is said about them. */
  readonly incomplete: boolean
}

/** What a walk found out. */
export interface WalkOutcome {
  /** Runs of the parts in order; fewer than parts if `exit` ended the startup script. */
  readonly runs: readonly ScriptRun[]
  /** A command of the command line is `exit`: what would follow it does not run. */
  readonly exits: boolean
  /** Runs started by the lines of a run, in order. */
  readonly children: ReadonlyMap<ScriptRun, readonly ScriptRun[]>
  /** By line number. */
  readonly edits: ReadonlyMap<ScriptRun, ReadonlyMap<number, Edit>>
  readonly requests: readonly ModuleRequest[]
  /** In the order in which they are loaded. */
  readonly loaded: readonly ResolvedModule[]
  /** Some line has run `iocInit` or `iocBuild`. */
  readonly initialised: boolean
  /** Some line has run `iocInit`, or `iocRun` behind `iocBuild`. */
  readonly isRunning: boolean
  /** Runs of commands that waited for `iocInit`, with the lines that asked for them. */
  readonly delayed: ReadonlyMap<ScriptRun, CommandCall>
  /** Lines that wait for it if no line has. */
  readonly waiting: readonly CommandCall[]
  /** What happens in the IOC, in order. */
  readonly events: readonly WalkEvent[]
  /** Where the words of its commands are, for messages. */
  readonly places: Places
  /**
   * The working directory of the IOC when `iocInit` runs, which opens files that commands before it
   * only name. Without a line for it, it runs behind the last one.
   */
  readonly cwd: string
  /** The environment of the IOC at the same moment. */
  readonly environment: ReadonlyMap<string, string>
  /** What lines would load that are skipped for a missing macro. */
  readonly assumed: AssumedLoads
  /** What became of the macros that scripts were given. */
  readonly macros: ScriptMacros
  /** Scripts that the IOC cannot read as they are: byte order mark, pipes. */
  readonly toCopy: ReadonlySet<Source>
  /** Of scripts that lines before them write: the IOC will read something else. */
  readonly written: ReadonlyMap<ScriptRun, WrittenScript>
  /** A script could not be read: what it would load is not known. */
  readonly lacksScript: boolean
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Something that a line of a script does, in the order of the lines. A command that loads comes
 * before what it loads.
 */
export type WalkEvent =
  | {
      readonly kind: 'command'
      readonly call: CommandCall
      readonly isKnown: boolean
      /** Working directory at this moment. */
      readonly cwd: string
    }
  | { readonly kind: 'module'; readonly module: ResolvedModule; readonly call: CommandCall }
  | { readonly kind: 'load'; readonly file: LoadedFile }
  | { readonly kind: 'init'; readonly call: CommandCall }

/** A file that the IOC will load beside scripts. */
export interface LoadedFile {
  readonly kind: 'database' | 'substitutions' | 'dbd' | 'group' | 'library'
  /** As written, after expansion of macros. */
  readonly name: string
  /** Of a hierarchical database: what the IOC loads instead. */
  readonly flat?: MadeSource
  /** Absolute; undefined if it was not found. */
  readonly path?: string
  readonly macros?: string
  /** Search path of this load for the file and what it includes, e.g. `.:/tree/m/1.0.0+0/db`. */
  readonly searchPath?: string
  /** Working directory at this moment. */
  readonly cwd: string
  /** Of a substitution file: the path of each template that was found, by name as written. */
  readonly templates?: ReadonlyMap<string, string>
  /** Of these the hierarchical ones, as the IOC loads them. */
  readonly flatTemplates?: ReadonlyMap<string, MadeSource>
  readonly call: CommandCall
  readonly at: Span
}

/** The state of a walk that the handlers of commands share. */
export interface WalkState {
  readonly input: WalkInput
  readonly shell: Shell
  readonly diagnostics: Diagnostic[]
  readonly requests: ModuleRequest[]
  readonly loaded: ResolvedModule[]
  readonly events: WalkEvent[]
  readonly toCopy: Set<Source>
  readonly children: Map<ScriptRun, ScriptRun[]>
  readonly edits: Map<ScriptRun, Map<number, Edit>>
  readonly waiting: CommandCall[]
  readonly delayed: Map<ScriptRun, CommandCall>
  /** Where the delayed command that runs now was written. */
  commandAt: Span | undefined
  cwd: string
  /** A `cd` could not be followed, so nobody knows where relative paths start. */
  isLost: boolean
  initialised: boolean
  /** What the IOC had when `iocInit` began; absent before. */
  atInit: Pick<WalkOutcome, 'cwd' | 'environment'> | undefined
  isRunning: boolean
  /** A program may have created files by now. */
  mayCreateFiles: boolean
  /** An unknown command may have set variables by now. */
  maySetVariables: boolean
  /** The cause why the file with the variables of the IOC is not there, see `Diagnostic.cause`. */
  lostEnvironment: string | undefined
  /** A script that may load something could not be read. */
  lacksScript: boolean
  /** Files that redirections have created, with the last line that did. */
  readonly created: Map<string, ScriptLine>
  /** Programs that were run. */
  readonly programs: CommandCall[]
  readonly written: Map<ScriptRun, WrittenScript>
  /** Variables whose values come from written scripts. */
  readonly doubtful: Map<string, WrittenScript>
  readonly watch: MacroWatch
  readonly assumed: GrowingAssumedLoads
  /** Variables without a value as a line is skipped which would set them, with the last such line. */
  readonly lost: Map<string, Span>
}

/** What a command of the IOC shell means for the walk. */
export type CommandHandler = (call: CommandCall, state: WalkState) => void
