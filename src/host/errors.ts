/** The `code` of a system error such as `ENOENT`; empty for anything else. */
export function errnoOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : ''
}

/** Whether a system error says that there is nothing of this name. */
export function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(errnoOf(error))
}

const sentences: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  ENOENT: 'no such file or directory',
  ENOTDIR: 'a part of the path is not a directory',
  EISDIR: 'it is a directory',
  ELOOP: 'too many symbolic links',
  ENXIO: 'there is no such device',
  ENAMETOOLONG: 'the name is too long',
  ENOSPC: 'no space left on the device',
  EDQUOT: 'the disk quota is exceeded',
  EFBIG: 'the file is larger than the limit for files',
  EROFS: 'the file system is read-only',
  ESTALE: 'the file system has lost the file (stale handle)',
  EMFILE: 'too many open files',
  EIO: 'input/output error',
}

/** The reason of a failed system call in words. */
export function reasonOf(error: unknown): string {
  const errno = errnoOf(error)
  return sentences[errno] ?? (errno || (error instanceof Error ? error.message : String(error)))
}

/** Whether there is no room left: on the disk, of the user's quota, or for a file of that size. */
export function isFull(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(errnoOf(error))
}

/** What to do where a file cannot be written: the disk is full, or as given. */
export function remedyOf(error: unknown, remedy: string): string {
  return isFull(error) ? 'make room, then run it again' : remedy
}
