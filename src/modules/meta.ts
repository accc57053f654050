import { parseDocument } from 'yaml'
import { type Diagnostic, diagnostic, type Result } from '../text/diagnostic.ts'
import type { Source } from '../text/source.ts'
import { spanOf } from '../text/span.ts'

/** What `<module>_meta.yaml` tells about a build, as far as it is there. */
export interface ModuleMeta {
  readonly module?: string
  readonly version?: string
  readonly arch?: string
  /** Version of the base. */
  readonly base?: string
  readonly compiler?: string
  readonly source?: SourceOrigin
  /** SHA-256 in hexadecimal, by path in the version's directory. */
  readonly files: ReadonlyMap<string, string>
  /** Versions of the dependencies by module, as in the `.dep` file. */
  readonly requires?: ReadonlyMap<string, string>
}

export interface SourceOrigin {
  readonly url?: string
  readonly commit?: string
  /** In the repository; nothing at its top. */
  readonly folder?: string
  /** There were changes that the commit does not have. */
  readonly dirty: boolean
}

/** Nobody installs that many files; the parser would need minutes for hostile ones. */
const longest = 8 * 2 ** 20

/**
 * Reads the meta file of a build. Files of other tools have other keys: what is not as expected is
 * left out.
 *
 * Errors: `META_INVALID` if it is no YAML mapping.
 */
export function readMeta(source: Source): Result<ModuleMeta | undefined> {
  if (source.text.length > longest) return invalid(source, 'it is longer than 8 MiB')
  try {
    const document = parseDocument(source.text, { prettyErrors: false, schema: 'failsafe' })
    const [problem] = document.errors
    if (problem) return invalid(source, problem.message.split('\n')[0] ?? '', problem.pos)
    const value: unknown = document.toJS({ maxAliasCount: 0 })
    if (!isMapping(value)) return invalid(source, 'it is no mapping')
    return { value: metaOf(value), diagnostics: [] }
  } catch {
    // Too deep for the parser, or with aliases.
    return invalid(source, 'it cannot be read as YAML')
  }
}

type Mapping = Readonly<Record<string, unknown>>

function metaOf(value: Mapping): ModuleMeta {
  const requires = textsOf(value['requires'])
  const source = sourceOf(value['source'])
  const base = baseOf(value['base'])
  return {
    ...texts(value, ['module', 'version', 'arch', 'compiler']),
    ...(base && { base }),
    ...(source && { source }),
    files: textsOf(value['files']) ?? new Map(),
    ...(requires && { requires }),
  }
}

function baseOf(value: unknown): string | undefined {
  return isMapping(value) ? texts(value, ['version']).version : undefined
}

function sourceOf(value: unknown): SourceOrigin | undefined {
  if (!isMapping(value)) return undefined
  return { ...texts(value, ['url', 'commit', 'folder']), dirty: value['dirty'] === 'true' }
}

function texts<Key extends string>(
  value: Mapping,
  keys: readonly Key[],
): Partial<Record<Key, string>> {
  const found: Partial<Record<Key, string>> = {}
  for (const key of keys) {
    const text = value[key]
    if (typeof text === 'string' && text !== '') found[key] = text
  }
  return found
}

function textsOf(value: unknown): ReadonlyMap<string, string> | undefined {
  if (!isMapping(value)) return undefined
  const entries = Object.entries(value)
  return new Map(entries.flatMap(([key, text]) => (typeof text === 'string' ? [[key, text]] : [])))
}

function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function invalid(
  source: Source,
  reason: string,
  [start, end]: readonly [number, number] = [0, 0],
): Result<undefined> {
  const message = `${source.name} is no description of a build: ${reason}`
  const problem: Diagnostic = diagnostic('META_INVALID', message, {
    at: spanOf(source, start, end),
    hint: 'build and install the module again',
  })
  return { value: undefined, diagnostics: [problem] }
}
