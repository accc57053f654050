import { closeSync, linkSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs'
import { hostname } from 'node:os'
import { errnoOf } from '../errors.ts'
import { formatIdentity, identifyProcess, isRunning, parseIdentity } from '../process-identity.ts'
import { buildFailure } from './failure.ts'

/**
 * Keeps a second build away from a file name; a lock that was left by a process that is gone is taken
 * over. Locks of other hosts, on a shared file system, count as held.
 *
 * @returns a function that gives the lock back
 *
 * Throws `BUILD_BUSY`, and system errors.
 */
export function takeLock(path: string): () => void {
  for (let tries = 0; tries < 5; tries++) {
    if (create(path)) return () => rmSync(path, { force: true })
    const holder = read(path)
    if (holder === undefined) continue
    if (!isGone(holder)) throw busy(path, holder)
    removeStale(path, holder)
  }
  throw busy(path, read(path) ?? '')
}

function create(path: string): boolean {
  const identity = identifyProcess(process.pid)
  const own = `${path}.${process.pid}`
  try {
    const file = openSync(own, 'w')
    writeSync(file, `${hostname()} ${identity ? formatIdentity(identity) : `${process.pid}\n`}`)
    closeSync(file)
    // A link appears with its content, where a new file is empty at first.
    linkSync(own, path)
    return true
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false
    throw error
  } finally {
    rmSync(own, { force: true })
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

function isGone(holder: string): boolean {
  const [host = ''] = holder.split(' ', 1)
  const identity = parseIdentity(holder.slice(host.length + 1))
  return host === hostname() && identity !== undefined && !isRunning(identity)
}

/** Two may find the same stale lock: only the one that was read is removed, a new one comes back. */
function removeStale(path: string, holder: string): void {
  const aside = `${path}.stale-${process.pid}`
  try {
    renameSync(path, aside)
    if (read(aside) !== holder) linkSync(aside, path)
  } catch {
    // Another one was faster.
  } finally {
    rmSync(aside, { force: true })
  }
}

function busy(path: string, holder: string) {
  const [host = 'another host', pid = '?'] = holder.split(' ')
  const who = host === hostname() ? `process ${pid}` : `process ${pid} on ${host}`
  return buildFailure('BUILD_BUSY', `another build of this folder is at work: ${who}`, {
    hint: `wait for it; if it is gone: rm ${path}`,
  })
}
