import * as fs from 'node:fs'
import { errnoOf } from './errors.ts'

/**
 * What was asked about a path, and the answer in a form that can be compared:
 *
 * - `contents`: was read; answered by device, inode, size and times of change
 * - `names`: a directory was listed; the same
 * - `state`: was looked at; a file as for `contents`, else only whether it is a directory
 * - `target`: links were followed; the real path
 *
 * Errors are answers, too: their code.
 */
export interface Observation {
  readonly question: Question
  readonly path: string
  readonly answer: string
}

export type Question = 'contents' | 'names' | 'state' | 'target'

/** A view of the file system that takes notes. */
export interface ObservedFiles {
  /** What programs get as `node:fs`: functions that ask take notes, those that write do not. */
  readonly files: Partial<typeof fs>
  /** No notes are taken from now on. */
  stop(): void
  /**
   * All that was asked, or nothing if it cannot be asked again: something that is not a regular file
   * was read, or one path gave two different answers.
   */
  observations(): readonly Observation[] | undefined
  /** The files that were read as text; macros get no value from the others. */
  texts(): readonly (string | Buffer)[]
  /** Asks once more, or has been answered meanwhile: is it as it was observed? */
  isStillSo(observation: Observation): boolean
  /** Notes of a part of all questions: those from now on. */
  watch(): FileWatch
}

/** What was asked about files for a part of the work. */
export interface FileWatch {
  /** Somebody has used an answer that was given before and is remembered elsewhere. */
  ask(question: Question, path: string): void
  /** Ends the watch; nothing if no notes are taken any more, or if it cannot be asked again. */
  end(): readonly Observation[] | undefined
}

/**
 * Takes notes of all that is asked about files, so that the same questions can be asked again later:
 * if the answers are the same, whoever asked would come to the same result.
 */
export function observeFiles(): ObservedFiles {
  const journal = createJournal()
  return {
    files: { ...unobserved, ...observed(journal) },
    stop: journal.stop,
    observations: journal.observations,
    texts: journal.texts,
    isStillSo: journal.isStillSo,
    watch: journal.watch,
  }
}

/**
 * The answer of today. Files that were read are opened: on NFS this asks the server, where looking
 * at a path may give what was true a minute ago (close-to-open consistency, nfs(5)).
 */
export function answerTo(question: Question, path: string): string {
  try {
    if (question === 'target') return fs.realpathSync(path)
    if (question !== 'contents') return stateOf(fs.statSync(path), question)
    // A pipe in the place of a file would be waited for.
    const file = fs.openSync(path, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK)
    try {
      return stateOf(fs.fstatSync(file), question)
    } finally {
      fs.closeSync(file)
    }
  } catch (error) {
    return errnoOf(error)
  }
}

/** Not a directory and no regular file: a second reading gives something else. */
const unrepeatable = 'other'

function stateOf(stat: fs.Stats, question: Question): string {
  if (stat.isDirectory() && question !== 'names') return `directory ${stat.mode}`
  if (!stat.isDirectory() && !stat.isFile()) return unrepeatable
  return `${stat.dev} ${stat.ino} ${stat.size} ${stat.mtimeMs} ${stat.ctimeMs}`
}

interface Journal
  extends Pick<ObservedFiles, 'stop' | 'observations' | 'texts' | 'isStillSo' | 'watch'> {
  note(question: Question, path: fs.PathLike, answer: () => string): void
  keepText(content: string | Buffer, path: unknown): void
  /** Something was read that cannot be read again. */
  giveUp(): void
}

function createJournal(): Journal {
  const notes = new Map<string, Observation>()
  const texts: (string | Buffer)[] = []
  const watches = new Set<Set<string>>()
  let isOpen = true
  let isRepeatable = true
  const journal: Journal = {
    note(question, path, ask) {
      // What /proc tells of this process is no property of the files.
      if (!isOpen || typeof path !== 'string' || path.startsWith('/proc/')) return
      const answer = ask()
      const key = `${question} ${path}`
      for (const watch of watches) watch.add(key)
      const before = notes.get(key)
      if (before && before.answer !== answer) isRepeatable = false
      if (answer === unrepeatable && question === 'contents') isRepeatable = false
      if (!before) notes.set(key, { question, path, answer })
    },
    keepText(content, path) {
      // No macro gets its value from a dbd file, and one without macros asks for none: base's is long.
      const isPlain = typeof path === 'string' && path.endsWith('.dbd') && !content.includes('$')
      if (isOpen && !isPlain) texts.push(content)
    },
    giveUp() {
      isRepeatable = false
    },
    stop() {
      isOpen = false
    },
    observations: () => (isRepeatable ? [...notes.values()].filter(isNeeded(notes)) : undefined),
    texts: () => texts,
    isStillSo({ question, path, answer }) {
      const key = `${question} ${path}`
      if (!notes.has(key)) journal.note(question, path, () => answerTo(question, path))
      return notes.get(key)?.answer === answer
    },
    watch() {
      const keys = new Set<string>()
      watches.add(keys)
      return {
        ask: (question, path) => keys.add(`${question} ${path}`),
        end() {
          watches.delete(keys)
          const noted = [...keys].flatMap((key) => notes.get(key) ?? [])
          return isOpen && isRepeatable && noted.length === keys.size ? noted : undefined
        },
      }
    },
  }
  return journal
}

/** What the contents of a file are answered by tells its state, too. */
function isNeeded(notes: ReadonlyMap<string, Observation>) {
  return ({ question, path, answer }: Observation): boolean =>
    question !== 'state' || notes.get(`contents ${path}`)?.answer !== answer
}

/** The answer is taken before the file is read: a change in between shows as one. */
function observed({ note, keepText, giveUp }: Journal): Partial<typeof fs> {
  const ask = (question: Question, path: fs.PathLike): void =>
    note(question, path, () => answerTo(question, String(path)))
  let opened: { readonly file: number; readonly stat: fs.Stats } | undefined
  /** By descriptor. */
  const paths = new Map<number, fs.PathLike>()
  return {
    openSync(path, flags, mode) {
      try {
        const file = fs.openSync(path, flags, mode)
        const stat = fs.fstatSync(file)
        opened = { file, stat }
        paths.set(file, path)
        note('contents', path, () => stateOf(stat, 'contents'))
        return file
      } catch (error) {
        note('contents', path, () => errnoOf(error))
        throw error
      }
    },
    // The state of a file that has just been opened is not asked for twice.
    fstatSync: ((file: number) => {
      const known = opened?.file === file ? opened.stat : fs.fstatSync(file)
      opened = undefined
      return known
    }) as typeof fs.fstatSync,
    readFileSync: ((file: fs.PathOrFileDescriptor, options?: BufferEncoding) => {
      if (typeof file !== 'number') ask('contents', file)
      else if (file <= 2) giveUp()
      const content = fs.readFileSync(file, options)
      keepText(content, typeof file === 'number' ? paths.get(file) : file)
      return content
    }) as typeof fs.readFileSync,
    readSync: ((
      ...[file, buffer, offset = 0, length = buffer.length, at = null]: ReadArguments
    ) => {
      const read = fs.readSync(file, buffer, offset, length, at)
      // At a place: parts of a library.
      if (at === null) keepText(buffer.subarray(offset, offset + read), paths.get(file))
      return read
    }) as unknown as typeof fs.readSync,
    readdirSync: ((path: fs.PathLike, options?: { withFileTypes: true }) => {
      ask('names', path)
      return options ? fs.readdirSync(path, options) : fs.readdirSync(path)
    }) as typeof fs.readdirSync,
    statSync: ((path: fs.PathLike, options?: fs.StatSyncOptions) => {
      ask('state', path)
      return fs.statSync(path, options)
    }) as typeof fs.statSync,
    existsSync(path) {
      ask('state', path)
      return fs.existsSync(path)
    },
    accessSync(path, mode) {
      ask('state', path)
      fs.accessSync(path, mode)
    },
    realpathSync: ((path: fs.PathLike) => {
      ask('target', path)
      return fs.realpathSync(path)
    }) as typeof fs.realpathSync,
  }
}

type ReadArguments = [
  file: number,
  buffer: Buffer,
  offset?: number,
  length?: number,
  at?: number | null,
]

/** What writes, works on open files, or is about run directories: it decides nothing. */
const unobserved: Partial<typeof fs> = {
  ...{ constants: fs.constants, closeSync: fs.closeSync },
  ...{ writeSync: fs.writeSync, writeFileSync: fs.writeFileSync },
  ...{ mkdirSync: fs.mkdirSync, renameSync: fs.renameSync, unlinkSync: fs.unlinkSync },
  ...{ rmSync: fs.rmSync, rmdirSync: fs.rmdirSync, utimesSync: fs.utimesSync },
  ...{ lstatSync: fs.lstatSync, readlinkSync: fs.readlinkSync },
}
