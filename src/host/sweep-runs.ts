import { type Dirent, lstatSync, readdirSync, renameSync } from 'node:fs'
import { dirname, join } from 'node:path'
import {
  formatIdentity,
  isOfThisNamespace,
  isRunning,
  type ProcessIdentity,
  parseIdentity,
} from './process-identity.ts'
import { readPlainFile } from './read-plain-file.ts'
import { removeTree } from './remove-tree.ts'

/** File of a run directory that tells whose it is. */
export const identityFile = 'process'

/** Directories beside the run directories, see `KeptDirectories`. */
export const keptNames = ['plans', 'answers'] as const

/** Name of a run directory that is being made or removed. */
export function nameWithIdentity(identity: ProcessIdentity): string {
  return `${unfinished}${formatIdentity(identity).trim()}`
}

const unfinished = '.of '

interface Run {
  readonly name: string
  readonly directory: string
  readonly identity: ProcessIdentity | undefined
}

/**
 * Removes the run directories whose processes are gone. Others may sweep at the same time. What is
 * no directory is not ours: a link is not followed, nor removed.
 *
 * @param now - in ms since 1970
 * @throws the error of the system if they cannot be listed
 */
export function sweepRuns(parent: string, now: number = Date.now()): void {
  const runs = readdirSync(parent, { withFileTypes: true })
    .filter(isRun)
    .map(({ name }) => readRun(parent, name))
  const elsewhere = runs.filter(({ identity }) => identity && !isOfThisNamespace(identity))
  const replaced = elsewhere.length > keptElsewhere ? replacedRuns(elsewhere, now - hour) : []
  const gone = runs.filter((run) => isGone(run, now - minute))
  for (const run of [...gone, ...replaced]) remove(run)
}

function isRun(entry: Dirent): boolean {
  return entry.isDirectory() && !keptNames.some((kept) => kept === entry.name)
}

function readRun(parent: string, name: string): Run {
  const directory = join(parent, name)
  return { name, directory, identity: readIdentity(directory) ?? identityInName(name) }
}

function readIdentity(directory: string): ProcessIdentity | undefined {
  try {
    return parseIdentity(readPlainFile(join(directory, identityFile)))
  } catch {
    return undefined
  }
}

function identityInName(name: string): ProcessIdentity | undefined {
  return name.startsWith(unfinished)
    ? parseIdentity(`${name.slice(unfinished.length)}\n`)
    : undefined
}

/** Where nobody says whose it is (not by us, or without /proc), it is left when it has an age. */
function isGone({ directory, identity }: Run, before: number): boolean {
  return identity ? !isRunning(identity) : changedAt(directory) < before
}

/** So many of an IOC stay that are of other containers. */
const keptElsewhere = 10

/**
 * Run directories of earlier lives of a container. Whether a process of another pid namespace runs
 * cannot be told from here, and it may: containers may share the folder. But of one IOC there is one
 * process, so what ten later ones have followed is no longer of use; and after an hour it has been
 * read in any case.
 */
function replacedRuns(elsewhere: readonly Run[], before: number): Run[] {
  return [...groupedByIoc(elsewhere).values()].flatMap((group) =>
    group
      .map((run) => ({ run, time: changedAt(run.directory) }))
      .sort((a, b) => b.time - a.time)
      .slice(keptElsewhere)
      .filter(({ time }) => time < before)
      .map(({ run }) => run),
  )
}

function groupedByIoc(runs: readonly Run[]): Map<string, Run[]> {
  const groups = new Map<string, Run[]>()
  for (const run of runs) {
    const ioc = run.name.startsWith(unfinished) ? unfinished : iocOf(run)
    groups.set(ioc, [...(groups.get(ioc) ?? []), run])
  }
  return groups
}

/** The name without pid and number, see `runDirectoryPath`. */
function iocOf({ name }: Run): string {
  return name.replace(/-\d+(\.\d+)?$/, '')
}

/** What is removed by another start in the meantime, or is not ours to remove, the next one tries. */
function remove({ directory, identity }: Run): void {
  try {
    removeTree(identity ? renamed(directory, identity) : directory)
  } catch {}
}

/** A sweep that is killed may have removed the file already: the name still tells whose it was. */
function renamed(directory: string, identity: ProcessIdentity): string {
  const path = join(dirname(directory), nameWithIdentity(identity))
  try {
    renameSync(directory, path)
    return path
  } catch {
    return directory
  }
}

const minute = 60_000
const hour = 60 * minute

/** A directory that another start has removed counts as new: there is nothing left to do. */
function changedAt(directory: string): number {
  return lstatSync(directory, { throwIfNoEntry: false })?.ctimeMs ?? Number.POSITIVE_INFINITY
}
