import { objectText, type SharedObject } from '../../elf/shared-object.ts'
import { type Diagnostic, diagnostic, hasErrors } from '../../text/diagnostic.ts'
import type { Span } from '../../text/span.ts'
import { type CheckContext, contextOf } from './context.ts'
import { imageOf } from './image.ts'
import type {
  CheckedModule,
  LibraryCheckInput,
  LibraryFiles,
  OtherLibrary,
  Registration,
} from './input.ts'
import { openLibraries, placeOf, unreadable } from './libraries.ts'
import { checkLibraryPath } from './library-path.ts'
import { isFor, mappedFile } from './mapped.ts'
import { checkNeeded, type Loading } from './needed.ts'
import { fileNameOf } from './paths.ts'
import { planRegistration } from './registration.ts'
import { checkRelease } from './release.ts'
import { checkSymbols } from './symbols.ts'

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
    const others = (input.otherLibraries ?? []).flatMap((one) => checkOther(one, context))
    const modules = input.modules.map((one) => checkModule(one, context))
    return {
      registrations: new Map(modules.map(({ name, registration }) => [name, registration])),
      diagnostics: [
        ...checkLibraryPath(context),
        ...others,
        ...modules.flatMap(({ diagnostics }) => diagnostics),
      ],
    }
  } finally {
    libraries.close()
  }
}

interface ModuleCheck {
  readonly name: string
  readonly registration: Registration
  readonly diagnostics: readonly Diagnostic[]
}

function checkModule(module: CheckedModule, context: CheckContext): ModuleCheck {
  const { name, version, library } = module
  // require.c: without a library the dbd file is not loaded either; the resolution says so.
  if (!library) return { name, registration: 'none', diagnostics: [] }
  const at = placeOf(library, requesterOf(module))
  const { object, diagnostics } = openLibrary(library, at, context)
  if (!object) return { name, registration: 'none', diagnostics }
  const owner = `module ${name} ${version.text}`
  const found = load({ path: library, object, owner, module: owner, at }, context)
  const registration = planRegistration(module, object, context)
  return {
    name,
    registration: registration.value,
    diagnostics: [...found, ...checkRelease(module, object, at), ...registration.diagnostics],
  }
}

/** The nearest place where somebody wrote the module's name. */
function requesterOf({ requestedBy }: CheckedModule): Span | undefined {
  const places = requestedBy.map((one) =>
    one.kind === 'request' ? one.request.at : one.dependency.at,
  )
  return places.find((at) => at !== undefined)
}

/**
 * Maps a library with those that it brings along, and checks what they need of each other and of all
 * others; missing symbols are no news if a library is missing.
 */
function load(loading: Loading, context: CheckContext): readonly Diagnostic[] {
  const { path, object } = loading
  const { brought, diagnostics } = checkNeeded(loading, context)
  context.image.add([object.soname ?? path, path], mappedFile(path, 'module', object))
  if (hasErrors(diagnostics)) return diagnostics
  return [...diagnostics, ...[loading, ...brought].flatMap((one) => checkSymbols(one, context))]
}

interface Opened {
  readonly object?: SharedObject
  readonly diagnostics: readonly Diagnostic[]
}

function openLibrary(path: string, at: Span, { libraries, image, base }: CheckContext): Opened {
  const read = libraries.read(path)
  if (!read) return { diagnostics: [unreadable(path, at)] }
  const object = read.value
  if (!object) return { diagnostics: read.diagnostics.map((one) => ({ ...one, at })) }
  if (isFor(object, image.machine) && object.type === 'shared') return { object, diagnostics: [] }
  const message = `${path} is ${objectText(object)}, this IOC runs on ${base.arch}`
  const hint = `build the module for ${base.arch}, or look for it in another root of the module tree`
  return { diagnostics: [diagnostic('LIBRARY_WRONG_ARCH', message, { at, hint })] }
}

/** A library that a `dlload` line or `LD_PRELOAD` brings in: it must not be a module's other copy. */
function checkOther(other: OtherLibrary, context: CheckContext): readonly Diagnostic[] {
  const { path, at: from, isPreloaded = false } = other
  const at = placeOf(path, from)
  const planned = context.moduleLibraries.get(fileNameOf(path))
  if (planned && context.files.realPath(planned.path) !== context.files.realPath(path)) {
    const message = `${path} is another copy of the library of ${planned.module} ${planned.version}`
    const first = isPreloaded ? path : planned.path
    const notes = [{ message: `both would be loaded, and calls go to the first one: ${first}` }]
    const what = isPreloaded ? 'take it out of LD_PRELOAD' : 'remove it'
    const hint = `${what}, require ${planned.module},${planned.version} loads the library`
    return [diagnostic('LIBRARY_OTHER_COPY', message, { at: from ?? at, notes, hint })]
  }
  if (isPreloaded) return []
  const { object, diagnostics } = openLibrary(path, at, context)
  return object ? load({ path, object, owner: path, at }, context) : diagnostics
}
