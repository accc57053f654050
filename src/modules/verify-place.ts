import { type Diagnostic, diagnostic } from '../text/diagnostic.ts'
import { builtArchitectures } from './architectures.ts'
import { checkInstalled, type InstalledCheck } from './check/installed.ts'
import { inspectPlace, levelNames, type VersionPlace } from './version-place.ts'

/**
 * What is wrong with a version as far as names, links, `.dep` files and libraries go, for all its
 * architectures.
 *
 * Errors: those of `checkInstalled`, `VERSION_LINK_WRONG`; warning: `MODULE_ARCH_MISSING` if it has
 * no `lib/<arch>` at all.
 */
export function verifyPlace(place: VersionPlace, check: InstalledCheck): Diagnostic[] {
  const { site } = check
  const { module, version, root, directory } = place
  if (place.isLink) return verifyLink(place, check)
  const built = builtArchitectures(site.reader, directory)
  if (built.length === 0) return [withoutLibrary(place)]
  return built
    .filter(({ level }) => level === undefined || levelNames(site.baseRelease).includes(level))
    .flatMap(({ architecture }) => {
      const checked = { root: root.directory, module, version, architecture }
      return checkInstalled(checked, check).own
    })
}

function verifyLink(place: VersionPlace, { site }: InstalledCheck): Diagnostic[] {
  const { module, version, directory } = place
  const state = inspectPlace(site, place)
  if (state.kind === 'broken link') {
    const message = `${module} ${version.text} is a link that leads nowhere`
    return [linkWrong(message, directory, 'let it lead to a version')]
  }
  if (state.kind === 'wrong link') {
    const message = `${module} ${version.text} is a link to ${state.target}, which is another version`
    return [linkWrong(message, directory, 'give it a name that is no number')]
  }
  return []
}

function linkWrong(message: string, directory: string, remedy: string): Diagnostic {
  return diagnostic('VERSION_LINK_WRONG', message, {
    notes: [{ message: `it is ${directory}` }],
    hint: `${remedy}, or remove it: rm ${directory}`,
  })
}

function withoutLibrary({ module, version, directory }: VersionPlace): Diagnostic {
  const message = `${module} ${version.text} has no directory lib/<arch>: require does not see it`
  return diagnostic('MODULE_ARCH_MISSING', message, {
    severity: 'warning',
    notes: [{ message: `it is ${directory}` }],
  })
}
