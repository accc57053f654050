import { once } from '../../text/once.ts'
import type { Span } from '../../text/span.ts'
import type { CheckedLoad, GivenMacro } from '../types.ts'
import { findIncluded, type LoadState, type Opened, searchedFolders } from './state.ts'

/** One `dbLoadRecords`, written or made for a set of macros. */
export interface RecordLoad extends Opened {
  readonly list: string
  readonly given: () => readonly GivenMacro[]
}

/** Reads records; the same file with the same macros is read once. */
export function loadRecords(
  state: LoadState,
  { file, source, from, list, given }: RecordLoad,
): void {
  const key = `${source.name}\0${list}`
  const first = state.known.get(key)
  if (first && !state.onceOnly) {
    state.repeats.push({ first, at: from.at })
    return
  }
  const macrosGiven = once(given)
  const { loader } = state
  const before = loader.texts.length
  state.input.onRecords?.(source.text.length)
  const { text, diagnostics } = loader.load(source, {
    ...{ macros: { list, definedAt: definedIn(macrosGiven) }, from, path: searchedFolders(file) },
    onceOnly: state.onceOnly,
    open: (name, at) => findIncluded(state, name, { cwd: file.cwd, at }),
  })
  for (const item of diagnostics) state.findings.add(item)
  const load: CheckedLoad = {
    ...{ text, call: file.call, includes: loader.texts.slice(before + 1) },
    get given() {
      return macrosGiven()
    },
  }
  state.loads.push(load)
  state.known.set(key, load)
}

/** Where a macro was given its value. */
export function definedIn(given: () => readonly GivenMacro[]): (name: string) => Span | undefined {
  return (name) => given().findLast((one) => one.name === name)?.at
}
