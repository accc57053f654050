import { createDefinitions } from '../../database/definitions/definitions.ts'
import type { LoadedText } from '../../database/records/types.ts'
import { loadText } from '../../database/text/load-text.ts'
import type { Diagnostic } from '../../text/diagnostic.ts'
import type { Origin, Span } from '../../text/span.ts'
import type { CheckedModule, LibraryFiles, RunningBase } from './input.ts'
import { directoryOf } from './paths.ts'

/**
 * What base refuses of the dbd files of modules when it loads them one after the other behind its
 * own: devices of record types that nobody has defined, unknown types of links, and the like.
 *
 * @param modules in load order
 */
export function definitionErrors(
  modules: readonly CheckedModule[],
  { dbd: ofBase }: Pick<RunningBase, 'dbd'>,
  files: LibraryFiles,
): Diagnostic[] {
  if (ofBase === undefined) return []
  const definitions = createDefinitions()
  const load = (path: string, isTrusted: boolean): readonly Diagnostic[] => {
    const text = read(path, files)
    const folders = [path, ofBase].map(directoryOf)
    const open = (name: string, at: Span) => read(name, files, { message: 'included here', at })
    return text ? definitions.load({ text, path: folders, open, isTrusted }) : []
  }
  load(ofBase, true)
  // require.c: without a library the dbd file is not loaded either.
  const own = modules.flatMap(({ dbd, library }) => (dbd && library ? load(dbd, false) : []))
  return own.filter(({ severity }) => severity === 'error')
}

function read(path: string, files: LibraryFiles, from?: Origin): LoadedText | undefined {
  const text = files.text(path)
  if (text === undefined) return undefined
  return loadText({ name: path, text }, { macros: { list: '' }, limits: 'off', from }).text
}
