import type { Source } from '../../text/source.ts'
import type { Span } from '../../text/span.ts'
import type { ModuleVersion } from '../../version/version.ts'

/** What an IOC loaded when somebody decided that it is to stay so. */
export interface ModuleLock {
  readonly source: Source
  /** Of `e3 lock`, beside the script: options, macros. */
  readonly arguments: readonly string[]
  readonly base: LockedBase
  /** What the script asked for, `stream,2.8.26`; sorted. */
  readonly requests: readonly string[]
  readonly modules: ReadonlyMap<string, LockedModule>
}

/** The base in which the modules were resolved. */
export interface LockedBase extends BaseIdentity {
  readonly at: Span
}

/** What tells a base from another one. */
export interface BaseIdentity {
  /** `7.0.10.1` */
  readonly version: string
  /** `linux-x86_64` */
  readonly arch: string
  /** SHA-256 of `libCom.so`, which all modules are linked with; absent in a static base. */
  readonly libCom?: string | undefined
}

export interface LockedModule extends LockedPlace {
  readonly name: string
  readonly version: ModuleVersion
  /** The version in the file. */
  readonly at: Span
}

/** Where a module came from and what it consisted of. */
export interface LockedPlace {
  /** Root of the module tree, as written: absolute, or from the folder of the lock. */
  readonly root: string
  /** SHA-256 of the files that decide what is loaded; those it did not have are absent. */
  readonly files: LockedFiles
}

/** What is hashed of a module, by its key in the lock. */
export const lockedFiles = ['library', 'dbd', 'dep'] as const

export type LockedFiles = Readonly<Partial<Record<(typeof lockedFiles)[number], string>>>

/** Behind the name of a startup script: the name of its lock. */
export const lockSuffix = '.lock'
