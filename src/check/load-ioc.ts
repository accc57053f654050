import { createDefinitions, type DefinitionSet } from '../database/definitions/definitions.ts'
import { createLoader, type Loader } from '../database/records/loader.ts'
import type { LoadedText } from '../database/records/types.ts'
import { readSubstitutions } from '../database/substitutions/substitutions.ts'
import {
  type CommandMacros,
  type TemplateCall,
  templateCalls,
} from '../database/substitutions/template-calls.ts'
import type { Dialect } from '../database/substitutions/types.ts'
import { loadText } from '../database/text/load-text.ts'
import { isHierarchy } from '../startup/file-types.ts'
import { findFile } from '../startup/find-file.ts'
import { isReadable, type SourceReader } from '../startup/source-reader.ts'
import type { LoadedFile, WalkEvent, WalkOutcome } from '../startup/walk-types.ts'
import { type Diagnostic, diagnostic } from '../text/diagnostic.ts'
import { createFindingList, type FindingList } from '../text/finding-list.ts'
import { once } from '../text/once.ts'
import { directoryOf, resolvePath } from '../text/paths.ts'
import type { Source } from '../text/source.ts'
import { type Origin, type Span, withOrigin } from '../text/span.ts'
import { certainFindings, isWhollyRead } from './assumed-loads.ts'
import { givenMacros } from './given-macros.ts'
import { msiTemplate, msiTexts } from './msi-template.ts'
import type { CheckedIoc, CheckedLoad, GivenMacro } from './types.ts'

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

/** The IOC with its records, and what it would call a mistake while it loads them. */
export interface LoadedIoc {
  readonly ioc: CheckedIoc
  readonly diagnostics: readonly Diagnostic[]
  /** Mistakes of dbd files that were found since then, as more of them was read. */
  readonly takeLate: () => readonly Diagnostic[]
}

/**
 * Loads what the startup script loads, in its order: dbd files of base and modules, databases,
 * templates of substitution files. What comes after iocInit is refused by the IOC and left out;
 * the same file with the same macros is loaded once.
 */
export function loadIoc(input: IocInput): LoadedIoc {
  const { name, outcome, dbd } = input
  const definitions = dbd === undefined ? undefined : createDefinitions()
  const state: LoadState = {
    ...{ input, definitions, loads: [], groupFiles: [], known: new Set() },
    maxVariables: undefined,
    findings: createFindingList(),
    loader: createLoader({
      definitions,
      define: (text) => definitions?.load({ text, path: [], open: () => undefined }) ?? [],
      environment: (variable) => outcome.environment.get(variable),
    }),
  }
  if (definitions && dbd !== undefined) defineFrom(state, dbd, true)
  for (const event of outcome.events) {
    if (event.kind === 'init') break
    follow(state, event)
  }
  const assumed = loadAssumed(state)
  const { loads, groupFiles, findings, loader } = state
  const { database } = loader
  return {
    ioc: { name, outcome, definitions, database, loads, assumed, groupFiles },
    diagnostics: findings.take(),
    takeLate: () => definitions?.takeLate() ?? [],
  }
}

interface LoadState {
  readonly input: IocInput
  readonly definitions: DefinitionSet | undefined
  readonly loader: Loader
  readonly loads: CheckedLoad[]
  readonly groupFiles: Source[]
  /** Path and macros of what is loaded. */
  readonly known: Set<string>
  readonly findings: FindingList
  /** The variable `dbTemplateMaxVars`, once it is set. */
  maxVariables: number | undefined
}

function follow(state: LoadState, event: WalkEvent): void {
  if (event.kind === 'module') {
    const { dbd, library } = event.module
    // require.c: without a library the dbd is not loaded
    if (dbd && library) defineFrom(state, dbd, state.input.trustsModules ?? false)
  } else if (event.kind === 'load' && event.file.path !== undefined) {
    loadFile(state, event.file, event.file.path)
  } else if (event.kind === 'command' && event.call.name === 'var') {
    const [, variable, value] = event.call.words
    if (variable?.text === 'dbTemplateMaxVars' && value) state.maxVariables = Number(value.text)
  }
}

/** What lines would load that the IOC skips: read for itself, as only macros can be judged. */
function loadAssumed({ input, definitions, ...others }: LoadState): CheckedLoad[] {
  const { files } = input.outcome.assumed
  if (files.length === 0) return []
  const state: LoadState = {
    ...{ ...others, input, definitions, loads: [], groupFiles: [], known: new Set() },
    ...{ findings: createFindingList(), loader: createLoader({ definitions }) },
  }
  for (const file of files) if (file.path !== undefined) loadFile(state, file, file.path)
  for (const item of certainFindings(state.findings.take(), state.loads)) others.findings.add(item)
  return state.loads.filter(isWhollyRead)
}

function loadFile(state: LoadState, file: LoadedFile, path: string): void {
  if (file.kind === 'library') return
  const source = file.flat ?? sourceOf(state, path, file.at)
  if (!source) return
  const from: Origin = { message: 'loaded here', at: file.at }
  if (file.kind === 'group') state.groupFiles.push(source)
  else if (file.kind === 'substitutions') loadTemplates(state, { file, source, from })
  else if (file.kind === 'dbd' && path.endsWith('.dbd'))
    loadDefinitions(state, { file, source, from })
  else {
    const word = file.call.words[file.kind === 'dbd' ? 3 : 2]
    const { shown } = state.input.outcome.places
    loadRecords(state, {
      ...{ file, source, from, list: file.macros ?? '' },
      given: () => (word ? givenMacros({ line: file.call.line, word, shown }) : []),
    })
  }
}

/** A file that a line loads. */
interface Opened {
  readonly file: LoadedFile
  readonly source: Source
  readonly from: Origin
}

/** A dbd file of base or a module. */
function defineFrom(state: LoadState, path: string, isTrusted: boolean): void {
  const source = sourceOf(state, path)
  if (!source) return
  const folders = [directoryOf(path), ...(state.input.dbd ? [directoryOf(state.input.dbd)] : [])]
  const open = (name: string, at: Span) => {
    const included = findIncluded(state, name, { cwd: folders[0] ?? '/', at })
    return included && textOf(included, '', { message: 'included here', at })
  }
  const found = state.definitions?.load({ text: textOf(source), path: folders, open, isTrusted })
  for (const item of found ?? []) state.findings.add(item)
}

/** `dbLoadDatabase` of a dbd file in a script. */
function loadDefinitions(state: LoadState, { file, source, from }: Opened): void {
  const open = (name: string, at: Span) => {
    const included = findIncluded(state, name, { cwd: file.cwd, at })
    return included && textOf(included, file.macros, { message: 'included here', at })
  }
  const text = textOf(source, file.macros, from)
  const mayBePart = state.input.dialect === 'both'
  const found = state.definitions?.load({ text, path: foldersOf(file), open, mayBePart })
  for (const item of found ?? []) state.findings.add(item)
}

function textOf(source: Source, list = '', from?: Origin): LoadedText {
  return loadText(source, { macros: { list }, limits: 'off', from }).text
}

/** The templates of a substitution file; the walk has said which of them do not exist. */
function loadTemplates(state: LoadState, { file, source, from }: Opened): void {
  const { dialect = 'dbLoadTemplate', reader } = state.input
  const { maxVariables } = state
  const substitutions = readSubstitutions(source, { dialect, maxVariables })
  for (const found of substitutions.diagnostics) {
    state.findings.add({ ...found, ...(found.at && { at: withOrigin(found.at, from) }) })
  }
  const macros = commandMacros(state, file)
  for (const call of templateCalls(substitutions, { macros, maxVariables, from })) {
    for (const item of call.diagnostics) state.findings.add(item)
    const path = file.templates?.get(call.template) ?? templatePath(call.template, file, reader)
    const flat = file.flatTemplates?.get(call.template)
    // What is wrong with a hierarchy that has no flat form has been told.
    const isReadAsIs = path !== undefined && !isHierarchy(path)
    const template = flat ?? (isReadAsIs ? sourceOf(state, path, call.at) : undefined)
    if (template) loadTemplate(state, loadOfCall(call, { file, source: template, from }))
  }
}

/** Substitution files that are looked at alone may be for msi. */
function loadTemplate(state: LoadState, load: RecordLoad): void {
  const { source, from, file, list, given } = load
  const other = state.input.dialect === 'both' ? msiTemplate(source, from) : undefined
  if (!other) {
    loadRecords(state, load)
    return
  }
  state.findings.add(other)
  const texts = msiTexts(source, {
    expand: (one) => textOf(one, list, from),
    open: (name) => findIncluded(state, name, { cwd: file.cwd, at: from.at }),
  })
  state.loads.push({ ...texts, call: file.call, given: given() })
}

/** A template that the walk has not seen, as it reads these files by the rules of dbLoadTemplate. */
function templatePath(
  template: string,
  { cwd, searchPath: path }: LoadedFile,
  reader: SourceReader,
): string | undefined {
  const found = findFile(template, { reader, cwd, path })
  return 'path' in found ? found.path : undefined
}

/** The macros of a `dbLoadTemplate` line. */
function commandMacros(
  { input }: LoadState,
  { macros: list, at, call }: LoadedFile,
): CommandMacros | undefined {
  const word = call.words[2]
  if (!list || !word) return undefined
  const { shown } = input.outcome.places
  return { list, at, definitions: givenMacros({ line: call.line, word, shown }) }
}

function loadOfCall(call: TemplateCall, { file, source }: Opened): RecordLoad {
  const from = { message: 'loaded here', at: call.row }
  return {
    ...{ file, source, from, list: call.macros },
    given: () =>
      call.definitions().flatMap(({ raw, ...one }) => (raw === undefined ? [] : [{ ...one, raw }])),
  }
}

/** One `dbLoadRecords`, written or made for a set of macros. */
interface RecordLoad extends Opened {
  readonly list: string
  readonly given: () => readonly GivenMacro[]
}

function loadRecords(state: LoadState, { file, source, from, list, given }: RecordLoad): void {
  const key = `${source.name}\0${list}`
  if (state.known.has(key)) return
  state.known.add(key)
  const macrosGiven = once(given)
  const definedAt = (name: string) => macrosGiven().findLast((one) => one.name === name)?.at
  const { loader } = state
  const before = loader.texts.length
  state.input.onRecords?.(source.text.length)
  const { text, diagnostics } = loader.load(source, {
    ...{ macros: { list, definedAt }, from, path: foldersOf(file) },
    open: (name, at) => findIncluded(state, name, { cwd: file.cwd, at }),
  })
  for (const item of diagnostics) state.findings.add(item)
  state.loads.push({
    ...{ text, call: file.call, includes: loader.texts.slice(before + 1) },
    get given() {
      return macrosGiven()
    },
  })
}

function foldersOf({ searchPath }: LoadedFile): string[] {
  return searchPath?.split(':').map((folder) => folder || '.') ?? ['.']
}

interface IncludePlace {
  /** Where relative names start. */
  readonly cwd: string
  readonly at: Span
}

function findIncluded(
  state: LoadState,
  name: string,
  { cwd, at }: IncludePlace,
): Source | undefined {
  const path = resolvePath(cwd, name)
  const kind = state.input.reader.kindOf(path)
  return kind === 'file' || kind === 'other' ? sourceOf(state, path, at) : undefined
}

/** The text of a file; why it cannot be read is reported. */
function sourceOf(state: LoadState, path: string, at?: Span): Source | undefined {
  const outcome = state.input.reader.read(path)
  if (isReadable(outcome)) return outcome.source
  const message = `${path} cannot be read: ${outcome.reason}`
  state.findings.add(diagnostic('FILE_UNREADABLE', message, { at }))
  return undefined
}
