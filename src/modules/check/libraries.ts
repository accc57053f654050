import { cachedPaths } from '../../elf/loader-cache.ts'
import { objectText, readElf, type SharedObject } from '../../elf/shared-object.ts'
import { type Diagnostic, diagnostic, type Result } from '../../text/diagnostic.ts'
import { type Span, spanOf } from '../../text/span.ts'
import type { LibraryFiles, OpenFile } from './input.ts'

/** The shared libraries of this machine, each opened and read once. */
export interface Libraries {
  /** The library of a path, or why it is none; nothing at all if there is no such file. */
  read(path: string): Result<SharedObject | undefined> | undefined
  /** Paths of a library of the system, by the loader's cache and then its usual directories. */
  systemPaths(name: string): readonly string[]
  /** Closes all files. */
  close(): void
}

/** Opens libraries when they are first asked for and keeps them open: symbols are read later. */
export function openLibraries(files: LibraryFiles): Libraries {
  const known = new Map<string, Result<SharedObject | undefined> | undefined>()
  const open: OpenFile[] = []
  let cache: Uint8Array | undefined
  return { read, systemPaths, close }

  function read(path: string): Result<SharedObject | undefined> | undefined {
    if (known.has(path)) return known.get(path)
    const file = files.open(path)
    if (file) open.push(file)
    const result = file && readElf(file, placeOf(path))
    known.set(path, result)
    return result
  }

  function systemPaths(name: string): readonly string[] {
    cache ??= readWhole(files, '/etc/ld.so.cache')
    return [...cachedPaths(cache, name), ...systemDirectories.map((one) => `${one}/${name}`)]
  }

  function close(): void {
    for (const file of open.splice(0)) file.close()
  }
}

/** Where ld.so looks without being told (`man 8 ld.so`), with the multiarch folders of Debian. */
const systemDirectories: readonly string[] = [
  '/lib/x86_64-linux-gnu',
  '/usr/lib/x86_64-linux-gnu',
  '/lib/aarch64-linux-gnu',
  '/usr/lib/aarch64-linux-gnu',
  '/lib64',
  '/usr/lib64',
  '/lib',
  '/usr/lib',
]

function readWhole(files: LibraryFiles, path: string): Uint8Array {
  const file = files.open(path)
  if (!file) return new Uint8Array(0)
  const bytes = file.read(0, Math.min(file.size, 2 ** 24))
  file.close()
  return bytes
}

/** The place that stands for a binary file as a whole. */
export function placeOf(path: string, from?: Span): Span {
  const at = spanOf({ name: path, text: '' })
  return from ? { ...at, from: { message: 'required here', at: from } } : at
}

/** The diagnostic of a file that cannot be opened. */
export function unreadable(path: string, at: Span): Diagnostic {
  return diagnostic('FILE_UNREADABLE', `${path} cannot be read`, {
    at,
    hint: `ls -l ${path}`,
  })
}

/** The diagnostic of an executable, an object file or a dump in the place of a library. */
export function notShared(path: string, object: SharedObject, at: Span): Diagnostic | undefined {
  if (object.type === 'shared') return undefined
  const message = `${path} is not a shared library: it is ${objectText(object)}`
  return diagnostic('ELF_INVALID', message, { at, hint: 'build or install the module again' })
}
