import { statSync } from 'node:fs'
import type { ModuleTreeReader } from '../modules/tree-reader.ts'
import type { SourceReader } from '../startup/source-reader.ts'
import { createSourceReader } from './source-reader.ts'
import { createTreeReader } from './tree-reader.ts'

/** Reads files again and again, but only those that have changed. */
export interface WatchReader {
  /** From now on every file is looked at once more before it is taken as known. */
  newRound(): void
  /** A reader that remembers what was asked of it. */
  recorder(): Recorder
  /** Whether all that a recorder was asked would be answered the same in this round. */
  isCurrent(recorder: Recorder): boolean
}

/** Readers and what they were asked. */
export interface Recorder {
  readonly reader: SourceReader
  /** It keeps its answers, whatever changes. */
  readonly trees: ModuleTreeReader
  /** Paths with what they were like, see `stampOf`. */
  readonly asked: ReadonlyMap<string, string>
  /** Those whose content was asked for as that of a folder. */
  readonly listed: ReadonlySet<string>
}

/**
 * Texts stay the same objects while inode, times and size of their file do, so that whatever is kept
 * by text is found again.
 *
 * @param cwd - files below it are shown with their path from here
 */
export function createWatchReader(cwd: string): WatchReader {
  const stamps = new Map<string, string>()
  const known = new Map<string, { readonly stamp: string; readonly answers: SourceReader }>()
  const stampNow = (path: string): string => {
    const before = stamps.get(path)
    if (before !== undefined) return before
    const stamp = stampOf(path)
    stamps.set(path, stamp)
    return stamp
  }
  const answersFor = (path: string): SourceReader => {
    const stamp = stampNow(path)
    const before = known.get(path)
    if (before?.stamp === stamp) return before.answers
    const answers = createSourceReader(cwd)
    known.set(path, { stamp, answers })
    return answers
  }
  return {
    newRound: () => stamps.clear(),
    recorder() {
      const asked = new Map<string, string>()
      const listed = new Set<string>()
      const ask = (path: string): SourceReader => {
        const answers = answersFor(path)
        asked.set(path, stampNow(path))
        return answers
      }
      const reader: SourceReader = {
        read: (path) => ask(path).read(path),
        kindOf: (path) => ask(path).kindOf(path),
        list(path) {
          listed.add(path)
          return ask(path).list(path)
        },
        realPath: (path) => ask(path).realPath(path),
      }
      const note = (path: string): void => {
        if (!asked.has(path)) asked.set(path, stampNow(path))
      }
      const trees = notedTrees(createTreeReader(), note)
      const list = (path: string) => {
        listed.add(path)
        return trees.list(path)
      }
      return { reader, asked, listed, trees: { ...trees, list } }
    },
    isCurrent: ({ asked }) => {
      for (const [path, stamp] of asked) if (stampNow(path) !== stamp) return false
      return true
    },
  }
}

function notedTrees(trees: ModuleTreeReader, note: (path: string) => void): ModuleTreeReader {
  const noted = <Answer>(ask: (path: string) => Answer) => {
    return (path: string): Answer => {
      note(path)
      return ask(path)
    }
  }
  return {
    list: noted(trees.list),
    isDirectory: noted(trees.isDirectory),
    isFile: noted(trees.isFile),
    realPath: noted(trees.realPath),
    readText: noted(trees.readText),
  }
}

/** What tells one state of a file or folder from another; empty if there is nothing. */
function stampOf(path: string): string {
  try {
    const stat = statSync(path, { bigint: true, throwIfNoEntry: false })
    return stat ? `${stat.dev}:${stat.ino}:${stat.size}:${stat.mtimeNs}:${stat.ctimeNs}` : ''
  } catch {
    return ''
  }
}
