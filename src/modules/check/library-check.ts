import type { Diagnostic } from '../../text/diagnostic.ts'
import type { Span } from '../../text/span.ts'
import { type CheckContext, contextOf } from './context.ts'
import { imageOf } from './image.ts'
import type { CheckedModule, LibraryCheckInput, LibraryFiles, Registration } from './input.ts'
import { openLibraries, placeOf } from './libraries.ts'
import { checkLibraryPath } from './library-path.ts'
import { loadLibrary, openLibrary } from './load.ts'
import { checkOther } from './other-library.ts'
import { planRegistration } from './registration.ts'
import { checkRelease } from './release.ts'

/** What is known about the libraries before the start. */
export interface LibraryCheck {
  /** By module name. */
  readonly registrations: ReadonlyMap<string, Registration>
  readonly diagnostics: readonly Diagnostic[]
}

/** See `checkLibraries`. */
export type CheckLibraries = (input: LibraryCheckInput, files: LibraryFiles) => LibraryCheck

/**
 * Looks at every shared library before it is loaded, in load order, and at the dbd file that goes
 * with it: is it for this machine and this base, can the loader find what it needs, is it the
 * version its directory says, does it export what its dbd names. Only small parts of the files are
 * read, each file once.
 */
export function checkLibraries(input: LibraryCheckInput, files: LibraryFiles): LibraryCheck {
  const libraries = openLibraries(files)
  try {
    const image = imageOf(input.base, libraries)
    const context = contextOf(input, { files, libraries, image })
    const othersBehind = (count: number) =>
      (input.otherLibraries ?? [])
        .filter(({ behind = 0 }) => behind === count)
        .flatMap((one) => checkOther(one, context))
    const found = [...checkLibraryPath(context), ...othersBehind(0)]
    const registrations = new Map<string, Registration>()
    for (const [index, module] of input.modules.entries()) {
      const { registration, diagnostics } = checkModule(module, context)
      registrations.set(module.name, registration)
      found.push(...diagnostics, ...othersBehind(index + 1))
    }
    return { registrations, diagnostics: found }
  } finally {
    libraries.close()
  }
}

interface ModuleCheck {
  readonly registration: Registration
  readonly diagnostics: readonly Diagnostic[]
}

function checkModule(module: CheckedModule, context: CheckContext): ModuleCheck {
  const { name, version, library } = module
  // require.c: without a library the dbd file is not loaded either; the resolution says so.
  if (!library) return { registration: 'none', diagnostics: [] }
  const at = placeOf(library, requesterOf(module))
  const { object, diagnostics } = openLibrary(library, at, context)
  if (!object) return { registration: 'none', diagnostics }
  const owner = `module ${name} ${version.text}`
  const found = loadLibrary({ path: library, object, owner, module: owner, at }, context)
  const registration = planRegistration(module, object, context)
  return {
    registration: registration.value,
    diagnostics: [
      ...found,
      ...checkRelease(module, object, { at, files: context.files }),
      ...registration.diagnostics,
    ],
  }
}

/** The nearest place where somebody wrote the module's name. */
function requesterOf({ requestedBy }: CheckedModule): Span | undefined {
  const places = requestedBy.map((one) =>
    one.kind === 'request' ? one.request.at : one.dependency.at,
  )
  return places.find((at) => at !== undefined)
}
