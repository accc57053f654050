import type { Diagnostic } from '../../text/diagnostic.ts'
import { createFindingList } from '../../text/finding-list.ts'
import type { Span } from '../../text/span.ts'
import { fileForms } from '../dbd/forms.ts'
import type { LoadedText } from '../records/types.ts'
import type { Statement } from '../statements.ts'
import type { Extent } from '../tokens.ts'
import { type Context, define } from './define.ts'
import { foldersOf } from './include-path.ts'
import { readPartFile } from './part-file.ts'
import { eachStatement, openIncluded, type Reading } from './reading.ts'
import { emptySet } from './set.ts'
import type { Definitions } from './types.ts'

/** A set that grows with each file, as that of an IOC does. */
export interface DefinitionSet extends Definitions {
  /**
   * Adds a file as `dbLoadDatabase` does, with its includes.
   * What is wrong is in the result; the rest of the file counts.
   */
  load(load: DefinitionLoad): readonly Diagnostic[]
  /** What was found since the last call in bodies of trusted files, as they were asked for. */
  takeLate(): readonly Diagnostic[]
}

/** One call of `dbLoadDatabase`. */
export interface DefinitionLoad {
  readonly text: LoadedText
  /** Where included files are searched: of the call, else `EPICS_DB_INCLUDE_PATH`, else `.`. */
  readonly path: readonly string[]
  /**
   * Opens an included file, with the macros of the call; undefined if it does not exist.
   *
   * @param name - as written, or with a folder of the path in front of it
   */
  open(name: string, at: Span): LoadedText | undefined
  /**
   * The file was made by a tool and need not be checked: the bodies of its record types and menus
   * are read when they are asked for. Base's own files have tens of thousands of lines.
   */
  readonly isTrusted?: boolean
  /** It may be what record types or menus include: then that is read. */
  readonly mayBePart?: boolean
  /** Takes the records and aliases that are in the file; without it these are left aside. */
  readonly readRecord?: (record: RecordPart) => void
}

/** A statement of a dbd file that is none for definitions: with its braces, all of it well formed. */
export interface RecordPart extends Extent {
  readonly text: LoadedText
  /** The names that led to this text, the innermost last. */
  readonly names: readonly string[]
  /** Where included files are searched. */
  readonly path: readonly string[]
}

/** Nothing is known yet. */
export function createDefinitions(): DefinitionSet {
  const set = emptySet()
  const late = createFindingList()
  return {
    ...set,
    load({ text, path, open, isTrusted = false, mayBePart = false, readRecord }) {
      const findings = createFindingList()
      const reading: Reading = { open, path, files: 0, findings }
      const file = { text, names: [text.source.name] }
      const context = { set, reading, file, isTrusted, readRecord }
      if (!mayBePart || !readPartFile(context)) readFile(context)
      reading.findings = late
      return findings.take()
    },
    takeLate: () => late.take(),
  }
}

function readFile(context: Context): void {
  const { reading, file } = context
  const extent = { start: 0, end: file.text.text.length }
  const part = { file, extent, forms: fileForms, place: 'a dbd file' }
  eachStatement(reading, part, (statement) => readStatement(context, statement))
}

function readStatement(context: Context, statement: Statement): void {
  const { reading, file } = context
  const { keyword, values } = statement
  const [first = ''] = values
  switch (keyword) {
    case 'include': {
      const included = openIncluded(reading, file, statement)
      if (included) readFile({ ...context, file: included })
      break
    }
    case 'path':
      reading.path = foldersOf(first)
      break
    case 'addpath':
      reading.path = [...reading.path, ...foldersOf(first)]
      break
    case 'record':
    case 'grecord':
    case 'alias':
      if (!statement.isDamaged) readRecord(context, statement)
      break
    default:
      define(context, statement)
  }
}

function readRecord({ reading, file, readRecord }: Context, { start, end, body }: Statement): void {
  const { text, names } = file
  readRecord?.({ text, names, path: reading.path, start, end: body ? body.end + 1 : end })
}
