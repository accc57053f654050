import { searchedFolders } from '../../check/load/state.ts'
import { createDefinitions } from '../../database/definitions/definitions.ts'
import type { LoadedText } from '../../database/records/types.ts'
import { loadText } from '../../database/text/load-text.ts'
import type { CommandCall } from '../../shell/types.ts'
import { followPath } from '../../startup/follow-path.ts'
import { isReadable, type SourceReader } from '../../startup/source-reader.ts'
import type { LoadedFile } from '../../startup/walk-types.ts'

import type { Origin } from '../../text/span.ts'
import type { LoadedTarget } from './load-targets.ts'
import { placeText } from './place-text.ts'
import { type Including, withIncludes } from './with-includes.ts'

/** The text of a target after all macros: a script as its commands, anything else as files. */
export function* expandedText(one: LoadedTarget, hasOrigin: boolean): Generator<string> {
  if (one.target.kind === 'script') {
    yield* scriptLines(one, hasOrigin)
    return
  }
  const texts = one.target.kind === 'dbd' ? definitionTexts(one) : one.ioc.loads
  for (const { text, includes = [] } of texts) yield* withIncludes({ text, includes }, hasOrigin)
}

/** The commands in the order in which they run, those of all scripts that are loaded. */
function* scriptLines({ ioc }: LoadedTarget, hasOrigin: boolean): Generator<string> {
  let last: CommandCall['line'] | undefined
  for (const event of ioc.outcome?.events ?? []) {
    if (event.kind !== 'command' || event.call.line === last) continue
    last = event.call.line
    const at = ioc.outcome?.places.of(last)
    // What the command line became is not part of the script.
    if (at?.source.name === '<command line>') continue
    if (hasOrigin && at) yield `# ${placeText(at)}\n`
    yield `${last.text}\n`
  }
}

/** Dbd files are read once more: a load keeps what they define, not their texts. */
function* definitionTexts({ ioc, reader }: LoadedTarget): Generator<Including> {
  for (const event of ioc.outcome?.events ?? []) {
    if (event.kind !== 'load' || event.file.kind !== 'dbd') continue
    const { file } = event
    const text = file.path && readText(reader, file.path, file)
    if (text) yield { text, includes: includesOf(text, file, reader) }
  }
}

function includesOf(text: LoadedText, file: LoadedFile, reader: SourceReader): LoadedText[] {
  const includes: LoadedText[] = []
  createDefinitions().load({
    ...{ text, path: searchedFolders(file), mayBePart: true },
    open: (name, at) => {
      const path = followPath(file.cwd, name, reader)
      const included = readText(reader, path, file, { message: 'included here', at })
      if (included) includes.push(included)
      return included
    },
  })
  return includes
}

function readText(
  reader: SourceReader,
  path: string,
  { macros }: LoadedFile,
  from?: Origin,
): LoadedText | undefined {
  const read = reader.read(path)
  if (!isReadable(read)) return undefined
  return loadText(read.source, { macros: { list: macros ?? '' }, limits: 'off', from }).text
}
