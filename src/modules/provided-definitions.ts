import { type Dbd, readDbd } from '../database/dbd/dbd.ts'
import type { Unknown } from '../text/diagnostic.ts'
import { moduleTreeOf } from './module-tree.ts'
import type { Site } from './site.ts'

/** The definitions that a module brings, by `definitionKey`. */
export interface ProvidedDefinitions {
  readonly module: string
  readonly version: string
  readonly keys: readonly string[]
}

/** The key of a definition: `record type motor`, `device support ai stream`. */
export function definitionKey({ kind, name, recordType }: Unknown): string {
  return recordType === undefined ? `${kind} ${name}` : `${kind} ${recordType} ${name}`
}

/**
 * What the newest usable version of a module brings; nothing if it has no dbd file. Reads that file
 * only: the dbd files of modules are expanded.
 */
export function providedDefinitions(site: Site, module: string): ProvidedDefinitions | undefined {
  const tree = moduleTreeOf(site)
  for (const version of tree.versions(module)) {
    const usable = tree.usable(version)
    if (!usable) continue
    const levels = [usable.base, usable.place.directory]
    const path = levels.map((level) => `${level}/dbd/${module}.dbd`).find(site.reader.isFile)
    const text = path && site.reader.readText(path)?.text
    if (!text) return undefined
    const { value } = readDbd({ name: path, text })
    return { module, version: version.version.text, keys: keysOf(value) }
  }
  return undefined
}

function keysOf({ recordTypes, devices, links, functions }: Dbd): string[] {
  return [
    ...recordTypes.map(({ name }) => definitionKey({ kind: 'record type', name })),
    ...links.map(({ name }) => definitionKey({ kind: 'link type', name })),
    ...functions.map(({ name }) => definitionKey({ kind: 'function', name })),
    ...devices.map(({ recordType, choice }) =>
      definitionKey({ kind: 'device support', name: choice, recordType }),
    ),
  ]
}
