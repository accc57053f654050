/** A variable of a makefile as GNU make expands it. */
export interface MakeVariable {
  /** GNU make's `$(origin)`, first word: `file`, `environment`, `command`, `override`. */
  readonly origin: string
  readonly value: string
}

/** Variables by name. */
export type MakeVariables = ReadonlyMap<string, MakeVariable>

/**
 * Reads what the goal e3-print of templates/require writes: `NAME origin=value` a line; in values a
 * backslash is `\\`, a line end `\n`. Other lines are not of it.
 */
export function readMakeVariables(text: string): MakeVariables {
  const variables = new Map<string, MakeVariable>()
  for (const line of text.split('\n')) {
    const [, name, origin, value] = /^(\S+) (\w+)=(.*)$/s.exec(line) ?? []
    if (name === undefined || origin === undefined || value === undefined) continue
    variables.set(name, { origin, value: withLineEnds(value) })
  }
  return variables
}

function withLineEnds(text: string): string {
  return text.replace(/\\([n\\])/g, (_, character: string) => (character === 'n' ? '\n' : '\\'))
}

/** For whom a makefile is read. */
export interface MakeTarget {
  /** `linux-x86_64` */
  readonly arch: string
  /** `Linux` */
  readonly osClass: string
  /** `7.0.8.1` */
  readonly baseVersion: string
}

/** OS_CLASS of base. */
export function osClassOf(arch: string): string {
  const [system = ''] = arch.split('-')
  const classes: Readonly<Record<string, string>> = {
    linux: 'Linux',
    darwin: 'Darwin',
    freebsd: 'freebsd',
    windows: 'WIN32',
    win32: 'WIN32',
  }
  return classes[system] ?? (system.startsWith('vxWorks') ? 'vxWorks' : system)
}

/**
 * The words of a variable, then those of its forms for a target (spec of driver.makefile, SOURCES):
 * `SOURCES_linux-x86_64`, `SOURCES_linux`, `SOURCES_Linux`, `SOURCES_7`, `SOURCES_7.0`,
 * `SOURCES_7.0_Linux`, `SOURCES_Linux_7.0` and so on. `-none-` is no word, but something.
 *
 * @returns undefined if neither the variable nor a form is there
 */
export function wordsFor(
  variables: MakeVariables,
  name: string,
  target: MakeTarget,
): string[] | undefined {
  const values = [name, ...suffixesOf(target).map((suffix) => `${name}_${suffix}`)].flatMap(
    (one) => variables.get(one)?.value ?? [],
  )
  if (values.length === 0) return undefined
  return values.flatMap(wordsOf).filter((word) => word !== '-none-')
}

/** Words between blanks, as make sees them. */
export function wordsOf(text: string): string[] {
  return text.split(/\s+/).filter(Boolean)
}

function suffixesOf({ arch, osClass, baseVersion }: MakeTarget): string[] {
  const numbers = /^\d+(?:\.\d+)*/.exec(baseVersion)?.[0].split('.') ?? []
  const versions = numbers.map((_, index) => numbers.slice(0, index + 1).join('.'))
  const machines = [...new Set([arch, ...arch.split('-'), osClass])]
  const both = versions.flatMap((version) =>
    machines.flatMap((machine) => [`${version}_${machine}`, `${machine}_${version}`]),
  )
  return [...machines, ...versions, ...both]
}

/** Inputs of driver.makefile. */
export const driverInputs: readonly string[] = [
  ...['SOURCES', 'DBDS', 'HEADERS', 'TEMPLATES', 'SUBS', 'TMPS', 'SCRIPTS', 'BINS', 'CFG'],
  ...['VENDOR_LIBS', 'LIBOBJS', 'LIB_SYS_LIBS', 'REQUIRED', 'KEEP_HEADER_SUBDIRS', 'USR_INCLUDES'],
  ...['USR_CFLAGS', 'USR_CXXFLAGS', 'USR_CPPFLAGS', 'USR_LDFLAGS', 'USR_DBFLAGS'],
  ...['ARCH_FILTER', 'EXCLUDE_ARCHS', 'EXCLUDE_VERSIONS', 'BUILDCLASSES', 'LIBVERSION'],
]
