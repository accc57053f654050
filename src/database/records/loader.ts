import type { Limits } from '../../macro/types.ts'
import type { Diagnostic } from '../../text/diagnostic.ts'
import { createFindingList } from '../../text/finding-list.ts'
import type { Source } from '../../text/source.ts'
import type { Origin, Span } from '../../text/span.ts'
import type { DefinitionLoad, DefinitionSet } from '../definitions/definitions.ts'
import type { Definitions } from '../definitions/types.ts'
import { type LoadMacros, loadText } from '../text/load-text.ts'
import type { GrowingRecord } from './growing-record.ts'
import { newKnownForms } from './known-forms.ts'
import { missingMacros } from './missing-macros.ts'
import { type LoaderState, type Loading, type OpenedText, take } from './reading.ts'
import { readFile, readPart } from './statements.ts'
import type { Alias, Database, LoadedText } from './types.ts'

/** Against what databases are loaded. */
export interface LoaderOptions {
  /** Absent: nothing is said about types, fields and values. */
  readonly definitions?: Definitions | undefined
  /** Takes dbd files, and statements of such that stand in a database: `definitions.load`. */
  readonly define?: DefinitionSet['load'] | undefined
  /** The environment of the IOC, for the names of included files only. */
  readonly environment?: (name: string) => string | undefined
  /** `exact` cuts lines, names and values where the IOC does; default: cuts are only reported. */
  readonly limits?: Limits
}

/** One call of dbLoadRecords. */
export interface LoadOptions {
  readonly macros?: LoadMacros | undefined
  /** Why the file is read: part of every place in it. */
  readonly from?: Origin | undefined
  /** The variable `dbRecordsOnceOnly` is set: no statement adds to a record but one with `*`. */
  readonly onceOnly?: boolean
  /** Folders in which included files are searched; default: the current one. */
  readonly path?: readonly string[]
  /**
   * Opens an included file; undefined if it does not exist. Give the same source object for the
   * same file, then it is prepared only once.
   *
   * @param name - as written, or with a folder of the path in front of it
   */
  readonly open?: ((name: string, at: Span) => Source | undefined) | undefined
}

/** One call of dbLoadDatabase for a dbd file. */
export interface DefinitionOptions
  extends LoadOptions,
    Pick<DefinitionLoad, 'isTrusted' | 'mayBePart'> {}

/** What came of a load. */
export interface LoadResult {
  /** The file; included ones are in `Loader.texts`. */
  readonly text: LoadedText
  /** False if the IOC calls the load failed; what could be read is in the database all the same. */
  readonly isGood: boolean
  /** A mistake in a template is reported for its first load only. */
  readonly diagnostics: readonly Diagnostic[]
}

/** The records of an IOC, growing with each load. */
export interface Loader {
  readonly database: Database
  /** All files that were read, in order; a template as often as it was loaded. */
  readonly texts: readonly LoadedText[]
  load(source: Source, options?: LoadOptions): LoadResult
  /** Loads a dbd file: what it defines, and the records in it; texts are in the result only. */
  loadDefinitions(source: Source, options?: DefinitionOptions): DefinitionResult
  /** Sets `dbConvertStrict` for what is loaded from here on. */
  convertStrictly(isStrict: boolean): void
}

/** What came of the load of a dbd file. */
export interface DefinitionResult extends LoadResult {
  /** Files that it includes, those left aside for which bodies have not been read. */
  readonly includes: readonly LoadedText[]
}

/** An IOC without records. */
export function createLoader({
  definitions,
  define,
  environment = () => undefined,
  limits = 'off',
}: LoaderOptions = {}): Loader {
  const records = new Map<string, GrowingRecord>()
  const aliases = new Map<string, Alias>()
  const texts: LoadedText[] = []
  const reported = new Set<string>()
  const findings = createFindingList()
  const forms = newKnownForms()
  const patterns = new Map()
  const state: LoaderState = {
    ...{ definitions, environment, define, records, aliases, findings, reported },
    ...{ texts, forms, patterns, made: 0 },
  }
  return {
    database: { records, aliases },
    texts,
    load: (source, options = {}) => load(state, limits, { source, options }),
    loadDefinitions: (source, options = {}) => loadDefinitions(state, limits, { source, options }),
    convertStrictly: (isStrict) => convertStrictly(state, isStrict),
  }
}

/** Values that were found good before may no longer be. */
function convertStrictly(state: LoaderState, isStrict: boolean): void {
  if (state.forms.isStrict === isStrict) return
  state.forms = newKnownForms(isStrict)
  state.patterns.clear()
}

interface Call<Options = LoadOptions> {
  readonly source: Source
  readonly options: Options
}

function load(state: LoaderState, limits: Limits, { source, options }: Call): LoadResult {
  const { loading, first, finish } = begin(state, limits, { source, options })
  readFile(loading, first, [source.name])
  return finish()
}

function loadDefinitions(
  state: LoaderState,
  limits: Limits,
  { source, options }: Call<DefinitionOptions>,
): DefinitionResult {
  const { loading, first, finish } = begin(state, limits, { source, options })
  const { isTrusted = false, mayBePart = false } = options
  const files = new Map([[first.text, first]])
  const found = state.define?.({
    ...{ text: first.text, path: loading.path, isTrusted, mayBePart },
    open(name, at) {
      const file = loading.open(name, at)
      if (file) files.set(file.text, file)
      return file?.text
    },
    readRecord({ text, path, ...part }) {
      const file = files.get(text)
      loading.path = path
      if (file) readPart(loading, file, part)
    },
  })
  for (const item of found ?? []) take(loading, item)
  const [, ...includes] = files.keys()
  return { ...finish(), includes }
}

/** A call with the file that it names. */
interface Begun {
  readonly loading: Loading
  readonly first: OpenedText
  /** Reports the macros that were missing. */
  finish(): LoadResult
}

function begin(state: LoaderState, limits: Limits, { source, options }: Call): Begun {
  const { macros = { list: '' }, from, path = ['.'], open, onceOnly = false } = options
  const opened: { reportAll(): void }[] = []
  const loading: Loading = {
    ...{ state, path, files: 0, isGood: true, isLost: false },
    ...{ body: undefined, onceOnly },
    open(name, at) {
      const included = open?.(name, at)
      return included && read(included, { message: 'included here', at })
    },
  }
  const first = read(source, from)
  return {
    ...{ loading, first },
    finish() {
      for (const { reportAll } of opened) reportAll()
      return { text: first.text, isGood: loading.isGood, diagnostics: state.findings.take() }
    },
  }

  function read(file: Source, reason: Origin | undefined): OpenedText {
    const loaded = loadText(file, { macros, limits, from: reason })
    const missing = missingMacros({ ...loaded, loading, macros })
    if (loaded.problems.length > 0) opened.push(missing)
    return { text: loaded.text, layout: loaded.layout, missing }
  }
}
