import { encodingOf } from '../hierarchy/encoding.ts'
import { flatten } from '../hierarchy/flatten.ts'
import type { CommandCall } from '../shell/types.ts'
import { hasErrors } from '../text/diagnostic.ts'
import { baseName } from '../text/paths.ts'
import type { Source } from '../text/source.ts'
import { placesIn } from './place.ts'
import { isReadable } from './source-reader.ts'
import { edit } from './walk-state.ts'
import type { WalkState } from './walk-types.ts'

/**
 * Makes the hierarchical database of a `dbLoadRecords` line flat; the copy of the script loads the
 * result. Macros that the hierarchy leaves open are those of the line, as for any database.
 *
 * @returns the flat text; undefined if there are errors, which are reported
 */
export function flatDatabase(
  path: string,
  call: CommandCall,
  state: WalkState,
): Source | undefined {
  const { reader, parts } = state.input
  const read = reader.read(path)
  if (!isReadable(read)) return undefined
  const at = placesIn(parts).of(call.line, call.words[1])
  const includePath = state.shell.environment.get('EPICS_DB_INCLUDE_PATH')
  const { value, diagnostics } = flatten({
    top: { path, source: read.source, from: { message: 'loaded here', at } },
    files: reader,
    roots: { cwd: state.cwd, includePath },
    macros: new Map(),
    options: {},
  })
  state.diagnostics.push(...diagnostics)
  if (hasErrors(diagnostics)) return undefined
  const source: Source = {
    name: `${read.source.name} (flat)`,
    text: value.pieces.join(''),
    encoding: encodingOf(value.sources),
  }
  const name = `${baseName(path).slice(0, -'.vdb'.length)}.db`
  edit(state, call.line, { kind: 'flat', name, source, call })
  return source
}
