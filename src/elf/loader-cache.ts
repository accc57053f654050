import { fieldsOf, nameBytes } from './fields.ts'

const magic = nameBytes('glibc-ld.so.cache1.1')

/**
 * Where the system's loader finds a library: paths of `/etc/ld.so.cache` in the order in which
 * they are tried. Entries for other machines are among them (whoever opens the file sees it).
 * The file is damaged or of another system: no paths.
 */
export function cachedPaths(bytes: Uint8Array, name: string): string[] {
  const start = startOfNewFormat(bytes)
  if (start < 0) return []
  const cache = fieldsOf(bytes.subarray(start), { wide: true, little: isLittle(bytes, start) })
  const wanted = nameBytes(name)
  const count = Math.min(cache.u32(20), Math.floor(cache.length / entrySize))
  const paths: string[] = []
  for (let at = headerSize; at < headerSize + count * entrySize; at += entrySize) {
    if (cache.hasText(cache.u32(at + 4), wanted)) paths.push(cache.text(cache.u32(at + 8)))
  }
  return paths
}

/** glibc dl-cache.h: header of 48 bytes; entries of flags, name, path, OS version, hwcap. */
const headerSize = 48
const entrySize = 24

/** Old systems put the old format before the new one. */
function startOfNewFormat(bytes: Uint8Array): number {
  const limit = bytes.length - magic.length
  for (let at = bytes.indexOf(0x67); at >= 0 && at <= limit; at = bytes.indexOf(0x67, at + 1)) {
    if (magic.every((byte, index) => bytes[at + index] === byte)) return at
  }
  return -1
}

/** The count of entries is a small number in one of the two byte orders only. */
function isLittle(bytes: Uint8Array, start: number): boolean {
  const count = fieldsOf(bytes.subarray(start + 20, start + 24), { wide: false, little: true })
  return count.u32(0) <= bytes.length
}
