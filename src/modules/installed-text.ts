import { compareVersions } from '../version/order.ts'
import { matchesRequest, parseVersionRequest, type VersionRequest } from '../version/request.ts'
import type { ModuleVersion } from '../version/version.ts'
import { builtArchitectures } from './architectures.ts'
import type { InstalledVersion, ModuleTree } from './module-tree.ts'

/**
 * What is installed of a module, as a note: three versions, those nearest to what was asked for,
 * then `...`. Versions that cannot be loaded are marked.
 */
export function installedText(tree: ModuleTree, module: string, asked: VersionRequest): string {
  const versions = nearestVersions(tree, module, asked)
  const shown = versions.slice(0, 3).map((installed) => {
    const reason = tree.usable(installed) ? '' : ` (${unusableText(tree, installed)})`
    return `${installed.version.text}${reason}`
  })
  const more = versions.length > shown.length ? ['...'] : []
  return `installed: ${[module, ...[...shown, ...more].join(', ').split(' ')].join(' ')}`
}

/** Versions of a module, nearest to the one asked for first, the higher among equally near. */
export function nearestVersions(
  tree: ModuleTree,
  module: string,
  asked: VersionRequest,
): readonly InstalledVersion[] {
  if (asked.kind === 'any') return tree.versions(module)
  const near = new Map(
    tree.versions(module).map((item) => [item, nearness(item.version, asked.version)]),
  )
  return [...tree.versions(module)].sort(
    (a, b) => (near.get(b) ?? 0) - (near.get(a) ?? 0) || compareVersions(b.version, a.version),
  )
}

/** Number of leading parts that are the same: 3 is another revision of the same release. */
export function nearness(version: ModuleVersion, asked: ModuleVersion): number {
  // `1.0.0+` and `1.0.0+x` are names of test versions, but a revision of 1.0.0 is meant.
  const release = asked.name.replace(/(?<=.)\+.*$/s, '')
  if (matchesRequest(version, parseVersionRequest(release))) return 3
  const parts = release.split('.')
  const others = version.name.split('.')
  const different = others.findIndex((part, index) => part !== parts[index])
  return Math.min(2, different < 0 ? others.length : different)
}

/** Why a version cannot be loaded: `installed for linux-arm only`. */
export function unusableText(tree: ModuleTree, { places }: InstalledVersion): string {
  const texts = places.map((place) => {
    const state = tree.state(place)
    switch (state.kind) {
      case 'wrong link':
        return `a link to ${state.target}`
      case 'alias':
        return `the same as ${state.target}`
      case 'unreadable':
        return `unreadable: ${state.problem}`
      case 'broken link':
        return 'a broken link'
      default:
        return builtForText(tree, place.directory)
    }
  })
  return [...new Set(texts)].join(', ')
}

/** What a version would have to be built for: this base, if it is there for others, or this machine. */
export function missingTarget(tree: ModuleTree, { places }: InstalledVersion): string {
  const { architecture, baseRelease } = tree.site
  const levels = places.flatMap(({ directory }) => otherBases(tree, directory))
  return levels.length > 0 && baseRelease ? `base ${baseRelease}` : architecture
}

/** The levels of PSI's trees that have this architecture: `R7.0.8`. */
function otherBases({ site }: ModuleTree, directory: string): string[] {
  return builtArchitectures(site.reader, directory)
    .filter(({ architecture }) => architecture === site.architecture)
    .flatMap(({ level }) => level ?? [])
}

/** Only for messages: reads `lib` and PSI's `R<base>/lib` of a version. */
function builtForText(tree: ModuleTree, directory: string): string {
  const { reader } = tree.site
  const built = builtArchitectures(reader, directory)
  if (built.length === 0) {
    const hasLib = reader.isDirectory(`${directory}/lib`)
    return hasLib ? 'without a directory of an architecture in lib' : 'without a directory lib'
  }
  const levels = otherBases(tree, directory)
  if (levels.length > 0) return `installed for base ${levels.join(', ')} only`
  const names = [...new Set(built.map(({ architecture }) => architecture))]
  return `installed for ${names.join(', ')} only`
}
