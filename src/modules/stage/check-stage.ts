import { machineOfArch } from '../../elf/machine.ts'
import { type Diagnostic, diagnostic, hasErrors } from '../../text/diagnostic.ts'
import { checkForeignLibrary } from '../check/foreign.ts'
import type { LibraryFiles, RunningBase } from '../check/input.ts'
import { checkLibraries } from '../check/library-check.ts'
import { onlyVersion } from '../only-version.ts'
import type { ResolvedModule } from '../resolution.ts'
import { resolve } from '../resolve.ts'
import type { Site } from '../site.ts'
import { overlayFiles, overlayReader, relocated } from './overlay.ts'
import type { StagedModule } from './staged-module.ts'

/** Where a stage is to be installed, and what is known there. */
export interface StageCheck {
  /** Roots: the tree in which it is installed, then the others. */
  readonly site: Site
  /** Directory of the tree. */
  readonly root: string
  /** Absent: libraries are only checked as far as they can be without. */
  readonly base?: RunningBase | undefined
  readonly files: LibraryFiles
}

/**
 * Whether a module could be required once it is in its place: its `.dep` file is there and its
 * lines can be fulfilled, its library is for this machine and this base, has its version compiled in
 * and exports what its dbd names. The same checks as before a start.
 */
export function checkStage(staged: StagedModule, check: StageCheck): Diagnostic[] {
  const { module, version, architecture, directory } = staged
  const overlay = { place: `${check.root}/${module}/${version.text}`, directory }
  const { roots, baseRelease } = check.site
  const site = onlyVersion(
    {
      reader: overlayReader(check.site.reader, overlay),
      ...{ roots, architecture, ...(baseRelease !== undefined && { baseRelease }) },
    },
    { root: check.root, module, version: version.text },
  )
  const archDirectory = `${overlay.place}/lib/${architecture}`
  if (!site.reader.isDirectory(archDirectory)) return [withoutArchitecture(staged)]
  const asked = { module, version: { kind: 'named' as const, version } }
  const resolution = resolve([asked], site)
  const own = resolution.modules.find(({ name }) => name === module)
  const found = resolution.diagnostics.filter(({ code }) => !harmless.has(code)).map(firmer)
  const libraries = own ? libraryFindings(own, resolution.modules, { ...check, overlay }) : []
  return [...found, ...libraries].map((one) => relocated(one, overlay))
}

/** What is decided by other trees or other requests says nothing about this module. */
const harmless: ReadonlySet<string> = new Set([
  ...['VERSION_DUPLICATE', 'VERSION_HELD_BACK', 'VERSION_TEST_CHOSEN', 'REQUIRE_SKIPPED'],
])

/** require.c goes on without the file; whoever installs can still make one. */
function firmer(one: Diagnostic): Diagnostic {
  return one.code === 'DEP_FILE_MISSING' ? { ...one, severity: 'error' } : one
}

interface LibraryQuestion extends StageCheck {
  readonly overlay: { readonly place: string; readonly directory: string }
}

function libraryFindings(
  own: ResolvedModule,
  modules: readonly ResolvedModule[],
  { base, files, overlay }: LibraryQuestion,
): Diagnostic[] {
  const here = overlayFiles(files, overlay)
  const architecture = own.archDirectory.slice(own.archDirectory.lastIndexOf('/') + 1)
  if (base?.arch !== architecture) {
    return checkForeignLibrary(own, machineOfArch(architecture), here)
  }
  const { diagnostics } = checkLibraries({ base, modules }, here)
  const mine = diagnostics.filter(
    ({ at }) => at?.source.name.startsWith(`${overlay.place}/`) === true,
  )
  // What is wrong with others is told too, but it is not this module that has to be mended.
  const others = diagnostics.filter((one) => !mine.includes(one))
  return [...mine, ...(hasErrors(mine) ? [] : others.map(softer))]
}

function softer(one: Diagnostic): Diagnostic {
  return one.severity === 'error' ? { ...one, severity: 'warning' } : one
}

function withoutArchitecture({ architecture, directory }: StagedModule): Diagnostic {
  return diagnostic('STAGE_INVALID', `${directory} has no directory lib/${architecture}`, {
    notes: [{ message: 'a module is seen by require only if it has one, even without a library' }],
    hint: 'build the module again: e3 build',
  })
}
