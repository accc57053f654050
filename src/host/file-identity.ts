import { createHash } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import type { BaseIdentity } from '../modules/lock/lock.ts'
import type { BaseInstallation } from './base/locate.ts'

/**
 * SHA-256 of a file, in hexadecimal; nothing if it cannot be read. Libraries may be large: they are
 * read piece by piece, and nothing of them is kept.
 */
export function identityOfFile(path: string): string | undefined {
  try {
    const file = openSync(path, 'r')
    try {
      return hashOfOpen(file)
    } finally {
      closeSync(file)
    }
  } catch {
    return undefined
  }
}

function hashOfOpen(file: number): string {
  const hash = createHash('sha256')
  const piece = Buffer.allocUnsafe(pieceSize)
  for (;;) {
    const length = readSync(file, piece, 0, pieceSize, null)
    if (length === 0) return hash.digest('hex')
    hash.update(piece.subarray(0, length))
  }
}

const pieceSize = 2 ** 20

/** What a lock remembers of a base. */
export function identityOfBase({
  version,
  arch,
  libraryDirectory,
}: Pick<BaseInstallation, 'version' | 'arch' | 'libraryDirectory'>): BaseIdentity {
  const libCom = identityOfFile(join(libraryDirectory, 'libCom.so'))
  return { version: version.text, arch, ...(libCom !== undefined && { libCom }) }
}
