import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import type { ByteReader } from '../elf/reader.ts'

/** An open file; `close` it when no more is to be read. */
export interface FileReader extends ByteReader {
  close(): void
}

/**
 * Opens a file for reading in pieces: one call with the path, all others on the descriptor.
 *
 * @returns nothing if it does not exist, is not a regular file, or may not be read
 */
export function openFileReader(path: string): FileReader | undefined {
  try {
    const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
    const status = fstatSync(descriptor)
    const close = (): void => closeSync(descriptor)
    if (status.isFile()) return { size: status.size, read: readFrom(descriptor), close }
    close()
  } catch {
    // Why a file cannot be read is told by whoever needs it.
  }
  return undefined
}

function readFrom(descriptor: number): ByteReader['read'] {
  return (offset, length) => {
    const bytes = allocate(length)
    try {
      return bytes.subarray(0, readSync(descriptor, bytes, 0, length, offset))
    } catch {
      return bytes.subarray(0, 0)
    }
  }
}

/** Many small pieces are read: an array buffer of its own for each costs more than the reading. */
const slabSize = 2 ** 18
let slab = new Uint8Array(0)

function allocate(length: number): Uint8Array {
  if (length > slabSize / 4) return new Uint8Array(length)
  if (slab.length < length) slab = new Uint8Array(slabSize)
  const bytes = slab.subarray(0, length)
  slab = slab.subarray(length)
  return bytes
}
