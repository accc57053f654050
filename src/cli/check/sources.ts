import { resolve } from 'node:path'
import type { CheckedIoc } from '../../check/types.ts'
import type { ScriptRun } from '../../shell/types.ts'
import { isReadable, type SourceReader } from '../../startup/source-reader.ts'
import type { WalkOutcome } from '../../startup/walk-types.ts'
import type { Source } from '../../text/source.ts'
import { isMade } from '../../text/span.ts'

/** A file that belongs to an IOC. */
export interface IocSource {
  readonly source: Source
  readonly isScript: boolean
  /** Of a module: not to be changed here. */
  readonly isForeign: boolean
}

export interface SourcesOptions {
  readonly reader: SourceReader
  readonly cwd: string
  /** Absolute paths of files that commands name: request files, access security files. */
  readonly named: Iterable<string>
}

/** What an IOC was read from, by absolute path: scripts, databases, templates, substitution files. */
export function sourcesOf(
  outcome: WalkOutcome,
  ioc: CheckedIoc,
  { reader, cwd, named }: SourcesOptions,
): Map<string, IocSource> {
  const foreign = outcome.loaded.map(({ directory }) => directory)
  const sources = new Map<string, IocSource>()
  const add = (source: Source, isScript: boolean): void => {
    if (isMade(source)) {
      for (const one of source.sources) add(one, isScript)
      return
    }
    // Lines of the command line and of other pseudo files have no file.
    if (source.name.startsWith('<')) return
    const path = resolve(cwd, source.name)
    const isForeign = foreign.some((directory) => path.startsWith(`${directory}/`))
    sources.set(path, { source, isScript, isForeign })
  }
  const { events, assumed } = outcome
  for (const { source } of allRuns(outcome)) add(source, true)
  const files = events.flatMap((event) => (event.kind === 'load' ? event.file : []))
  for (const { kind, path } of [...files, ...assumed.files]) {
    const text = kind === 'library' || path === undefined ? undefined : reader.read(path)
    if (text && isReadable(text)) add(text.source, false)
  }
  for (const path of named) {
    const text = reader.read(path)
    if (isReadable(text)) add(text.source, false)
  }
  for (const { text, includes } of [...ioc.loads, ...(ioc.assumed ?? [])]) {
    add(text.source, false)
    for (const included of includes ?? []) add(included.source, false)
  }
  return sources
}

function allRuns({ runs, children, assumed }: WalkOutcome): Set<ScriptRun> {
  const all = new Set<ScriptRun>([...runs, ...assumed.scopes.map(({ run }) => run)])
  for (const run of all) for (const child of children.get(run) ?? []) all.add(child)
  return all
}
