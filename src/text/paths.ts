/** An absolute path, `.` and `..` resolved as text; `directory` is absolute. */
export function resolvePath(directory: string, path: string): string {
  if (path.startsWith('/') && !isOdd.test(path)) return path
  const parts: string[] = []
  for (const part of (path.startsWith('/') ? path : `${directory}/${path}`).split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return `/${parts.join('/')}`
}

/** An absolute path, with `..` and a slash at the end as they are: what they mean the system knows. */
export function joinPath(directory: string, path: string): string {
  const joined = path.startsWith('/') ? path : `${directory}/${path}`
  if (!isOdd.test(joined)) return joined
  return joined.replace(/\/(?:\.?\/)+/g, '/').replace(/\/\.$/, '/')
}

/** Empty parts, parts that begin with a point, a slash at the end. */
const isOdd = /\/(?:[/.]|$)/

/** The directory of an absolute path. */
export function directoryOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '/'
}

/** The last part of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** A directory and all above it, up to the root. */
export function* foldersUp(directory: string): Generator<string> {
  let folder = directory
  for (; folder !== '/'; folder = directoryOf(folder)) yield folder
  yield folder
}
