import { encodingOf } from '../hierarchy/encoding.ts'
import { flatten } from '../hierarchy/flatten.ts'
import { type Diagnostic, hasErrors, type Result } from '../text/diagnostic.ts'
import type { Source } from '../text/source.ts'
import { type MadeSource, type Origin, type Span, withOrigin } from '../text/span.ts'
import { isReadable, type SourceReader } from './source-reader.ts'
import type { WalkState } from './walk-types.ts'

/**
 * The flat form of a hierarchical database, called by its path as people know it. Macros that the
 * hierarchy leaves open are those of the load, as for any database.
 *
 * @param at - where it is loaded
 * @returns undefined if there are errors, which are reported
 */
export function flatDatabase(path: string, at: Span, state: WalkState): MadeSource | undefined {
  const { reader } = state.input
  const read = reader.read(path)
  if (!isReadable(read)) return undefined
  const { value, diagnostics } = flatSource(reader, {
    ...{ path, top: read.source, cwd: state.cwd },
    includePath: state.shell.environment.get('EPICS_DB_INCLUDE_PATH'),
  })
  const from = { message: 'loaded here', at }
  state.diagnostics.push(...diagnostics.map((one) => loadedFrom(one, from)))
  return value
}

/** A hierarchical database and all that its flat form depends on. */
interface HierarchyFile {
  /** Absolute. */
  readonly path: string
  readonly top: Source
  readonly cwd: string
  readonly includePath: string | undefined
}

/**
 * The flat form of a file, called by its name; undefined if there are errors. Made once for a reader:
 * the walk of a script comes by it in each of its rounds.
 */
function flatSource(
  reader: SourceReader,
  { path, top, cwd, includePath }: HierarchyFile,
): Result<MadeSource | undefined> {
  const known = cache.get(reader) ?? new Map<string, Result<MadeSource | undefined>>()
  cache.set(reader, known)
  const key = JSON.stringify([path, cwd, includePath])
  const before = known.get(key)
  if (before) return before
  const { value, diagnostics } = flatten({
    top: { path, source: top, from: undefined },
    files: reader,
    roots: { cwd, includePath },
    macros: new Map(),
    options: { origins: true },
  })
  const { pieces, sources, origins } = value
  const isGood = !hasErrors(diagnostics) && origins
  const made: Result<MadeSource | undefined> = {
    value: isGood
      ? {
          ...{ name: top.name, text: pieces.join(''), encoding: encodingOf(sources), sources },
          writtenAt: origins.writtenAt,
        }
      : undefined,
    diagnostics,
  }
  known.set(key, made)
  return made
}

/** A reader lives as long as a launch, or a look of `e3 check` at an IOC. */
const cache = new WeakMap<SourceReader, Map<string, Result<MadeSource | undefined>>>()

/** What is wrong in a hierarchy, with the line that loads it. */
function loadedFrom(found: Diagnostic, from: Origin): Diagnostic {
  return {
    ...found,
    ...(found.at && { at: withOrigin(found.at, from) }),
    notes: found.notes.map((note) => ({
      ...note,
      ...(note.at && { at: withOrigin(note.at, from) }),
    })),
  }
}
