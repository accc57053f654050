import type { ArchMachine } from '../../elf/machine.ts'
import type { SharedObject } from '../../elf/shared-object.ts'
import { resolvePath } from '../../text/paths.ts'
import type { CheckContext } from './context.ts'
import { directoryOf } from './paths.ts'

/** A library that needs others, and who made the loader load it. */
export interface Loader {
  readonly path: string
  readonly object: SharedObject
  readonly loadedBy?: Loader | undefined
}

/**
 * The folders in which ld.so searches what a library needs, without those of the system: the RPATH of
 * the library, of who loaded it and so on up to the executable, if the library has no RUNPATH; then
 * LD_LIBRARY_PATH; then the RUNPATH of the library alone (man 8 ld.so; glibc, `_dl_map_object`).
 */
export function* searchPath(by: Loader | undefined, context: CheckContext): Generator<string> {
  const { base, image, libraryPath } = context
  const runpath = by?.object.runpath ?? []
  if (runpath.length === 0) {
    for (const one of loadersOf(by, context)) yield* expanded(rpathOf(one.object), one, image)
  }
  yield* libraryPath
  if (by) yield* expanded(runpath, by, image)
  // Without the executable nobody knows: that of base has its own libraries in its RPATH.
  if (!base.executable) yield base.libraryDirectory
}

/** The library, those that it was loaded for, libCom, which calls `dlopen`, and the executable. */
function* loadersOf(by: Loader | undefined, context: CheckContext): Generator<Loader> {
  for (let one = by; one; one = one.loadedBy) yield one
  yield* libComOf(context)
  yield* executableOf(context)
}

/** Who asks the loader for the libraries of `dlload` lines. */
export function callerOfDlopen(context: CheckContext): Loader | undefined {
  return libComOf(context)[0] ?? executableOf(context)[0]
}

function libComOf({ base, libraries }: CheckContext): Loader[] {
  const name = base.libraries.find((one) => one.startsWith('libCom.so.'))
  const path = `${base.libraryDirectory}/${name}`
  const object = name === undefined ? undefined : libraries.read(path)?.value
  return object ? [{ path, object }] : []
}

function executableOf({ base, files, libraries }: CheckContext): Loader[] {
  const object = base.executable ? libraries.read(base.executable)?.value : undefined
  // Of the executable the loader knows the path without links, of libraries that which it opened.
  return base.executable && object ? [{ path: files.realPath(base.executable), object }] : []
}

/** gABI: an object that has both is searched by its RUNPATH. */
function rpathOf({ rpath, runpath }: SharedObject): readonly string[] {
  return runpath.length === 0 ? rpath : []
}

function* expanded(
  entries: readonly string[],
  { path }: Loader,
  { machine }: CheckContext['image'],
): Generator<string> {
  for (const entry of entries) {
    for (const folder of withTokens(entry, directoryOf(path), machine)) {
      yield folder.startsWith('/') ? resolvePath('/', folder) : folder
    }
  }
}

/**
 * `man 8 ld.so`, dynamic string tokens. What `$LIB` is was decided when ld.so was built: each of the
 * names that distributions use is tried.
 */
function withTokens(entry: string, origin: string, machine: ArchMachine | undefined): string[] {
  const cpu = machine?.machine ?? ''
  const text = entry
    .replace(/\$ORIGIN\b|\$\{ORIGIN\}/g, () => origin)
    .replace(/\$PLATFORM\b|\$\{PLATFORM\}/g, () => cpu)
  const names = [`lib/${cpu}-linux-gnu`, machine?.bits === 32 ? 'lib32' : 'lib64', 'lib']
  const lib = /\$LIB\b|\$\{LIB\}/g
  return lib.test(text) ? names.map((name) => text.replace(lib, () => name)) : [text]
}
