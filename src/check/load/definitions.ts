import { once } from '../../text/once.ts'
import { directoryOf } from '../../text/paths.ts'
import { definedIn, type RecordLoad } from './records.ts'
import { findIncluded, type LoadState, searchedFolders, sourceOf } from './state.ts'

/** A dbd file of base or a module. */
export function defineFrom(state: LoadState, path: string, isTrusted: boolean): void {
  const source = sourceOf(state, path)
  if (!source) return
  const cwd = directoryOf(path)
  const folders = [cwd, ...(state.input.dbd ? [directoryOf(state.input.dbd)] : [])]
  const { diagnostics } = state.loader.loadDefinitions(source, {
    ...{ path: folders, isTrusted },
    open: (name, at) => findIncluded(state, name, { cwd, at }),
  })
  for (const item of diagnostics) state.findings.add(item)
}

/** `dbLoadDatabase` of a dbd file in a script. */
export function loadDefinitions(
  state: LoadState,
  { file, source, from, list, given }: RecordLoad,
): void {
  if (!state.definitions) return
  const macrosGiven = once(given)
  const { text, includes, diagnostics } = state.loader.loadDefinitions(source, {
    ...{ macros: { list, definedAt: definedIn(macrosGiven) }, from, path: searchedFolders(file) },
    open: (name, at) => findIncluded(state, name, { cwd: file.cwd, at }),
    onceOnly: state.onceOnly,
    mayBePart: state.input.dialect === 'both',
  })
  for (const item of diagnostics) state.findings.add(item)
  state.loads.push({
    ...{ text, call: file.call, includes },
    get given() {
      return macrosGiven()
    },
  })
}
