import type { SourceReader } from '../../src/startup/source-reader.ts'
import { baseName, directoryOf } from '../../src/text/paths.ts'

/** Files by absolute path; directories are the folders of the files. */
export function sourcesOf(files: Readonly<Record<string, string>>, cwd = '/here'): SourceReader {
  const paths = Object.keys(files)
  const directories = new Set(['/', cwd])
  for (const path of paths) {
    for (let up = directoryOf(path); up !== '/'; up = directoryOf(up)) directories.add(up)
  }
  const read = new Map(
    Object.entries(files).map(([path, text]) => {
      const hasByteOrderMark = text.startsWith('\ufeff')
      const name = path.startsWith(`${cwd}/`) ? path.slice(cwd.length + 1) : path
      const source = hasByteOrderMark
        ? { name, text: text.slice(1), hasByteOrderMark }
        : { name, text }
      return [path, { source, isStream: false }]
    }),
  )
  return {
    read: (path) =>
      read.get(path) ??
      (directories.has(path)
        ? { reason: 'it is a directory', isMissing: false }
        : { reason: 'no such file or directory', isMissing: true }),
    kindOf: (path) => (read.has(path) ? 'file' : directories.has(path) ? 'directory' : undefined),
    list: (directory) =>
      paths.filter((path) => directoryOf(path) === directory).map((path) => baseName(path)),
    realPath: (path) => path,
  }
}
