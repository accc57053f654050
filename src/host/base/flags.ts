import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { recordFile } from './embedded.ts'

/** What `templates/unpack-wheel.py` prints: the flags of the Python package as it knows them. */
export interface WheelFlags {
  readonly CPPFLAGS: readonly (readonly [name: string, value: string | null])[]
  readonly CFLAGS: readonly string[]
  readonly CXXFLAGS: readonly string[]
  readonly LDFLAGS: readonly string[]
  readonly LDADD: readonly string[]
}

/** How a module has to be compiled for a base. Paths are absolute, made when the flags are read. */
export interface CompileFlags {
  /** `-D...`: they decide about the binary interface, e.g. `-D_GLIBCXX_USE_CXX11_ABI=0`. */
  readonly cppflags: readonly string[]
  /** `-I<base>/include` */
  readonly includes: readonly string[]
  readonly cflags: readonly string[]
  readonly cxxflags: readonly string[]
  /** `-L<base>/lib/<arch>` and the linker's own options. */
  readonly ldflags: readonly string[]
  /** `-lqsrv ... -lCom -lm`: what an IOC is linked against, in link order. */
  readonly libs: readonly string[]
}

/** The content of `configure/e3-base.json`. */
export interface BaseRecord {
  readonly format: 1
  /** Version of the Python package; modules are bound to it. */
  readonly version: string
  readonly arch: string
  /** File name of the wheel. */
  readonly wheel: string
  /** The C++ compiler that made the executable. */
  readonly compiler: string
  /** Hash of the source of the executable: another release of this product makes it again. */
  readonly source: string
  /** As `CompileFlags`, without the parts that name a directory. */
  readonly flags: Omit<CompileFlags, 'includes'>
}

/**
 * The flags for modules of an embedded base; undefined for any other base (its own
 * `configure/CONFIG` says them to `make`) and for a damaged one.
 */
export function readCompileFlags(directory: string): CompileFlags | undefined {
  const record = readBaseRecord(directory)
  return record && absoluteFlags(directory, record)
}

/** How an embedded base was made; undefined if the directory is none. */
export function readBaseRecord(directory: string): BaseRecord | undefined {
  try {
    const record: unknown = JSON.parse(readFileSync(join(directory, recordFile), 'utf8'))
    return isRecord(record) ? record : undefined
  } catch {
    return undefined
  }
}

/** The same flags with the directories of the base put in. */
export function absoluteFlags(directory: string, { arch, flags }: BaseRecord): CompileFlags {
  return {
    ...flags,
    includes: [`-I${join(directory, 'include')}`],
    ldflags: [`-L${join(directory, 'lib', arch)}`, ...flags.ldflags],
  }
}

/** Flags of the wheel in the form of a compiler's command line. */
export function flagsOfWheel(wheel: WheelFlags, libraries: readonly string[]): BaseRecord['flags'] {
  return {
    cppflags: wheel.CPPFLAGS.map(
      ([name, value]) => `-D${name}${value === null ? '' : `=${value}`}`,
    ),
    cflags: wheel.CFLAGS.filter(isForModules),
    cxxflags: wheel.CXXFLAGS.filter(isForModules),
    ldflags: wheel.LDFLAGS,
    libs: [...libraries, ...wheel.LDADD, 'pthread'].map((name) => `-l${name}`),
  }
}

/**
 * The same for makefiles: `include $(EPICS_BASE)/configure/CONFIG_E3`. It names no directory but
 * `EPICS_BASE`, so that a base can be moved.
 */
export function makefileFlags({ version, arch, flags }: BaseRecord): string {
  return [
    '# How modules for this base are compiled; the same as JSON: e3-base.json',
    '',
    `E3_BASE_VERSION = ${version}`,
    `E3_ARCH = ${arch}`,
    `E3_CPPFLAGS = ${flags.cppflags.join(' ')}`,
    'E3_INCLUDES = -I$(EPICS_BASE)/include',
    `E3_CFLAGS = ${flags.cflags.join(' ')}`,
    `E3_CXXFLAGS = ${flags.cxxflags.join(' ')}`,
    `E3_LDFLAGS = ${['-L$(EPICS_BASE)/lib/$(E3_ARCH)', ...flags.ldflags].join(' ')}`,
    `E3_LIBS = ${flags.libs.join(' ')}`,
    '',
  ].join('\n')
}

/** `-g0` keeps a wheel small; whoever builds a module may want to debug it. */
function isForModules(flag: string): boolean {
  return !/^-g\d*$/.test(flag)
}

function isRecord(value: unknown): value is BaseRecord {
  return (
    typeof value === 'object' &&
    value !== null &&
    'format' in value &&
    value.format === 1 &&
    'flags' in value &&
    'arch' in value
  )
}
