import { join } from 'node:path'
import { createDefinitions } from '../../database/definitions/definitions.ts'
import type { LoadedText } from '../../database/records/types.ts'
import { loadText } from '../../database/text/load-text.ts'
import { isReadable, type SourceReader } from '../../startup/source-reader.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import { type DefinitionPlaces, definitionPath } from './generate.ts'

/** What dbd files are checked against. */
export interface DefinitionCheck extends DefinitionPlaces {
  readonly reader: SourceReader
  /** Absolute dbd files of base and of the modules that are required, in load order. */
  readonly loadedBefore: readonly string[]
}

/**
 * Loads the dbd files of a module as an IOC would, behind those of base and of the modules that are
 * required: device support for a record type that nobody defines is found here, not at the start.
 *
 * Errors: those of `createDefinitions`.
 */
export function checkDefinitions(check: DefinitionCheck): Diagnostic[] {
  const { reader, folder, dbds, loadedBefore } = check
  const definitions = createDefinitions()
  const path = definitionPath(check)
  const open = (name: string): LoadedText | undefined => {
    const read = reader.read(name)
    return isReadable(read)
      ? loadText(read.source, { macros: { list: '' }, limits: 'off' }).text
      : undefined
  }
  for (const file of loadedBefore) {
    const text = open(file)
    if (text) definitions.load({ text, path, open, isTrusted: true })
  }
  return dbds.flatMap((name) => {
    const text = open(join(folder, name))
    if (text) return definitions.load({ text, path, open })
    return [diagnostic('FILE_UNREADABLE', `the dbd file ${name} cannot be read`)]
  })
}
