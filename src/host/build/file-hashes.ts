import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'

/** A file as it was when it was read. */
export interface KnownFile {
  readonly size: number
  readonly modified: number
  readonly changed: number
  readonly hash: string
}

/** Hashes of files; each file is looked at once. */
export interface FileHashes {
  /** SHA-256 as hexadecimal digits; undefined if there is no such file. */
  of(path: string): string | undefined
  /** A file that was just made is looked at again. */
  forget(path: string): void
  /** Whether a file was read: there is something new to be remembered. */
  hasNews(): boolean
  /** What is worth to be remembered for the next time. */
  entries(): [path: string, known: KnownFile][]
}

/** A file that was changed so shortly before may change again without another time. */
const clockResolution = 50

/** @param entries - what is known from before: files with the same size and times are not read again */
export function openFileHashes(
  entries: readonly (readonly [path: string, known: KnownFile])[] = [],
): FileHashes {
  const before = new Map(entries)
  const known = new Map<string, KnownFile | undefined>()
  return {
    of(path) {
      if (!known.has(path)) known.set(path, look(path, before.get(path)))
      return known.get(path)?.hash
    },
    forget: (path) => void known.delete(path),
    hasNews: () => [...known].some(([path, file]) => file !== before.get(path)),
    entries() {
      const latest = Date.now() - clockResolution
      return [...known].flatMap(([path, file]): [string, KnownFile][] =>
        file && file.changed < latest ? [[path, file]] : [],
      )
    },
  }
}

function look(path: string, before: KnownFile | undefined): KnownFile | undefined {
  try {
    const stat = statSync(path, { throwIfNoEntry: false })
    if (!stat?.isFile()) return undefined
    const { size, mtimeMs: modified, ctimeMs: changed } = stat
    const isSame =
      before?.size === size && before.modified === modified && before.changed === changed
    return isSame ? before : { size, modified, changed, hash: hashOf([readFileSync(path)]) }
  } catch {
    return undefined
  }
}

/** One hash of several texts; where one ends and the next begins counts. */
export function hashOf(parts: readonly (string | Buffer)[]): string {
  const hash = createHash('sha256')
  for (const part of parts) {
    if (parts.length > 1) hash.update(`${part.length}:`)
    hash.update(part)
  }
  return hash.digest('hex')
}
