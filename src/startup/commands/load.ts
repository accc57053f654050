import { expandEnvironment } from '../../macro/macros.ts'
import type { CommandCall } from '../../shell/types.ts'
import { diagnostic } from '../../text/diagnostic.ts'
import { baseName } from '../../text/paths.ts'
import type { MadeSource, Span } from '../../text/span.ts'
import type { FlatTemplate } from '../edit.ts'
import { flatName, isHierarchy } from '../file-types.ts'
import { placesIn } from '../place.ts'
import { isReadable } from '../source-reader.ts'
import { edit, isUnsure, requireFile } from '../walk-state.ts'
import type { CommandHandler, LoadedFile, WalkState } from '../walk-types.ts'

/** `dbLoadRecords file, macros`: unlike its neighbours it takes no path (base, dbIocRegister.c). */
export const loadRecords: CommandHandler = (call, state) => {
  load(call, state, { kind: 'database', what: 'database' })
}

/** `dbLoadDatabase file, path, macros`. */
export const loadDatabase: CommandHandler = (call, state) => {
  load(call, state, { kind: 'dbd', what: 'dbd or database', path: call.words[2]?.text })
}

/**
 * `dbLoadTemplate file, macros, path`: the templates that the file names must exist, too. Each is
 * loaded as by `dbLoadRecords`, so the path is that of the substitution file alone.
 */
export const loadTemplate: CommandHandler = (call, state) => {
  const templates = new Map<string, string>()
  const flatTemplates = new Map<string, MadeSource>()
  const file = load(call, state, {
    ...{ kind: 'substitutions', what: 'substitution file', templates, flatTemplates },
  })
  const text = file && state.input.reader.read(file)
  if (!text || !isReadable(text)) return
  const from = { message: 'loaded here', at: placesIn(state.input.parts).of(call.line) }
  const { dialect = 'dbLoadTemplate' } = state.input
  const substitutions = state.input.formats().readSubstitutions(text.source, { dialect })
  const flat: FlatTemplate[] = []
  for (const { name, start, end } of substitutions.templates) {
    const at = { source: text.source, start, end, from }
    const expanded = expandName(name, { call, at, state })
    if (expanded === undefined) continue
    const wanted = { line: call.line, at, name: expanded, what: 'template' }
    const found = requireFile(state, { ...wanted, path: searchPath(undefined, state) })
    if (found) templates.set(name, found)
    const source = found && isHierarchy(found) ? flatDatabase(found, at, state) : undefined
    if (!source) continue
    flatTemplates.set(name, source)
    flat.push({ start, end, name: flatName(source.name), source })
  }
  if (flat.length === 0) return
  const { source } = text
  edit(state, call.line, { kind: 'flat', name: baseName(file), source, templates: flat, call })
}

/** `dbLoadGroup file, macros` of QSRV; `-file` and `*` take groups away. */
export const loadGroup: CommandHandler = (call, state) => {
  if (/^[-*]/.test(call.words[1]?.text ?? '')) return
  load(call, state, { kind: 'group', what: 'group file' })
}

/** `dlload library`: the loader searches a name without a slash, see the check of libraries. */
export const loadLibrary: CommandHandler = (call, state) => {
  const name = call.words[1]?.text
  if (!name || (!name.includes('/') && isUnsure(state, call.line))) return
  const at = placesIn(state.input.parts).of(call.line, call.words[1])
  const wanted = { line: call.line, at, name, what: 'library' }
  const path = name.includes('/') ? requireFile(state, wanted) : undefined
  addLoad(state, { kind: 'library', name, call, cwd: state.cwd, at, ...(path && { path }) })
}

interface LoadOptions {
  readonly kind: LoadedFile['kind']
  readonly what: string
  /** As given with the call. */
  readonly path?: string | undefined
  readonly templates?: ReadonlyMap<string, string>
  readonly flatTemplates?: ReadonlyMap<string, MadeSource>
}

function load(
  call: CommandCall,
  state: WalkState,
  { kind, what, path, ...files }: LoadOptions,
): string | undefined {
  const given = call.words[1]?.text
  const at = placesIn(state.input.parts).of(call.line, call.words[1])
  const isSubstitutions = kind === 'substitutions'
  const isAsWritten = given === undefined || isSubstitutions
  const name = isAsWritten ? given : expandName(given, { call, at, state })
  if (name === undefined) return undefined
  const searched = kind === 'group' ? undefined : searchPath(path, state)
  const along = isSubstitutions ? substitutionPath(call, state) : searched
  const found = requireFile(state, { line: call.line, at, name, what, path: along })
  const flat = found && isFlattened(kind, found) ? flatDatabase(found, at, state) : undefined
  if (flat) edit(state, call.line, { kind: 'flat', name: flatName(flat.name), source: flat, call })
  const macros = call.words[kind === 'dbd' ? 3 : 2]?.text
  addLoad(state, {
    ...{ kind, name, call, cwd: state.cwd, at, ...files },
    ...(found && (flat || !isFlattened(kind, found)) && { path: found }),
    ...(flat && { flat }),
    ...(macros !== undefined && { macros }),
    ...(searched !== undefined && { searchPath: searched }),
  })
  return found
}

/** dbLoadDatabase loads records, too (base, dbStaticLib: both read the same language). */
function isFlattened(kind: LoadedFile['kind'], path: string): boolean {
  return (kind === 'database' || kind === 'dbd') && isHierarchy(path)
}

function flatDatabase(path: string, at: Span, state: WalkState): MadeSource | undefined {
  return state.input.formats().flatDatabase(path, at, state)
}

function addLoad(state: WalkState, file: LoadedFile): void {
  state.events.push({ kind: 'load', file })
}

/** dbLexRoutines.c: the path given with the call, else EPICS_DB_INCLUDE_PATH, else `.`. */
function searchPath(given: string | undefined, state: WalkState): string | undefined {
  return given || state.shell.environment.get('EPICS_DB_INCLUDE_PATH') || undefined
}

/**
 * dbLoadTemplate.y opens the file as it is named, without macros of the environment; since 7.0.10 it
 * follows the path if the file is not in the working directory.
 */
function substitutionPath({ words }: CommandCall, state: WalkState): string | undefined {
  if (!state.input.shell?.searchesSubstitutions) return undefined
  const path = searchPath(words[3]?.text, state)
  return path && `.:${path}`
}

/** The line that names a file, and where the name stands. */
interface NamePlace {
  readonly call: CommandCall
  readonly at: Span
  readonly state: WalkState
}

/** Names of databases are expanded once more, from the environment only (macEnvExpand). */
function expandName(name: string, { call, at, state }: NamePlace): string | undefined {
  const { text, expansion } = expandEnvironment(name, {
    environment: (variable) => state.shell.environment.get(variable),
  })
  const [problem] = expansion.problems
  // Nobody knows the environment of those who load a file that is looked at alone.
  const isLone = state.input.dialect === 'both'
  if (text !== undefined || !problem || isLone || isUnsure(state, call.line)) return text
  const message = `macro ${problem.name} in the file name ${name} is ${problem.kind}: the IOC cannot open the file`
  const hint = `in front of this line: epicsEnvSet ${problem.name} …; macros of the line do not count here`
  const severity = state.maySetVariables || state.input.incomplete ? 'warning' : 'error'
  const code = problem.kind === 'undefined' ? 'MACRO_UNDEFINED' : 'MACRO_RECURSIVE'
  state.diagnostics.push(diagnostic(code, message, { at, hint, severity }))
  return undefined
}
