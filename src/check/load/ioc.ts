import { createDefinitions } from '../../database/definitions/definitions.ts'
import { createLoader } from '../../database/records/loader.ts'
import type { CommandCall } from '../../shell/types.ts'
import type { LoadedFile, WalkEvent } from '../../startup/walk-types.ts'
import type { Diagnostic } from '../../text/diagnostic.ts'
import { createFindingList } from '../../text/finding-list.ts'
import type { Origin } from '../../text/span.ts'
import type { CheckedIoc, CheckedLoad } from '../types.ts'
import { certainFindings, isWhollyRead } from './assumed.ts'
import { defineFrom, loadDefinitions } from './definitions.ts'
import { givenMacros } from './given-macros.ts'
import { loadGroups, removeGroups } from './groups.ts'
import { loadRecords } from './records.ts'
import { type IocInput, type LoadState, sourceOf } from './state.ts'
import { loadTemplates } from './templates.ts'

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
  const define = definitions?.load
  const environment = (variable: string) => outcome.environment.get(variable)
  const state: LoadState = {
    ...{ input, definitions, loads: [], groupFiles: [], repeats: [], known: new Map() },
    ...{ maxVariables: undefined, onceOnly: false },
    findings: createFindingList(),
    loader: createLoader({ definitions, define, environment }),
  }
  if (definitions && dbd !== undefined) defineFrom(state, dbd, true)
  for (const event of outcome.events) {
    if (event.kind === 'init') break
    follow(state, event)
  }
  const assumed = loadAssumed(state)
  const { loads, repeats, findings, loader } = state
  const groupFiles = state.groupFiles.map(({ text }) => text)
  const { database } = loader
  return {
    ioc: { name, outcome, definitions, database, loads, assumed, repeats, groupFiles },
    diagnostics: findings.take(),
    takeLate: () => definitions?.takeLate() ?? [],
  }
}

function follow(state: LoadState, event: WalkEvent): void {
  if (event.kind === 'module') {
    const { dbd, library } = event.module
    // require.c: without a library the dbd is not loaded
    if (dbd && library) defineFrom(state, dbd, state.input.trustsModules ?? false)
  } else if (event.kind === 'load' && event.file.path !== undefined) {
    loadFile(state, event.file, event.file.path)
  } else if (event.kind === 'command') followCommand(state, event.call)
}

function followCommand(state: LoadState, call: CommandCall): void {
  const [, name, value] = call.words
  if (call.name === 'var' && name && value) setVariable(state, name.text, value.text)
  else if (call.name === 'dbLoadGroup') removeGroups(state, call)
}

/** Variables of base that decide how files are read. */
function setVariable(state: LoadState, name: string, value: string): void {
  if (name === 'dbTemplateMaxVars') state.maxVariables = Number(value)
  else if (name === 'dbRecordsOnceOnly') state.onceOnly = Number(value) !== 0
  else if (name === 'dbConvertStrict') state.loader.convertStrictly(Number(value) !== 0)
}

/** What lines would load that the IOC skips: read for itself, as only macros can be judged. */
function loadAssumed({ input, definitions, ...others }: LoadState): CheckedLoad[] {
  const { files } = input.outcome.assumed
  if (files.length === 0) return []
  const state: LoadState = {
    ...{ ...others, input, definitions, loads: [], groupFiles: [], repeats: [], known: new Map() },
    findings: createFindingList(),
    loader: createLoader({ definitions, define: definitions?.load }),
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
  if (file.kind === 'group') loadGroups(state, { file, source, from })
  else if (file.kind === 'substitutions') loadTemplates(state, { file, source, from })
  else {
    const word = file.call.words[file.kind === 'dbd' ? 3 : 2]
    const { shown } = state.input.outcome.places
    const load = {
      ...{ file, source, from, list: file.macros ?? '' },
      given: () => (word ? givenMacros({ line: file.call.line, word, shown }) : []),
    }
    if (file.kind === 'dbd' && path.endsWith('.dbd')) loadDefinitions(state, load)
    else loadRecords(state, load)
  }
}
