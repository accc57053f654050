import { directoryOf } from '../../text/paths.ts'
import type { Span } from '../../text/span.ts'
import {
  findIncluded,
  type LoadState,
  type Opened,
  searchedFolders,
  sourceOf,
  textOf,
} from './state.ts'

/** A dbd file of base or a module. */
export function defineFrom(state: LoadState, path: string, isTrusted: boolean): void {
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
export function loadDefinitions(state: LoadState, { file, source, from }: Opened): void {
  const open = (name: string, at: Span) => {
    const included = findIncluded(state, name, { cwd: file.cwd, at })
    return included && textOf(included, file.macros, { message: 'included here', at })
  }
  const text = textOf(source, file.macros, from)
  const mayBePart = state.input.dialect === 'both'
  const found = state.definitions?.load({ text, path: searchedFolders(file), open, mayBePart })
  for (const item of found ?? []) state.findings.add(item)
}
