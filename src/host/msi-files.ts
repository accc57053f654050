import {
  closeSync,
  fchmodSync,
  openSync,
  readFileSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { resolve } from 'node:path'
import type { MsiFiles } from '../database/msi/files.ts'
import { errnoOf, reasonOf } from './errors.ts'

/** The files of one run of msi. Paths and texts have one character a byte. */
export interface HostMsiFiles extends MsiFiles {
  /** Writes what is left; the file of `-o` appears, or with errors is no more there. */
  close(isGood: boolean): void
}

/** Bytes that are written at once. */
const chunkLength = 262_144

/**
 * Files of this machine for msi. A file of `output` is written beside its place and put there at
 * the end, so nobody reads half of it; devices and pipes are written directly. Standard output that
 * nobody reads any more, as in `| head`, is no failure.
 *
 * @throws if the output cannot be opened or written
 */
export function openMsiFiles(
  env: Readonly<Record<string, string | undefined>>,
  { cwd, output }: { readonly cwd: string; readonly output: string | undefined },
): HostMsiFiles {
  const target = output === undefined ? standardOutput : openTarget(pathOf(cwd, output))
  let chunk = ''
  const flush = (): void => {
    target.write(Buffer.from(chunk, 'latin1'))
    chunk = ''
  }
  return {
    read: (path) => readBytes(path === undefined ? undefined : pathOf(cwd, path)),
    write(text) {
      chunk += text
      if (chunk.length >= chunkLength) flush()
    },
    variable(name) {
      const value = env[Buffer.from(name, 'latin1').toString()]
      return value === undefined ? undefined : Buffer.from(value).toString('latin1')
    },
    close(isGood) {
      if (isGood || output === undefined) flush()
      target.close(isGood)
    },
  }
}

/** Names of files are bytes, whatever encoding they are in. */
function pathOf(cwd: string, path: string): Buffer {
  return path.startsWith('/')
    ? Buffer.from(path, 'latin1')
    : Buffer.concat([Buffer.from(`${resolve(cwd)}/`), Buffer.from(path, 'latin1')])
}

function readBytes(path: Buffer | undefined): { text: string } | { reason: string } {
  try {
    return { text: path ? readFileSync(path, 'latin1') : readStandardInput() }
  } catch (error) {
    return { reason: reasonOf(error) }
  }
}

/** In pieces: a terminal or a pipe that does not block has nothing to give for some time. */
function readStandardInput(): string {
  const chunks: Buffer[] = []
  for (const chunk = Buffer.alloc(65_536); ; ) {
    const length = again(() => readSync(0, chunk))
    if (length === 0) return Buffer.concat(chunks).toString('latin1')
    chunks.push(Buffer.from(chunk.subarray(0, length)))
  }
}

interface Target {
  write(bytes: Buffer): void
  close(isGood: boolean): void
}

const standardOutput: Target = {
  write(bytes) {
    try {
      writeAll(1, bytes)
    } catch (error) {
      if (errnoOf(error) !== 'EPIPE') throw error
    }
  },
  close: () => {},
}

function openTarget(path: Buffer): Target {
  const place = realPath(path)
  const before = statSync(place, { throwIfNoEntry: false })
  if (before && !before.isFile()) return openInPlace(place)
  const draft = Buffer.concat([place, Buffer.from(`.${process.pid}~`)])
  try {
    const file = openSync(draft, 'wx')
    if (before) fchmodSync(file, before.mode)
    let isOpen = true
    return {
      write: (bytes) => writeAll(file, bytes),
      close(isGood) {
        if (isOpen) closeSync(file)
        isOpen = false
        if (isGood) renameSync(draft, place)
        else for (const one of [draft, place]) rmSync(one, { force: true })
      },
    }
  } catch (error) {
    // The file may be writable where its directory is not.
    if (before && errnoOf(error) === 'EACCES') return openInPlace(place)
    throw error
  }
}

function openInPlace(path: Buffer): Target {
  const file = openSync(path, 'w')
  return { write: (bytes) => writeAll(file, bytes), close: () => closeSync(file) }
}

/** Links followed, so that a link stays one; the path itself if nothing is there. */
function realPath(path: Buffer): Buffer {
  try {
    return realpathSync(path, 'buffer')
  } catch {
    return path
  }
}

function writeAll(file: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) {
    const from = at
    at += again(() => writeSync(file, bytes, from))
  }
}

/** Does something with a pipe that does not block until it has room or something to give. */
function again(action: () => number): number {
  for (;;) {
    try {
      return action()
    } catch (error) {
      if (errnoOf(error) !== 'EAGAIN') throw error
      Atomics.wait(idle, 0, 0, 5)
    }
  }
}

const idle = new Int32Array(new SharedArrayBuffer(4))
