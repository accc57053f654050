/** A module at its exact version. */
export interface PinnedModule {
  readonly name: string
  readonly version: string
}

/**
 * The text of a `.dep` file: modules with exact versions, sorted, each once. Lines are left short
 * where they can be, as the C code of require reads 38 characters (spec of require, trap 10).
 */
export function dependencyText(modules: readonly PinnedModule[]): string {
  const lines = new Set(modules.map(({ name, version }) => `${name} ${version}`))
  return ['# Generated file. Do not edit.', ...[...lines].sort(), ''].join('\n')
}

/** What `<module>_meta.yaml` tells. */
export interface ModuleMeta extends PinnedModule {
  readonly arch: string
  readonly base: {
    readonly version: string
    /** Libraries of different ids do not go together: `base-7.0.8`, `ecl-7.0.10.99.0`. */
    readonly abi: string
  }
  readonly source: SourceState
  /** Of sources with a repository of their own in an e3 wrapper, whose state is `source`. */
  readonly upstream?: SourceState | undefined
  readonly compiler: string
  readonly flags: Readonly<
    Record<'cppflags' | 'cflags' | 'cxxflags' | 'ldflags', readonly string[]>
  >
  readonly requires: readonly PinnedModule[]
  readonly licences: readonly string[]
  /** SHA-256 by path. */
  readonly files: ReadonlyMap<string, string>
}

/** Where the sources come from; all absent outside of git. */
export interface SourceState {
  readonly url?: string | undefined
  readonly commit?: string | undefined
  /** In the repository; absent at its top. */
  readonly folder?: string | undefined
  /** There are changes that no commit has. */
  readonly isDirty?: boolean | undefined
}

/** The text of `<module>_meta.yaml`. */
export function metaText(meta: ModuleMeta): string {
  const { name, version, arch, base, source, upstream, flags, requires, licences } = meta
  return [
    '# Generated file. Do not edit.',
    `module: ${scalar(name)}`,
    `version: ${scalar(version)}`,
    `arch: ${scalar(arch)}`,
    'base:',
    `  version: ${scalar(base.version)}`,
    `  abi: ${scalar(base.abi)}`,
    ...sourceLines('source', source),
    ...(upstream ? sourceLines('upstream', upstream) : []),
    `compiler: ${scalar(meta.compiler)}`,
    'flags:',
    ...Object.entries(flags).map(([key, words]) => `  ${key}: ${sequence(words)}`),
    ...mapping(
      'requires',
      requires.map((one) => [one.name, one.version] as const),
    ),
    `licences: ${sequence(licences)}`,
    ...mapping(
      'files',
      [...meta.files].sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
    '',
  ].join('\n')
}

/** What a text of `metaText` tells of the result, wherever its sources come from. */
export function withoutOrigin(text: string): string {
  return text.replace(/^(source|upstream):.*\n( .*\n)*/gm, '')
}

function sourceLines(key: string, source: SourceState): string[] {
  const { url, commit, folder, isDirty = false } = source
  if (commit === undefined) return [`${key}: {}`]
  return [
    `${key}:`,
    ...(url === undefined ? [] : [`  url: ${scalar(withoutCredentials(url))}`]),
    `  commit: ${scalar(commit)}`,
    ...(folder === undefined ? [] : [`  folder: ${scalar(folder)}`]),
    `  dirty: ${isDirty}`,
  ]
}

/** `https://name:token@host/path`: what stands in front of `@` is nobody's business. */
export function withoutCredentials(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*@/i, '$1')
}

function mapping(key: string, entries: readonly (readonly [string, string])[]): string[] {
  if (entries.length === 0) return [`${key}: {}`]
  return [`${key}:`, ...entries.map(([name, value]) => `  ${scalar(name)}: ${scalar(value)}`)]
}

function sequence(words: readonly string[]): string {
  return `[${words.map(scalar).join(', ')}]`
}

/** JSON strings are YAML; plain words need no quotes. */
export function scalar(text: string): string {
  const isPlain =
    /^[A-Za-z][\w./+-]*$/.test(text) && !/^(y|n|yes|no|on|off|true|false|null)$/i.test(text)
  return isPlain ? text : JSON.stringify(text)
}
