import { isUtf8 } from 'node:buffer'
import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs'
import type { ReadText, SourceReader, Unreadable } from '../startup/source-reader.ts'
import { memo } from '../text/memo.ts'
import type { Source } from '../text/source.ts'
import { errnoOf, reasonOf } from './errors.ts'
import { namesIn } from './list-directory.ts'

/** Nobody writes a startup script or database that long; devices such as /dev/zero are. */
const largest = 256 * 1024 * 1024

/**
 * Reads files of this machine, each once.
 *
 * @param cwd - files below it are shown with their path from here
 */
export function createSourceReader(cwd: string): SourceReader {
  return {
    read: memo((path: string) => readText(path, shownAs(path, cwd))),
    kindOf: memo(kindOf),
    list: namesIn,
    realPath: memo(followLinks),
  }
}

function shownAs(path: string, cwd: string): string {
  return path.startsWith(`${cwd}/`) ? path.slice(cwd.length + 1) : path
}

function readText(path: string, name: string): ReadText | Unreadable {
  try {
    const { bytes, isStream } = readBytes(path)
    if (bytes.includes(0))
      return { reason: 'it holds NUL bytes, so it is not text', isMissing: false }
    const encoding = isUtf8(bytes) ? 'utf8' : 'latin1'
    const text = bytes.toString(encoding)
    return { source: withoutMark(name, text, encoding), isStream }
  } catch (error) {
    return { reason: reasonOf(error), isMissing: ['ENOENT', 'ENOTDIR'].includes(errnoOf(error)) }
  }
}

function withoutMark(name: string, text: string, encoding: 'utf8' | 'latin1'): Source {
  const isMarked = text.startsWith('\ufeff')
  return isMarked
    ? { name, text: text.slice(1), encoding, hasByteOrderMark: true }
    : { name, text, encoding }
}

function readBytes(path: string): { bytes: Buffer; isStream: boolean } {
  const isInherited = inherited.test(path)
  // A named pipe without a writer would be waited for.
  const file = openSync(path, constants.O_RDONLY | (isInherited ? 0 : constants.O_NONBLOCK))
  try {
    const stat = fstatSync(file)
    if (!isInherited && stat.isFIFO()) throw new Error('it is a named pipe')
    if (stat.size > largest) throw new Error('it is larger than 256 MiB')
    const isStream = !stat.isFile() && !stat.isDirectory()
    // Files of /proc say that they are empty.
    const hasSize = !isStream && stat.size > 0
    return { bytes: hasSize ? readWhole(file, stat.size) : readStream(file), isStream }
  } finally {
    closeSync(file)
  }
}

/** Pipes that the caller has opened: `iocsh <(command)`. */
const inherited = /^\/(?:dev\/(?:fd\/|stdin$)|proc\/[^/]+\/fd\/)/

/** The state of the file is known: `readFileSync` would ask for it again, for each of many scripts. */
function readWhole(file: number, size: number): Buffer {
  const bytes = Buffer.allocUnsafe(size)
  let length = 0
  while (length < size) {
    const read = readSync(file, bytes, length, size - length, null)
    if (read === 0) break
    length += read
  }
  return bytes.subarray(0, length)
}

function readStream(file: number): Buffer {
  const chunks: Buffer[] = []
  let total = 0
  for (;;) {
    const chunk = Buffer.alloc(65_536)
    const length = readSync(file, chunk)
    if (length === 0) return Buffer.concat(chunks)
    total += length
    if (total > largest) throw new Error('it is larger than 256 MiB')
    chunks.push(chunk.subarray(0, length))
  }
}

function kindOf(path: string): 'file' | 'directory' | 'other' | undefined {
  try {
    const stat = statSync(path, { throwIfNoEntry: false })
    if (!stat) return undefined
    return stat.isFile() ? 'file' : stat.isDirectory() ? 'directory' : 'other'
  } catch {
    return undefined
  }
}

function followLinks(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}
