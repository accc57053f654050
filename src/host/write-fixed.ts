import {
  accessSync,
  chmodSync,
  chownSync,
  closeSync,
  constants,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { type Diagnostic, diagnostic } from '../text/diagnostic.ts'
import type { Source } from '../text/source.ts'
import { reasonOf, remedyOf } from './errors.ts'

/**
 * Replaces a text in its file at once, in the encoding it has, with the mode it has; links are
 * followed. Nothing is written if the file is not as it was read.
 *
 * @returns `FIX_FAILED`, or nothing
 */
export function writeFixed(path: string, source: Source, text: string): Diagnostic | undefined {
  const fail = (reason: string, hint: string): Diagnostic =>
    diagnostic('FIX_FAILED', `${source.name} is not changed: ${reason}`, { hint })
  try {
    const real = realpathSync(path)
    const before = readFileSync(real)
    const mark = before.subarray(0, 3).equals(byteOrderMark) ? byteOrderMark : Buffer.alloc(0)
    const encode = (content: string) => Buffer.concat([mark, encoded(content, source)])
    if (!before.equals(encode(source.text))) {
      return fail('it has changed since it was read', 'run it again')
    }
    if (source.encoding === 'latin1' && /[^\0-\xff]/.test(text)) {
      return fail('its encoding cannot hold the new text', 'change it by hand')
    }
    const closed = closedFolder(dirname(real))
    if (closed !== undefined) {
      const hint = `make its folder writable, then run it again: ${dirname(source.name)}`
      return fail(`no file can be made in its folder: ${closed}`, hint)
    }
    replaceFile(real, encode(text))
    return undefined
  } catch (error) {
    return fail(reasonOf(error), remedyOf(error, 'make it writable, then run it again'))
  }
}

const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf])

function encoded(text: string, { encoding = 'utf8' }: Source): Buffer {
  return Buffer.from(text, encoding)
}

/** Why nothing can be made in it. */
function closedFolder(folder: string): string | undefined {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK)
    return undefined
  } catch (error) {
    return reasonOf(error)
  }
}

/** Readers see the old file or the new one, never a part of it. */
function replaceFile(path: string, bytes: Buffer): void {
  const { mode, uid, gid } = statSync(path)
  // A folder that can be written must not be a way around the protection of a file.
  closeSync(openSync(path, 'r+'))
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}`)
  const file = openSync(temporary, 'wx', mode & 0o777)
  try {
    for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written)
    fsyncSync(file)
    keepOwner(temporary, uid, gid)
    chmodSync(temporary, mode & 0o7777)
    renameSync(temporary, path)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  } finally {
    closeSync(file)
  }
}

/** Only root may give files away, others keep at least the group if they are in it. */
function keepOwner(path: string, uid: number, gid: number): void {
  for (const owner of [uid, -1]) {
    try {
      chownSync(path, owner, gid)
      return
    } catch {
      // Then it belongs to who changed it.
    }
  }
}
