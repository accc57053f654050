import { type ModuleVersion, parseVersion } from '../version/version.ts'
import { isVersionName } from './module-name.ts'
import type { SearchRoot, Site } from './site.ts'

/** A directory (or a link) that is named as a version, in the folder of a module. */
export interface VersionPlace {
  readonly module: string
  readonly version: ModuleVersion
  readonly root: SearchRoot
  readonly directory: string
  readonly isLink: boolean
}

export interface UsablePlace {
  readonly kind: 'usable'
  /** Holds `lib`, `dbd`: the version's directory or PSI's `R<base>` in it. */
  readonly base: string
  readonly archDirectory: string
  /** Of a link out of the folder: what is there is named so, and was built as that. */
  readonly target?: string
}

/** What is found in a place, as far as it decides whether it can be loaded. */
export type PlaceState =
  | UsablePlace
  /** There is no `lib/<arch>`. */
  | { readonly kind: 'not built' }
  /** Nobody knows what it is built for. */
  | { readonly kind: 'unreadable'; readonly problem: string }
  /** A link with a test-version name to a version beside it. */
  | { readonly kind: 'alias'; readonly target: string }
  /** A link with a numeric name to something named as another version. */
  | { readonly kind: 'wrong link'; readonly target: string }
  | { readonly kind: 'broken link' }

/** Version places of a module in one root, in no order; none if its folder cannot be read. */
export function listPlaces(
  { reader }: Site,
  { module, root }: { readonly module: string; readonly root: SearchRoot },
): readonly VersionPlace[] {
  return readFolder({ reader }, { module, root }).places
}

/** The folder of a module in one root: its version places, and why it cannot be read. */
export function readFolder(
  { reader }: Pick<Site, 'reader'>,
  { module, root }: { readonly module: string; readonly root: SearchRoot },
): {
  readonly places: readonly VersionPlace[]
  readonly folder: string
  readonly problem?: string
} {
  const folder = `${root.directory}/${module}`
  const { entries = [], problem } = reader.list(folder) ?? {}
  const places = entries
    .filter(({ name, kind }) => (kind === 'directory' || kind === 'link') && isVersionName(name))
    .map(({ name, kind }) => ({
      module,
      version: parseVersion(name),
      root,
      directory: `${folder}/${name}`,
      isLink: kind === 'link',
    }))
  return { places, folder, ...(problem !== undefined && { problem }) }
}

/** Looks into a place: one or two calls for a directory, a few more for a link or a PSI tree. */
export function inspectPlace(site: Site, place: VersionPlace): PlaceState {
  const link = place.isLink ? followLink(site, place) : {}
  if ('kind' in link) return link
  for (const base of basesOf(place.directory, site.baseRelease)) {
    const archDirectory = `${base}/lib/${site.architecture}`
    if (!site.reader.isDirectory(archDirectory)) continue
    return { kind: 'usable', base, archDirectory, ...link }
  }
  const problem = site.reader.list(`${place.directory}/lib`)?.problem
  return problem === undefined ? { kind: 'not built' } : { kind: 'unreadable', problem }
}

/** No state if the link is as good as a directory of its own. */
function followLink(
  { reader }: Site,
  place: VersionPlace,
): Exclude<PlaceState, UsablePlace> | Pick<UsablePlace, 'target'> {
  const target = reader.realPath(place.directory)
  if (target === undefined) return { kind: 'broken link' }
  const [folder, name] = splitPath(target)
  if (name === place.version.text) return {}
  const isSibling = folder === reader.realPath(splitPath(place.directory)[0])
  if (place.version.kind === 'test') {
    return isSibling ? { kind: 'alias', target: name } : { target: name }
  }
  const isVersion = isSibling || parseVersion(name).kind === 'numeric'
  return isVersion ? { kind: 'wrong link', target: name } : { target: name }
}

/** Levels are only thought of where they are needed: most trees have none. */
function* basesOf(directory: string, release: string | undefined): Generator<string> {
  yield directory
  for (const level of levelNames(release)) yield `${directory}/${level}`
}

/** require.c of PSI: `<version>/R<base release>/lib/<arch>`, with the full or a shorter release. */
export function levelNames(release: string | undefined): string[] {
  if (!release) return []
  // 7.0.10.1-DEV, which is no release yet, has the trees of 7.0.10.1.
  const numbers = (/^[\d.]+/.exec(release)?.[0] ?? release).split('.')
  const releases = [release, ...[4, 3, 2].map((count) => numbers.slice(0, count).join('.'))]
  return [...new Set(releases)].map((text) => `R${text}`)
}

function splitPath(path: string): [folder: string, name: string] {
  const at = path.lastIndexOf('/')
  return [path.slice(0, at), path.slice(at + 1)]
}
