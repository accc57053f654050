/** How to compile for one EPICS base. */
export interface Toolchain {
  readonly arch: string
  readonly cxx: string
  readonly cc: string
  readonly flags: readonly string[]
  readonly link: readonly string[]
  /** Folder of the dbd files of base. */
  readonly dbd: string
  readonly identity: readonly string[]
}

export function toolchainOf(base: string): Toolchain
