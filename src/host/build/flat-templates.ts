import { resolve } from 'node:path'
import { encodingOf } from '../../hierarchy/encoding.ts'
import { flatten } from '../../hierarchy/flatten.ts'
import { toBytes } from '../../macro/bytes.ts'
import { isHierarchy } from '../../startup/file-types.ts'
import { isReadable, type SourceReader } from '../../startup/source-reader.ts'
import { type Diagnostic, hasErrors } from '../../text/diagnostic.ts'
import type { HostMsiFiles } from '../msi-files.ts'

/** Where hierarchical databases are read, and what they expand is searched. */
export interface FlatTemplates {
  readonly reader: SourceReader
  /** Absolute. */
  readonly cwd: string
  /** Absolute. */
  readonly folders: readonly string[]
  /** Takes what is wrong in a hierarchy. */
  readonly diagnostics: Diagnostic[]
}

/**
 * Files for msi that are flat: a `.vdb` is a template as any other, its templates and ports are
 * expanded before msi puts the macros in that the hierarchy leaves open.
 */
export function withFlatTemplates(files: HostMsiFiles, templates: FlatTemplates): HostMsiFiles {
  return {
    ...files,
    read: (path) =>
      path !== undefined && isHierarchy(path)
        ? readFlat(resolve(templates.cwd, path), templates)
        : files.read(path),
  }
}

function readFlat(
  path: string,
  { reader, cwd, folders, diagnostics }: FlatTemplates,
): ReturnType<HostMsiFiles['read']> {
  const read = reader.read(path)
  if (!isReadable(read)) return read
  const { value, diagnostics: found } = flatten({
    top: { path, source: read.source, from: undefined },
    files: reader,
    roots: { cwd, includePath: folders.join(':') },
    macros: new Map(),
    options: { markers: false },
  })
  diagnostics.push(...found)
  if (hasErrors(found)) return { reason: 'it cannot be made flat' }
  const text = value.pieces.join('')
  return { text: encodingOf(value.sources) === 'latin1' ? text : toBytes(text) }
}
