import { dirname, resolve } from 'node:path'
import type { ResolvedModule } from '../../modules/resolution.ts'
import { isReadable, type SourceReader } from '../../startup/source-reader.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import type { Span } from '../../text/span.ts'

interface Search {
  /** Absolute: that of the module. */
  readonly folder: string
  /** All that compilers read, from there or absolute. */
  readonly read: ReadonlySet<string>
  /** Modules that nobody requires. */
  readonly searched: readonly ResolvedModule[]
  readonly reader: Pick<SourceReader, 'read'>
  /** How a module is declared as required, for the help line. */
  declare(module: string): string
}

const most = 20

/**
 * What is found only because all modules are searched, as `HEADER_SEARCHED`: the headers that files of
 * the module include; of modules that only headers of others need, those that were read.
 */
export function searchedHeaders(search: Search): Diagnostic[] {
  const { read, searched, declare } = search
  const places = includesIn(search)
  const found = searched.flatMap((module) => {
    const headers = [...read].flatMap((path) => headerOf(module, path) ?? []).sort()
    const own = headers.filter((header) => places.has(header))
    return (own.length > 0 ? own : headers).map((header) => ({ module, header }))
  })
  const shown = found.slice(0, most).map(({ module: { name, version }, header }) => {
    const [at, ...others] = places.get(header) ?? []
    const files = others.length > 0 ? ` (included by ${others.length + 1} files)` : ''
    const message = `${header} belongs to ${name} ${version.text}, which is not required here${files}`
    return diagnostic('HEADER_SEARCHED', message, { at, hint: declare(name) })
  })
  const rest = found.slice(most)
  if (rest.length === 0) return shown
  const named = new Set(found.slice(0, most).map(({ module }) => module.name))
  const others = [...new Set(rest.map(({ module }) => module.name))].filter(
    (name) => !named.has(name),
  )
  const message = `${rest.length} more headers belong to modules that are not required here`
  const hint = others.map(declare).join('; ')
  return [...shown, diagnostic('HEADER_SEARCHED', message, hint === '' ? {} : { hint })]
}

/** Its name as in `#include`, if a path is in the `include` of a module; see also `foreignFolders`. */
function headerOf({ directory, archDirectory }: ResolvedModule, path: string): string | undefined {
  const folder = [directory, dirname(dirname(archDirectory))]
    .map((one) => `${one}/include/`)
    .find((one) => path.startsWith(one))
  return folder && path.slice(folder.length)
}

/** In state notation, lines for C begin with `%%`. */
const includeLine = /^([ \t]*(?:%%[ \t]*)?#[ \t]*include[ \t]*[<"])([^>"\n]+)[>"]/gm

/** Where files of the module itself include what, one place a file. */
function includesIn({ folder, read, reader }: Search): ReadonlyMap<string, readonly Span[]> {
  const places = new Map<string, Span[]>()
  const own = [...read].filter((path) => !path.startsWith('/') && !/\.(o|so|i)$/.test(path))
  for (const path of own.sort()) {
    const outcome = reader.read(resolve(folder, path))
    if (!isReadable(outcome)) continue
    const { source } = outcome
    const inFile = new Map<string, Span>()
    for (const { index, 1: before = '', 2: header = '' } of source.text.matchAll(includeLine)) {
      const start = index + before.length
      const at = { source, start, end: start + header.length }
      if (!inFile.has(header)) inFile.set(header, at)
    }
    for (const [header, at] of inFile) places.set(header, [...(places.get(header) ?? []), at])
  }
  return places
}
