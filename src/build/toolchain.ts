/** How to compile for one architecture of an EPICS base. Flags are words of command lines. */
export interface Toolchain {
  /** `linux-x86_64` */
  readonly arch: string
  /** Compilers, perhaps with words behind the program: `arm-linux-gcc --sysroot=...`. */
  readonly cc: readonly string[]
  readonly cxx: readonly string[]
  /** In front of each compiler: `ccache`, or nothing. */
  readonly launcher: readonly string[]
  readonly cppflags: readonly string[]
  readonly cflags: readonly string[]
  readonly cxxflags: readonly string[]
  /** `-I<base>/include` and the like. */
  readonly includes: readonly string[]
  readonly ldflags: readonly string[]
  /** `-lCom` and the like, in link order. */
  readonly libs: readonly string[]
  /**
   * What else decides about the result: which compiler, which base. Everything is made again when one
   * of these texts changes.
   */
  readonly identity: readonly string[]
}
