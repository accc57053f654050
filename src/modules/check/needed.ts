import type { SharedObject } from '../../elf/shared-object.ts'
import { type Diagnostic, diagnostic, type Note } from '../../text/diagnostic.ts'
import type { Span } from '../../text/span.ts'
import type { CheckContext } from './context.ts'
import { placeOf } from './libraries.ts'
import { firstSuitable, type Mapped, mappedFile } from './mapped.ts'
import { fileNameOf } from './paths.ts'
import { type Loader, searchPath } from './search-path.ts'

/** A library that is about to be mapped, and whom it belongs to. */
export interface Loading extends Loader {
  /** E.g. `module asyn 4.42.0`, or the path of another library. */
  readonly owner: string
  /** The module that it is loaded for, if it is one, in the same words. */
  readonly module?: string | undefined
  readonly at: Span
}

/** What a library needs. */
export interface Needed {
  /** Files that are mapped with it: neither of base nor of the system, nor mapped before. */
  readonly brought: readonly Loading[]
  readonly diagnostics: readonly Diagnostic[]
}

/** Libraries of EPICS base and of the packages that are built and released with it. */
const baseLibrary =
  /^lib(Com|ca|cas|gdd|dbCore|dbIoc|dbStaticIoc|dbStaticHost|dbRecStd|pvData|pvAccess|pvAccessCA|pvAccessIOC|pvaClient|pvDatabase|nt|qsrv|pvxs|pvxsIoc|Cap5)\.so(\.|$)/

/**
 * Follows the libraries that a library needs, and those that they need in turn, as the loader will
 * do, and adds them to the image. Three things go wrong: the library belongs to another base, it
 * is a second copy of a module's library, or it cannot be found.
 */
export function checkNeeded(loading: Loading, context: CheckContext): Needed {
  const otherBase: Need[] = []
  const diagnostics: Diagnostic[] = []
  const brought: Loading[] = []
  const queue: Need[] = needsOf(loading)
  for (let need = queue.shift(); need; need = queue.shift()) {
    const outcome = resolveNeed(need, context)
    if (outcome.kind === 'other base') otherBase.push(need)
    if (outcome.kind === 'wrong') diagnostics.push(outcome.diagnostic())
    if (outcome.kind !== 'file') continue
    const one = broughtBy(need.by, outcome, loading)
    brought.push(one)
    queue.push(...needsOf(one))
  }
  const [first] = otherBase
  const wrong = first ? [wrongBase(loading, otherBase, context)] : []
  return { brought, diagnostics: [...wrong, ...diagnostics] }
}

interface Need {
  readonly name: string
  /** The library that needs it. */
  readonly by: Loader
}

type Outcome =
  | { readonly kind: 'mapped' | 'other base' }
  | { readonly kind: 'wrong'; diagnostic(): Diagnostic }
  | { readonly kind: 'file'; readonly path: string; readonly object: SharedObject }

function needsOf(by: Loader): Need[] {
  return by.object.needed.map((name) => ({ name, by }))
}

function broughtBy(
  loadedBy: Loader,
  { path, object }: Pick<Loading, 'path' | 'object'>,
  { module, at }: Pick<Loading, 'module' | 'at'>,
): Loading {
  return { path, object, loadedBy, owner: path, module, at: placeOf(path, at.from?.at) }
}

/** Paths from the module's library to the one that needs something. */
function chainOf(by: Loader): string[] {
  return [...(by.loadedBy ? chainOf(by.loadedBy) : []), by.path]
}

function resolveNeed(need: Need, context: CheckContext): Outcome {
  const { image, base } = context
  if (image.find(need.name)) return { kind: 'mapped' }
  if (isOfOtherBase(need.name, base.libraries)) return { kind: 'other base' }
  const { found, tried } = searchLibrary(need.name, need.by, context)
  const object = found?.object()
  if (!found || !object) return { kind: 'wrong', diagnostic: () => notFound(need, tried, context) }
  const copied = copyOf(need, { path: found.path, object }, context)
  if (copied) return { kind: 'wrong', diagnostic: () => otherCopy(need, found, copied) }
  image.add([need.name, object.soname ?? need.name], found)
  return found.from === 'system' ? { kind: 'mapped' } : { kind: 'file', path: found.path, object }
}

/** What a search has found, and the folders in which it looked before those of the system. */
export interface LibrarySearch {
  readonly found: Mapped | undefined
  readonly tried: readonly string[]
}

/**
 * The file that the loader would take; a name with a slash is a path.
 *
 * @param by who needs it
 */
export function searchLibrary(
  name: string,
  by: Loader | undefined,
  context: CheckContext,
): LibrarySearch {
  const { libraries, image } = context
  const isPath = name.includes('/')
  const tried = [...new Set(searchPath(by, context))]
  const paths = isPath ? [name] : tried.map((folder) => `${folder}/${name}`)
  const own = firstSuitable(paths, libraries, image.machine)
  const object = own?.object()
  if (own && object) return { found: mappedFile(own.path, 'module', object), tried }
  const ofSystem = isPath ? [] : libraries.systemPaths(name)
  return { found: firstSuitable(ofSystem, libraries, image.machine), tried }
}

/** What a file is a second copy of: a module's library, or one that is loaded by another name. */
function copyOf(
  { name }: Need,
  { path, object }: Pick<Loading, 'path' | 'object'>,
  context: CheckContext,
): Copied | undefined {
  const planned = context.moduleLibraries.get(name)
  const loaded = context.image.find(object.soname ?? name)
  const isSame = (other: string): boolean => isSameFile(other, path, context)
  if (planned && !isSame(planned.path)) {
    return { path: planned.path, owner: `${planned.module} ${planned.version}` }
  }
  if (loaded && loaded.from !== 'system' && !isSame(loaded.path)) {
    return { path: loaded.path, owner: loaded.from === 'base' ? 'the running base' : loaded.path }
  }
  return undefined
}

interface Copied {
  readonly path: string
  readonly owner: string
}

/** A library of base that the running base has under another name: made for another release. */
function isOfOtherBase(name: string, own: readonly string[]): boolean {
  const stem = baseLibrary.exec(name)?.[1]
  if (stem === undefined || own.includes(name)) return false
  return own.some((one) => one.startsWith(`lib${stem}.so`)) || /^(Com|ca|dbCore)$/.test(stem)
}

function wrongBase(loading: Loading, needs: readonly Need[], context: CheckContext): Diagnostic {
  const names = [...new Set(needs.map(({ name }) => name))]
  const own = names.map((name) => {
    const stem = `${name.split('.so')[0]}.so`
    return context.base.libraries.find((one) => one.startsWith(`${stem}.`)) ?? stem
  })
  return diagnostic(
    'LIBRARY_OTHER_BASE',
    `${loading.owner} is built for another base: it needs ${names.join(', ')}`,
    {
      at: loading.at,
      notes: [
        { message: `the running base has ${own.join(', ')}`, at: placeOf(loading.path) },
        {
          message:
            'two copies of libCom in one process corrupt the heap; the module must be built for this base',
        },
        ...needs.flatMap(throughNotes),
      ],
      hint: 'build the module again with this base, or start the base it was built for: iocsh --base <base>',
    },
  )
}

function throughNotes({ name, by }: Need): Note[] {
  return by.loadedBy ? [throughNote(name, by)] : []
}

/** How it comes that a library is loaded. */
export function throughNote(name: string, by: Loader): Note {
  return { message: `${name} is needed through ${chainOf(by).map(fileNameOf).join(' > ')}` }
}

function isSameFile(a: string, b: string, { files }: CheckContext): boolean {
  return a === b || files.realPath(a) === files.realPath(b)
}

function otherCopy(need: Need, found: Mapped, { owner, path }: Copied): Diagnostic {
  const message = `${need.by.path} would load a second ${need.name}, not that of ${owner}`
  return diagnostic('LIBRARY_OTHER_COPY', message, {
    at: placeOf(need.by.path),
    notes: [
      { message: `the loader finds ${found.path}` },
      { message: `that of ${owner} is ${path}`, at: placeOf(path) },
    ],
    hint: `build it again against ${owner}, without a run path to another version`,
  })
}

function notFound(need: Need, tried: readonly string[], context: CheckContext): Diagnostic {
  const { name, by } = need
  const { what, hint } = whereabouts(name, context)
  return diagnostic('LIBRARY_NOT_FOUND', `${what}, ${by.path} needs it`, {
    at: placeOf(by.path),
    notes: [searchedIn(tried), ...throughNotes(need)],
    hint,
  })
}

/** Where a library was not found. */
export function searchedIn(tried: readonly string[]): Note {
  return { message: `searched in ${[...tried, 'the folders of the system'].join(', ')}` }
}

/** Where a library is that the loader does not find, and what to do. */
function whereabouts(
  name: string,
  { base, moduleLibraries, otherModules }: CheckContext,
): { readonly what: string; readonly hint: string } {
  if (base.libraries.includes(name)) {
    const hint = `put ${base.libraryDirectory} into LD_LIBRARY_PATH`
    return { what: `${name} of this base is not found by the loader`, hint }
  }
  const owner =
    moduleLibraries.get(name) ?? otherModules().find(({ path }) => fileNameOf(path) === name)
  if (owner) {
    const { module, version } = owner
    return {
      what: `${name} of module ${module} ${version} is not loaded`,
      hint: `load ${module} first: add the line "${module} ${version}" to the .dep file`,
    }
  }
  return {
    what: `${name} is not installed`,
    hint: `install the package that contains ${name}, or put its folder into LD_LIBRARY_PATH`,
  }
}
