import { baseName, directoryOf, joinPath } from '../text/paths.ts'
import type { SourceReader } from './source-reader.ts'

/**
 * An absolute path for a path as the IOC gives it to the system: `..` behind a link leads out of the
 * folder that the link leads to, and is left where there is no folder to go out of. A slash at the
 * end stays: no file has such a name.
 */
export function followPath(directory: string, path: string, reader: Folders): string {
  const joined = joinPath(directory, path)
  const [head = '', ...tails] = joined.split(/\/\.\.(?=\/|$)/)
  let at = head
  for (const tail of tails) {
    const above = folderAbove(at || '/', reader)
    if (above === undefined) return joined
    at = (above === '/' ? '' : above) + tail
  }
  return at || '/'
}

/** The same for a path that names a folder, for which a slash at the end means nothing. */
export function followFolder(directory: string, path: string, reader: Folders): string {
  return followPath(directory, path, reader).replace(/(?<=.)\/$/, '')
}

type Folders = Pick<SourceReader, 'kindOf' | 'realPath'>

/** What `..` of a folder is: by its name, unless this is a link. */
function folderAbove(folder: string, reader: Folders): string | undefined {
  if (reader.kindOf(folder) !== 'directory') return undefined
  const above = directoryOf(folder)
  const real = reader.realPath(folder)
  const isLink = real !== folder && real !== joinPath(reader.realPath(above), baseName(folder))
  return isLink ? directoryOf(real) : above
}
