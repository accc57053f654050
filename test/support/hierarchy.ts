import { type FlattenOptions, flatten } from '../../src/hierarchy/flatten.ts'
import type { FlatOrigins } from '../../src/hierarchy/origins.ts'
import type { Diagnostic } from '../../src/text/diagnostic.ts'
import { sourcesOf } from './sources.ts'

export interface Flattened {
  readonly text: string
  readonly diagnostics: readonly Diagnostic[]
  /** If they were asked for. */
  readonly origins?: FlatOrigins
}

export interface FlatSettings extends FlattenOptions {
  readonly macros?: Readonly<Record<string, string>>
  readonly includePath?: string
}

/** Flattens `main.vdb` of files by name, which are all in `/here`; without markers if not asked for. */
export function flattenTexts(
  files: Readonly<Record<string, string>>,
  { macros = {}, includePath, ...options }: FlatSettings = {},
): Flattened {
  const byPath = Object.fromEntries(
    Object.entries(files).map(([name, text]) => [`/here/${name}`, text]),
  )
  const reader = sourcesOf(byPath)
  const path = '/here/main.vdb'
  const top = reader.read(path)
  if (!('source' in top)) throw new Error('main.vdb is missing')
  const { value, diagnostics } = flatten({
    top: { path, source: top.source, from: undefined },
    ...{ files: reader, roots: { cwd: '/here', includePath } },
    macros: new Map(Object.entries(macros)),
    options: { markers: false, ...options },
  })
  const { origins } = value
  return { text: value.pieces.join(''), diagnostics, ...(origins && { origins }) }
}
