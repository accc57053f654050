import type { SharedObject } from '../../elf/shared-object.ts'
import { type Diagnostic, diagnostic, type Note } from '../../text/diagnostic.ts'
import type { CheckContext } from './context.ts'
import { placeOf } from './libraries.ts'
import { firstSuitable, type Mapped, mappedFile } from './mapped.ts'
import { directoryOf, fileNameOf } from './paths.ts'

/** A library that is about to be mapped, and whom it belongs to. */
export interface Loading {
  readonly path: string
  readonly object: SharedObject
  /** E.g. `module asyn 4.42.0`, or the path of another library. */
  readonly owner: string
  readonly at: Diagnostic['at']
}

/** Libraries of EPICS base and of the packages that are built and released with it. */
const baseLibrary =
  /^lib(Com|ca|cas|gdd|dbCore|dbIoc|dbStaticIoc|dbStaticHost|dbRecStd|pvData|pvAccess|pvAccessCA|pvAccessIOC|pvaClient|pvDatabase|nt|qsrv|pvxs|pvxsIoc|Cap5)\.so(\.|$)/

/**
 * Follows the libraries that a library needs, and those that they need in turn, as the loader will
 * do, and adds them to the image. Three things go wrong: the library belongs to another base, it
 * is a second copy of a module's library, or it cannot be found.
 */
export function checkNeeded(loading: Loading, context: CheckContext): Diagnostic[] {
  const otherBase: Need[] = []
  const diagnostics: Diagnostic[] = []
  const queue: Need[] = needsOf(loading, [])
  for (let need = queue.shift(); need; need = queue.shift()) {
    const outcome = resolveNeed(need, context)
    if (outcome.kind === 'other base') otherBase.push(need)
    if (outcome.kind === 'wrong') diagnostics.push(outcome.diagnostic())
    if (outcome.kind === 'file') queue.push(...needsOf(outcome, need.chain))
  }
  const [first] = otherBase
  return first ? [wrongBase(loading, otherBase, context), ...diagnostics] : diagnostics
}

interface Need {
  readonly name: string
  /** The library that needs it. */
  readonly by: Pick<Loading, 'path' | 'object'>
  /** Paths from the module's library to the one that needs it. */
  readonly chain: readonly string[]
}

type Outcome =
  | { readonly kind: 'mapped' | 'other base' }
  | { readonly kind: 'wrong'; diagnostic(): Diagnostic }
  | { readonly kind: 'file'; readonly path: string; readonly object: SharedObject }

function needsOf(by: Pick<Loading, 'path' | 'object'>, chain: readonly string[]): Need[] {
  return by.object.needed.map((name) => ({ name, by, chain: [...chain, by.path] }))
}

function resolveNeed(need: Need, context: CheckContext): Outcome {
  const { image, base } = context
  if (image.find(need.name)) return { kind: 'mapped' }
  if (isOfOtherBase(need.name, base.libraries)) return { kind: 'other base' }
  const tried = [...searchPath(need, context)]
  const found = locate(need, tried, context)
  const object = found?.object()
  if (!found || !object) return { kind: 'wrong', diagnostic: () => notFound(need, tried, context) }
  const copied = copyOf(need, { path: found.path, object }, context)
  if (copied) return { kind: 'wrong', diagnostic: () => otherCopy(need, found, copied) }
  image.add([need.name, object.soname ?? need.name], found)
  return found.from === 'system' ? { kind: 'mapped' } : { kind: 'file', path: found.path, object }
}

/** The file that the loader would take; a name with a slash is a path. */
function locate(
  { name }: Need,
  folders: readonly string[],
  { libraries, image }: CheckContext,
): Mapped | undefined {
  const paths = name.includes('/') ? [name] : folders.map((folder) => `${folder}/${name}`)
  const own = firstSuitable(paths, libraries, image.machine)
  const object = own?.object()
  if (own && object) return mappedFile(own.path, 'module', object)
  return name.includes('/')
    ? undefined
    : firstSuitable(libraries.systemPaths(name), libraries, image.machine)
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

/** man 8 ld.so: RPATH (if there is no RUNPATH), LD_LIBRARY_PATH, RUNPATH; then the system's. */
function* searchPath({ by }: Need, { libraryPath, base }: CheckContext): Generator<string> {
  const { rpath, runpath } = by.object
  const expand = (one: string): string =>
    one.replace(/\$ORIGIN|\$\{ORIGIN\}/g, directoryOf(by.path)).replace(/\/+$/, '')
  if (runpath.length === 0) yield* rpath.map(expand)
  yield* libraryPath
  yield* runpath.map(expand)
  yield base.libraryDirectory
}

function wrongBase(loading: Loading, needs: readonly Need[], context: CheckContext): Diagnostic {
  const names = [...new Set(needs.map(({ name }) => name))]
  const own = names.map((name) => {
    const stem = `${name.split('.so')[0]}.so`
    return context.base.libraries.find((one) => one.startsWith(`${stem}.`)) ?? stem
  })
  const through = needs.filter(({ chain }) => chain.length > 1)
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
        ...through.map(({ name, chain }) => throughNote(name, chain)),
      ],
      hint: 'build the module again with this base, or start the base it was built for: iocsh --base <base>',
    },
  )
}

function throughNote(name: string, chain: readonly string[]): Note {
  return { message: `${name} is needed through ${chain.map(fileNameOf).join(' > ')}` }
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
  const later = context.moduleLibraries.get(need.name)
  const hint = later
    ? `load ${later.module} first: add the line "${later.module} ${later.version}" to the .dep file`
    : `install the package that contains ${need.name}, or put its folder into LD_LIBRARY_PATH`
  return diagnostic(
    'LIBRARY_NOT_FOUND',
    `${need.name} is not installed, ${need.by.path} needs it`,
    {
      at: placeOf(need.by.path),
      notes: [
        { message: `searched in ${[...new Set(tried)].join(', ')} and the folders of the system` },
        ...(need.chain.length > 1 ? [throughNote(need.name, need.chain)] : []),
      ],
      hint,
    },
  )
}
