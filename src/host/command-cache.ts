import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { dirname, isAbsolute, join } from 'node:path'
import type { Command, CommandTable } from '../check/commands/table.ts'
import { once } from '../text/once.ts'
import { homeDirectory } from './home-directory.ts'
import { makeDirectories } from './make-directories.ts'

/** What decides about the commands of an IOC. */
export interface CommandKey {
  /** Absolute paths; size and time of change count. */
  readonly files: readonly string[]
  /** What the IOC is told. */
  readonly lines: readonly string[]
}

/** One answer that is kept. Nothing here fails: what cannot be kept is asked again. */
export interface CommandCache {
  read(): CommandTable | undefined
  write(table: CommandTable): void
}

type Environment = Readonly<Record<string, string | undefined>>

/** Changes when the form of the files or the way of asking does. */
const format = 3

/** Files that nobody has read for so many days are removed. */
const keptDays = 60

/** Tables of big IOCs have a hundred kilobytes. */
const largest = 16 * 2 ** 20

/**
 * The place of an answer in `$XDG_CACHE_HOME/e3/commands`, default `~/.cache/e3/commands`. A
 * relative XDG_CACHE_HOME is ignored (XDG base directory specification).
 */
export function openCommandCache(env: Environment, key: CommandKey): CommandCache {
  const directory = cacheDirectory(env)
  const path = once(() => {
    const name = sumOf(JSON.stringify([format, key.files.map(stateOf), key.lines]))
    return join(directory, `${name}.json`)
  })
  return {
    read: () => (existsSync(directory) ? readAnswer(path()) : undefined),
    write: (table) => writeAnswer(path(), table),
  }
}

function cacheDirectory(env: Environment): string {
  const { XDG_CACHE_HOME: cacheHome } = env
  const root = cacheHome && isAbsolute(cacheHome) ? cacheHome : join(homeDirectory(env), '.cache')
  return join(root, 'e3', 'commands')
}

function stateOf(path: string): readonly unknown[] {
  try {
    const { size, mtimeMs, ino } = statSync(path)
    return [path, size, mtimeMs, ino]
  } catch {
    return [path]
  }
}

/** Only a file of this user that nobody else can write, with the contents that were written. */
function readAnswer(path: string): CommandTable | undefined {
  try {
    const text = readOwn(path)
    const end = text.indexOf('\n')
    const body = text.slice(end + 1)
    if (text.slice(0, end) !== sumOf(body)) return undefined
    const kept = JSON.parse(body) as KeptTable
    touch(path)
    return {
      commands: new Map(kept.commands.map((one) => [one.name, one])),
      variables: new Set(kept.variables),
      isComplete: true,
    }
  } catch {
    return undefined
  }
}

function readOwn(path: string): string {
  const file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  try {
    const { uid, mode, size } = fstatSync(file)
    const isRegular = (mode & constants.S_IFMT) === constants.S_IFREG
    const isOwn = uid === process.getuid?.() && (mode & 0o022) === 0
    return isRegular && isOwn && size <= largest ? readFileSync(file, 'utf8') : ''
  } finally {
    closeSync(file)
  }
}

interface KeptTable {
  readonly commands: readonly Command[]
  readonly variables: readonly string[]
}

/** Readers of other processes see the whole file or none. */
function writeAnswer(path: string, { commands, variables }: CommandTable): void {
  const kept: KeptTable = { commands: [...commands.values()], variables: [...(variables ?? [])] }
  const body = JSON.stringify(kept)
  const draft = `${path}.${process.pid}.${Date.now().toString(36)}`
  try {
    makeDirectories(dirname(path))
    writeFileSync(draft, `${sumOf(body)}\n${body}`, { mode: 0o600, flag: 'wx' })
    renameSync(draft, path)
    removeOld(dirname(path))
  } catch {
    // A home that is full or read-only: the next check asks again.
    remove(draft)
  }
}

function remove(path: string): void {
  try {
    rmSync(path, { force: true })
  } catch {
    // Not ours to remove.
  }
}

/** So that old files can be told from those that are read often. */
function touch(path: string): void {
  try {
    const now = new Date()
    utimesSync(path, now, now)
  } catch {
    // Read-only; then nothing is removed either.
  }
}

function removeOld(directory: string): void {
  const oldest = Date.now() - keptDays * 24 * 3600 * 1000
  for (const name of readdirSync(directory)) {
    const path = join(directory, name)
    if (statSync(path).mtimeMs < oldest) remove(path)
  }
}

/** 64 bits against damage and mixed-up names, not against people: others cannot write here. */
function sumOf(text: string): string {
  let one = 0x811c9dc5
  let other = 0x2545f491
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    one = Math.imul(one ^ unit, 0x0100_0193)
    other = Math.imul(other ^ unit, 0x85eb_ca6b)
    other ^= other >>> 15
  }
  return [one, other].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('')
}
