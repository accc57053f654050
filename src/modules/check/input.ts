import type { ByteReader } from '../../elf/reader.ts'
import type { Span } from '../../text/span.ts'
import type { ModuleLibrary } from '../installed-libraries.ts'
import type { ResolvedModule } from '../resolution.ts'

/** What is to be loaded, and into which process */
export interface LibraryCheckInput {
  readonly base: RunningBase
  /** In load order: dependencies first. A `ResolvedModule` is one. */
  readonly modules: readonly CheckedModule[]
  /** Entries of `LD_LIBRARY_PATH` as the IOC will see it. */
  readonly libraryPath?: readonly string[]
  /** Libraries that come in by other ways: `dlload` lines, `LD_PRELOAD`. */
  readonly otherLibraries?: readonly OtherLibrary[]
  /** Libraries of all modules that could be required; only asked when something is missing. */
  readonly installed?: () => Iterable<ModuleLibrary>
  /** Where `include` of a dbd file searches; the folder of the file and the base's if not given. */
  readonly dbdPath?: readonly string[]
}

/** The base whose executable becomes the IOC. */
export interface RunningBase {
  /** E.g. `linux-x86_64`. */
  readonly arch: string
  /** `<base>/lib/<arch>`; absolute. */
  readonly libraryDirectory: string
  /** Names of the files and links in it, e.g. `libCom.so`, `libCom.so.7.0.10.99.0`. */
  readonly libraries: readonly string[]
  /** Absolute path of `softIocPVA`; without it every library of the base counts as loaded. */
  readonly executable?: string
  /** `<base>/dbd`: files included from there are the base's own and are not read. */
  readonly dbdDirectory?: string
  /** The dbd file of its executable; without it definitions of modules are not put together. */
  readonly dbd?: string
}

export type CheckedModule = Pick<
  ResolvedModule,
  'name' | 'version' | 'builtAs' | 'library' | 'dbd' | 'requestedBy'
>

export interface OtherLibrary {
  /** Absolute, or a name without a slash, which the loader searches for. */
  readonly path: string
  readonly at?: Span
  /** How many of the modules are loaded before it; default: none. */
  readonly behind?: number
  /** Of `LD_PRELOAD`: loaded before all others, and passed over by the loader if it cannot be. */
  readonly isPreloaded?: boolean
}

/** What the check needs of the file system. Paths are absolute. Implemented in `host`. */
export interface LibraryFiles {
  /** An open file; nothing if it is missing, unreadable, or not a regular file. */
  open(path: string): OpenFile | undefined
  /** Whether there is something other than a directory, readable or not. */
  exists(path: string): boolean
  /** The text of a dbd file; nothing if it cannot be read. */
  text(path: string): string | undefined
  /** The path without links; the path itself if it leads nowhere. */
  realPath(path: string): string
}

export interface OpenFile extends ByteReader {
  close(): void
}

/** How the parts of a module's dbd are made known to the IOC. */
export type Registration =
  /** The command `<module>_registerRecordDeviceDriver pdbbase`, made when the module was built. */
  | 'function'
  /** `registerAllRecordDeviceDrivers pdbbase`, which looks the symbols up. */
  | 'all'
  /** Its dbd file is not loaded: there is none, or the module has no library. */
  | 'none'
