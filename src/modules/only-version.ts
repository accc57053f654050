import type { Site } from './site.ts'

/**
 * The site as if a module had one version only. A request for `1.0.0` is fulfilled by `1.0.0+1` too;
 * whoever means just this directory asks here.
 *
 * @param place `root` is the directory of one of the roots, `version` the name of the directory
 */
export function onlyVersion(
  { reader, roots, architecture, baseRelease }: Site,
  place: { readonly root: string; readonly module: string; readonly version: string },
): Site {
  const { root, module, version } = place
  const folders = new Set(roots.map(({ directory }) => `${directory}/${module}`))
  return {
    ...{ roots, architecture, ...(baseRelease !== undefined && { baseRelease }) },
    reader: {
      ...reader,
      list(directory) {
        if (!folders.has(directory)) return reader.list(directory)
        const entries = directory === `${root}/${module}` ? reader.list(directory)?.entries : []
        return { entries: (entries ?? []).filter(({ name }) => name === version) }
      },
    },
  }
}

/**
 * The site as if these versions were not there.
 *
 * @param places their directories, below those of the roots
 */
export function withoutVersions(
  { reader, roots, architecture, baseRelease }: Site,
  places: ReadonlySet<string>,
): Site {
  return {
    ...{ roots, architecture, ...(baseRelease !== undefined && { baseRelease }) },
    reader: {
      ...reader,
      list(directory) {
        const listing = reader.list(directory)
        const isHidden = listing?.entries.some(({ name }) => places.has(`${directory}/${name}`))
        if (!listing || !isHidden) return listing
        const entries = listing.entries.filter(({ name }) => !places.has(`${directory}/${name}`))
        return { ...listing, entries }
      },
    },
  }
}
