import type { DefinitionSet } from '../../database/definitions/definitions.ts'
import { foldersOf } from '../../database/definitions/include-path.ts'
import type { Loader } from '../../database/records/loader.ts'
import type { LoadedText } from '../../database/records/types.ts'
import type { Dialect } from '../../database/substitutions/types.ts'
import { loadText } from '../../database/text/load-text.ts'
import { followPath } from '../../startup/follow-path.ts'
import { isReadable, type SourceReader } from '../../startup/source-reader.ts'
import type { LoadedFile, WalkOutcome } from '../../startup/walk-types.ts'
import { diagnostic } from '../../text/diagnostic.ts'
import type { FindingList } from '../../text/finding-list.ts'
import type { Source } from '../../text/source.ts'
import type { Origin, Span } from '../../text/span.ts'
import { byteOrderMark } from '../byte-order-mark.ts'
import type { CheckedLoad, GroupFile, RepeatedLoad } from '../types.ts'

/** What an IOC loads, as the walk of its startup script found it. */
export interface IocInput {
  /** For messages: the startup script as the user wrote it. */
  readonly name: string
  readonly outcome: WalkOutcome
  readonly reader: SourceReader
  /** The dbd file of the base's executable; without it nothing is said about types and fields. */
  readonly dbd: string | undefined
  /**
   * The dbd files of modules were made by tools: bodies of their record types are read when they
   * are asked for, as those of base are.
   */
  readonly trustsModules?: boolean
  /** Told how many characters of records are read next. */
  readonly onRecords?: (characters: number) => void
  /**
   * Who will read substitution files; `both` if that is not known, as of files that are looked at
   * alone: dbd files may then be parts of others. Default: dbLoadTemplate.
   */
  readonly dialect?: Dialect
}

/** What is loaded so far. */
export interface LoadState {
  readonly input: IocInput
  readonly definitions: DefinitionSet | undefined
  readonly loader: Loader
  readonly loads: CheckedLoad[]
  readonly groupFiles: LoadedGroups[]
  /** By path and macros. */
  readonly known: Map<string, CheckedLoad>
  readonly repeats: RepeatedLoad[]
  readonly findings: FindingList
  /** The variable `dbTemplateMaxVars`, once it is set. */
  maxVariables: number | undefined
  /** The variable `dbRecordsOnceOnly`. */
  onceOnly: boolean
}

/** A file of `dbLoadGroup` under the name and macros by which it is known. */
export interface LoadedGroups {
  readonly name: string
  readonly list: string
  readonly text: GroupFile
}

/** A file that a line loads. */
export interface Opened {
  readonly file: LoadedFile
  readonly source: Source
  readonly from: Origin
}

/** A text with its macros, read by the rules of databases. */
export function textOf(source: Source, list = '', from?: Origin): LoadedText {
  return loadText(source, { macros: { list }, limits: 'off', from }).text
}

/** Where the files that a file includes are searched. */
export function searchedFolders({ searchPath = '.' }: LoadedFile): string[] {
  return foldersOf(searchPath)
}

interface IncludePlace {
  /** Where relative names start. */
  readonly cwd: string
  readonly at: Span
}

/** The file that an `include` names. */
export function findIncluded(
  state: LoadState,
  name: string,
  { cwd, at }: IncludePlace,
): Source | undefined {
  const { reader } = state.input
  const path = followPath(cwd, name, reader)
  const kind = reader.kindOf(path)
  return kind === 'file' || kind === 'other' ? sourceOf(state, path, at) : undefined
}

/** The text of a file; why it cannot be read is reported. */
export function sourceOf(state: LoadState, path: string, at?: Span): Source | undefined {
  const outcome = state.input.reader.read(path)
  if (isReadable(outcome)) {
    const from = at && { message: 'loaded here', at }
    for (const item of byteOrderMark(outcome.source, from)) state.findings.add(item)
    return outcome.source
  }
  const message = `${path} cannot be read: ${outcome.reason}`
  state.findings.add(diagnostic('FILE_UNREADABLE', message, { at }))
  return undefined
}
