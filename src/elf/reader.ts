/**
 * The bytes of a file, read piece by piece: a symbol table is a small part of a big library. The
 * host implements it on an open file, tests on an array.
 */
export interface ByteReader {
  readonly size: number
  /** The bytes of a range; fewer, or none, where the file ends before it. */
  read(offset: number, length: number): Uint8Array
}

/** A reader of bytes that are in memory already. */
export function bytesReader(bytes: Uint8Array): ByteReader {
  return {
    size: bytes.length,
    read: (offset, length) => bytes.subarray(clamp(offset), clamp(offset + length)),
  }

  function clamp(at: number): number {
    return Math.max(0, Math.min(at, bytes.length))
  }
}
