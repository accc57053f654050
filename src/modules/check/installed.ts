import { machineOfArch } from '../../elf/machine.ts'
import type { Diagnostic } from '../../text/diagnostic.ts'
import type { ModuleVersion } from '../../version/version.ts'
import { installedLibraries } from '../installed-libraries.ts'
import { onlyVersion } from '../only-version.ts'
import type { ResolvedModule } from '../resolution.ts'
import { resolve } from '../resolve.ts'
import type { Site } from '../site.ts'
import { definitionErrors } from './definition-errors.ts'
import { checkForeignLibrary } from './foreign.ts'
import type { LibraryFiles, RunningBase } from './input.ts'
import { checkLibraries } from './library-check.ts'

/** A version for one architecture. */
export interface CheckedVersion {
  /** Directory of one of the roots of the site. */
  readonly root: string
  readonly module: string
  readonly version: ModuleVersion
  readonly architecture: string
}

export interface InstalledCheck {
  /** Roots, reader and release of the base; the architecture is that of the version. */
  readonly site: Site
  /** Absent, or of another architecture: libraries are checked as far as they can be without. */
  readonly base?: RunningBase | undefined
  readonly files: LibraryFiles
}

/** What is wrong with a version, and what with those that it needs. */
export interface InstalledFindings {
  readonly own: readonly Diagnostic[]
  readonly others: readonly Diagnostic[]
}

/**
 * Whether a version can be required: its `.dep` file is there and its lines can be fulfilled, its
 * library is for this machine and this base, has its version compiled in and exports what its dbd
 * names, and base accepts that. The same checks as before a start, of a start that requires nothing else.
 */
export function checkInstalled(
  { root, module, version, architecture }: CheckedVersion,
  { site, base, files }: InstalledCheck,
): InstalledFindings {
  const { reader, roots, baseRelease } = site
  const alone = onlyVersion(
    { reader, roots, architecture, ...(baseRelease !== undefined && { baseRelease }) },
    { root, module, version: version.text },
  )
  const resolution = resolve([{ module, version: { kind: 'named', version } }], alone)
  const directory = `${root}/${module}/${version.text}/`
  const isOwn = ({ code, at }: Diagnostic): boolean =>
    at === undefined || ofWhole.has(code) || at.source.name.startsWith(directory)
  const found = resolution.diagnostics.filter(({ code }) => !harmless.has(code))
  const loaded = resolution.modules.find(({ name }) => name === module)
  const libraries = loaded
    ? libraryFindings(loaded, resolution.modules, { site, base, files, architecture })
    : []
  const all = [...found, ...libraries]
  return { own: all.filter(isOwn), others: all.filter((one) => !isOwn(one)) }
}

/** What is decided by other trees or other requests says nothing about this module. */
const harmless: ReadonlySet<string> = new Set([
  ...['VERSION_DUPLICATE', 'VERSION_HELD_BACK', 'VERSION_TEST_CHOSEN', 'REQUIRE_SKIPPED'],
])

/** These come of what the version needs taken together, wherever the last line of it stands. */
const ofWhole: ReadonlySet<string> = new Set(['VERSION_CONFLICT', 'DEPENDENCY_CYCLE'])

interface LibraryQuestion extends InstalledCheck {
  readonly architecture: string
}

function libraryFindings(
  own: ResolvedModule,
  modules: readonly ResolvedModule[],
  { site, base, files, architecture }: LibraryQuestion,
): readonly Diagnostic[] {
  if (base?.arch !== architecture) {
    return checkForeignLibrary(own, machineOfArch(architecture), files)
  }
  const ofArchitecture = site.architecture === architecture ? site : { ...site, architecture }
  const installed = () => installedLibraries(ofArchitecture)
  const { diagnostics } = checkLibraries({ base, modules, installed }, files)
  const known = new Set(diagnostics.map(placeText))
  const more = definitionErrors(modules, base, files)
  return [...diagnostics, ...more.filter((one) => !known.has(placeText(one)))]
}

/** The same mistake in a dbd file is one finding, whoever reads it. */
function placeText({ code, at }: Diagnostic): string {
  return `${code} ${at?.source.name} ${at?.start}`
}
