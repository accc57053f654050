import {
  closeSync,
  fchmodSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'

/**
 * Writes a file that a command makes: nobody ever reads half of it, and the old one stays if it
 * cannot be written. Links are followed; devices and pipes are written directly.
 *
 * @throws if the file cannot be written
 */
export function writeOutput(path: string, pieces: Iterable<Buffer>): void {
  const place = realPath(path)
  const before = statSync(place, { throwIfNoEntry: false })
  if (before && !before.isFile()) {
    writeTo(place, 'w', { pieces })
    return
  }
  const draft = `${place}.${process.pid}~`
  try {
    writeTo(draft, 'wx', { pieces, mode: before?.mode })
    renameSync(draft, place)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
}

function writeTo(
  path: string,
  flags: 'w' | 'wx',
  { pieces, mode }: { pieces: Iterable<Buffer>; mode?: number | undefined },
): void {
  const file = openSync(path, flags)
  try {
    if (mode !== undefined) fchmodSync(file, mode & 0o7777)
    for (const piece of pieces) {
      for (let at = 0; at < piece.length; ) at += writeSync(file, piece, at)
    }
    if (flags === 'wx') fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}
