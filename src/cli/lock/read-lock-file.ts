import type { ModuleLock } from '../../modules/lock/lock.ts'
import { readLock } from '../../modules/lock/read-lock.ts'
import { isReadable, type SourceReader } from '../../startup/source-reader.ts'
import type { Result } from '../../text/diagnostic.ts'
import { unreadableLock } from './find-lock.ts'

/**
 * The lock in a file; nothing if there is no such file. Errors: `LOCK_INVALID`.
 *
 * @param path - absolute
 */
export function readLockFile(
  { path, name }: { readonly path: string; readonly name: string },
  reader: SourceReader,
): Result<ModuleLock | undefined> {
  const read = reader.read(path)
  if (isReadable(read)) return readLock(read.source)
  const diagnostics = read.isMissing ? [] : [unreadableLock(name, read.reason)]
  return { value: undefined, diagnostics }
}
