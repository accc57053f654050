import type { Diagnostic, Note } from '../../text/diagnostic.ts'
import type { Span } from '../../text/span.ts'
import type { LibraryFiles } from '../check/input.ts'
import type { ModuleTreeReader, TreeEntry } from '../tree-reader.ts'

/** A directory that is not in its place yet. */
export interface Overlay {
  /** Absolute: where it will be, `<root>/<module>/<version>`. */
  readonly place: string
  /** Absolute: where it is now. */
  readonly directory: string
}

/** The tree as it will be once the directory is in its place. */
export function overlayReader(reader: ModuleTreeReader, overlay: Overlay): ModuleTreeReader {
  const here = (path: string): string => actualPath(overlay, path)
  const parts = overlay.place.split('/')
  return {
    list(directory) {
      const listing = reader.list(here(directory))
      const name = parts.at(directory.split('/').length)
      const isAbove = name !== undefined && overlay.place.startsWith(`${directory}/`)
      if (!isAbove) return listing
      const entries = listing?.entries ?? []
      const added: TreeEntry = { name, kind: 'directory' }
      return { ...listing, entries: [...entries.filter((one) => one.name !== name), added] }
    },
    isDirectory: (path) => reader.isDirectory(here(path)) || overlay.place.startsWith(`${path}/`),
    isFile: (path) => reader.isFile(here(path)),
    // Where it will be is what counts, not where a link in the stage leads.
    realPath: (path) => (here(path) === path ? reader.realPath(path) : path),
    readText: (path) => reader.readText(here(path)),
  }
}

/** The same for the check of libraries. */
export function overlayFiles(files: LibraryFiles, overlay: Overlay): LibraryFiles {
  const here = (path: string): string => actualPath(overlay, path)
  return {
    open: (path) => files.open(here(path)),
    exists: (path) => files.exists(here(path)),
    text: (path) => files.text(here(path)),
    realPath: (path) => files.realPath(here(path)),
  }
}

/** A message about the place, told about where the files are now: those can be looked at. */
export function relocated(one: Diagnostic, overlay: Overlay): Diagnostic {
  const text = (words: string): string => words.replaceAll(overlay.place, overlay.directory)
  const note = ({ message, at }: Note): Note => ({
    message: text(message),
    ...(at && { at: relocatedSpan(at, overlay) }),
  })
  const { at, hint } = one
  return {
    ...one,
    ...{ message: text(one.message), notes: one.notes.map(note) },
    ...(at && { at: relocatedSpan(at, overlay) }),
    ...(hint && { hint: text(hint) }),
  }
}

function relocatedSpan(span: Span, overlay: Overlay): Span {
  const { source, from } = span
  return {
    ...span,
    source: { ...source, name: actualPath(overlay, source.name) },
    ...(from && { from: { ...from, at: relocatedSpan(from.at, overlay) } }),
  }
}

function actualPath({ place, directory }: Overlay, path: string): string {
  if (path === place) return directory
  return path.startsWith(`${place}/`) ? `${directory}${path.slice(place.length)}` : path
}
