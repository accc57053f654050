import { isModuleName } from '../../modules/module-name.ts'
import { moduleTreeOf } from '../../modules/module-tree.ts'
import type { Site } from '../../modules/site.ts'

/** A module that has a header. */
export interface HeaderOwner {
  readonly module: string
  readonly version: string
}

/**
 * The first installed module, by name, that has a header in its `include`: in its highest usable
 * version, else in any other.
 *
 * @param header - as in `#include "asynDriver.h"`
 */
export function findHeader(site: Site, header: string): HeaderOwner | undefined {
  const { reader, roots } = site
  if (header.startsWith('/') || header.split('/').includes('..')) return undefined
  const tree = moduleTreeOf(site)
  const entries = roots.flatMap(({ directory }) => reader.list(directory)?.entries ?? [])
  const modules = [...new Set(entries.map(({ name }) => name))].filter(isModuleName).sort()
  const has = (directory: string): boolean => reader.isFile(`${directory}/include/${header}`)
  for (const depth of [1, Number.POSITIVE_INFINITY]) {
    for (const module of modules) {
      const found = tree
        .versions(module)
        .slice(0, depth)
        .find((version) => version.places.some((place) => has(place.directory)))
      if (found) return { module, version: found.version.text }
    }
  }
  return undefined
}
