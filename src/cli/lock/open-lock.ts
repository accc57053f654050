import type { BaseInstallation } from '../../host/base/locate.ts'
import { identityOfBase, identityOfFile } from '../../host/file-identity.ts'
import { type LockInForce, lockInForce } from '../../modules/lock/lock-in-force.ts'
import { readLock } from '../../modules/lock/read-lock.ts'
import type { Result } from '../../text/diagnostic.ts'
import type { FoundLock } from './find-lock.ts'

/** Reads a lock, to be obeyed. Errors: `LOCK_INVALID`. */
export function openLock(
  { source, words }: FoundLock,
  base: BaseInstallation | undefined,
): Result<LockInForce | undefined> {
  const { value: lock, diagnostics } = readLock(source)
  if (!lock) return { value: undefined, diagnostics }
  const identity = base && identityOfBase(base)
  return {
    value: lockInForce(lock, { base: identity, hashOf: identityOfFile, words }),
    diagnostics,
  }
}
