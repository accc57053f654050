import type { ModuleTreeReader } from './tree-reader.ts'

/** A directory `lib/<arch>` of a version, or of PSI's `R<base>` in it. */
export interface BuiltArchitecture {
  readonly architecture: string
  readonly archDirectory: string
  /** What holds `lib`: the version's directory or `R<base>` in it. */
  readonly base: string
  /** `R7.0.8`, for PSI's trees. */
  readonly level?: string
}

/** What a version is built for, by name. Reads its `lib`, and where there is none all `R<base>/lib`. */
export function builtArchitectures(
  reader: ModuleTreeReader,
  directory: string,
): readonly BuiltArchitecture[] {
  const own = architecturesIn(reader, directory)
  if (own.length > 0) return own
  return foldersIn(reader, directory)
    .filter((name) => /^R\d/.test(name))
    .flatMap((level) =>
      architecturesIn(reader, `${directory}/${level}`).map((built) => ({ ...built, level })),
    )
}

/** `linux-x86_64`, or `R7.0.8/linux-x86_64`: a tree of PSI has it for several bases. */
export function architectureText({ architecture, level }: BuiltArchitecture): string {
  return level === undefined ? architecture : `${level}/${architecture}`
}

function architecturesIn(reader: ModuleTreeReader, base: string): BuiltArchitecture[] {
  return foldersIn(reader, `${base}/lib`).map((architecture) => ({
    ...{ architecture, base },
    archDirectory: `${base}/lib/${architecture}`,
  }))
}

function foldersIn(reader: ModuleTreeReader, path: string): string[] {
  return (reader.list(path)?.entries ?? [])
    .filter(({ name, kind }) => (kind === 'directory' || kind === 'link') && !name.startsWith('.'))
    .map(({ name }) => name)
    .sort()
}
