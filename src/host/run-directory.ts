import { lstatSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { GeneratedFile } from '../startup/generated-file.ts'
import { type Diagnostic, diagnostic } from '../text/diagnostic.ts'
import { errnoOf, reasonOf } from './errors.ts'
import { formatIdentity, identifyProcess, type ProcessIdentity } from './process-identity.ts'
import { identityFile, keptNames, nameWithIdentity, sweepRuns } from './sweep-runs.ts'

/** What decides about the place of a run directory. */
export interface RunOwner {
  readonly iocName: string
  /** The process that becomes the IOC. */
  readonly pid: number
  readonly uid: number
  /** `XDG_RUNTIME_DIR`; as its specification says, a relative path counts as none. */
  readonly runtimeDirectory?: string | undefined
}

type Outcome<T> = { readonly value: T } | { readonly error: Diagnostic }

/** Where the run directory of an IOC is, whether or not it exists. */
export function runDirectoryPath(owner: RunOwner): string {
  return join(userDirectory(owner), `${fileNameOf(owner.iocName)}-${owner.pid}`)
}

/**
 * Makes the run directory of an IOC, readable for the owner only, after it has swept those whose
 * process is gone.
 *
 * Errors: `RUN_DIRECTORY_UNSAFE` if somebody else may have prepared the place,
 * `RUN_DIRECTORY_UNUSABLE` if the system refuses (full, read-only, no permission), or if the process
 * has been killed in the meantime.
 */
export function createRunDirectory(owner: RunOwner): Outcome<string> {
  const parent = userDirectory(owner)
  const identity = identifyProcess(owner.pid)
  if (!identity && hasProcesses()) return { error: useless(owner) }
  const refused = makePrivate(parent, owner.uid)
  if (refused) return { error: refused }
  try {
    sweepRuns(parent)
    return { value: makeOwn(runDirectoryPath(owner), identity) }
  } catch (error) {
    return { error: unusable(parent, error) }
  }
}

/** Without /proc nobody can tell which processes there are. */
function hasProcesses(): boolean {
  return identifyProcess(process.pid) !== undefined
}

function useless({ pid }: RunOwner): Diagnostic {
  const message = `nothing is started: process ${pid}, which was to become the IOC, has ended`
  return diagnostic('RUN_DIRECTORY_UNUSABLE', message)
}

/** Writes the files; on failure the whole run directory is removed, nothing stays half written. */
export function writeRunFiles(
  directory: string,
  files: readonly GeneratedFile[],
): Diagnostic | undefined {
  try {
    const folders = new Set(
      files.map(({ path }) => path.slice(0, Math.max(0, path.lastIndexOf('/')))),
    )
    for (const folder of folders) {
      if (folder) mkdirSync(join(directory, folder), { recursive: true, mode: 0o700 })
    }
    for (const { path, text, encoding = 'utf8' } of files) {
      writeFileSync(join(directory, path), text, { encoding, mode: 0o600, flag: 'wx' })
    }
    return undefined
  } catch (error) {
    rmSync(directory, { recursive: true, force: true })
    return unusable(directory, error)
  }
}

/** Where a start keeps what the next ones may use. */
export interface KeptDirectories {
  readonly plans: string
  readonly answers: string
}

/** These directories, if nobody else can write there; they need not exist yet. */
export function keptDirectories(
  owner: Pick<RunOwner, 'runtimeDirectory' | 'uid'>,
): KeptDirectories | undefined {
  const parent = userDirectory(owner)
  try {
    if (problemOf(parent, owner.uid)) return undefined
    const [plans, answers] = keptNames
    return { plans: join(parent, plans), answers: join(parent, answers) }
  } catch {
    return undefined
  }
}

function userDirectory({
  runtimeDirectory,
  uid,
}: Pick<RunOwner, 'runtimeDirectory' | 'uid'>): string {
  return join(runtimeDirectory?.startsWith('/') ? runtimeDirectory : '/tmp', `iocsh-${uid}`)
}

/** File systems allow 255 bytes a name; the rest is for the pid. */
function fileNameOf(iocName: string): string {
  return iocName.replace(/[^A-Za-z0-9_:+.=@-]/g, '_').slice(0, 200)
}

/** mkdir never follows a link, so what exists is looked at, not trusted. */
function makePrivate(directory: string, uid: number): Diagnostic | undefined {
  try {
    mkdirSync(directory, { mode: 0o700 })
    return undefined
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') return unusable(directory, error)
  }
  const problem = problemOf(directory, uid)
  if (!problem) return undefined
  return diagnostic('RUN_DIRECTORY_UNSAFE', `${directory} ${problem}`, {
    hint: `look at it, then remove it (rm -r ${directory}), or set XDG_RUNTIME_DIR to a directory of your own`,
  })
}

function problemOf(directory: string, uid: number): string | undefined {
  const stat = lstatSync(directory)
  if (!stat.isDirectory()) return 'is not a directory'
  if (stat.uid !== uid) return `belongs to another user (uid ${stat.uid})`
  return (stat.mode & 0o077) !== 0 ? 'can be read or written by others' : undefined
}

/**
 * The directory gets its place only once it says whose it is: until then its name does, so that a
 * start that is killed leaves nothing of which the next one cannot tell.
 */
function makeOwn(wanted: string, identity: ProcessIdentity | undefined): string {
  const text = identity ? formatIdentity(identity) : ''
  const name = identity ? nameWithIdentity(identity) : `.of ${basename(wanted)}`
  const staging = join(dirname(wanted), name)
  mkdirSync(staging, { mode: 0o700 })
  try {
    writeFileSync(join(staging, identityFile), text, { mode: 0o600 })
    return moveTo(staging, wanted)
  } catch (error) {
    rmSync(staging, { recursive: true, force: true })
    throw error
  }
}

/** Another run may have had this pid, or may have it in another container: then a number is added. */
function moveTo(staging: string, wanted: string): string {
  for (let attempt = 1; ; attempt++) {
    const directory = attempt === 1 ? wanted : `${wanted}.${attempt}`
    try {
      renameSync(staging, directory)
      return directory
    } catch (error) {
      // A directory is replaced only if it is empty, which none of ours is.
      const isTaken = ['EEXIST', 'ENOTEMPTY', 'ENOTDIR'].includes(errnoOf(error))
      if (!isTaken) throw error
    }
  }
}

function unusable(directory: string, error: unknown): Diagnostic {
  return diagnostic('RUN_DIRECTORY_UNUSABLE', `cannot write to ${directory}: ${reasonOf(error)}`, {
    hint: 'free space there, or set XDG_RUNTIME_DIR to a directory of your own that can be written',
  })
}
