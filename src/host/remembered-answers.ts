import { isTooFresh, keepFile, keptFile, sumOf } from './kept-files.ts'
import type { FileWatch, Observation, ObservedFiles } from './observed-files.ts'

/** What is asked for, and all that decides about the answer beside files. */
export interface AnswerQuestion {
  /** One word; begins the names of its files. */
  readonly topic: string
  /** The answer is remembered for exactly this. */
  readonly key: string
}

/**
 * Answers that earlier starts worked out from files, each with all that it asked about them for it.
 * Where these are as they were, the answer is: so a start that is planned anew pays only for what has
 * changed.
 */
export interface RememberedAnswers {
  /** The answer as it was kept, or damaged; undefined if there is none that holds. */
  find(question: AnswerQuestion): unknown
  /** Takes notes of all that is asked about files for an answer. */
  watch(): FileWatch
  /** Remembers an answer once `write` is called, if it can be worked out from the same files again. */
  keep(question: AnswerQuestion, answer: unknown, asked: ReturnType<FileWatch['end']>): void
  /** Writes what is to be kept; `directory` as that of `openRememberedPlans`. */
  write(directory: string): void
}

interface StoredAnswer {
  readonly key: string
  readonly observations: readonly Observation[]
  readonly answer: unknown
}

/**
 * @param directory - see `openRememberedPlans`; undefined if nothing is remembered there
 * @param build - of this product: another one may answer otherwise
 * @param begun - when the planning began, in ms since 1970
 */
export function rememberedAnswers(
  { directory, build, begun }: { directory: string | undefined; build: string; begun: number },
  observed: ObservedFiles,
): RememberedAnswers {
  const toWrite = new Map<string, StoredAnswer>()
  const keyOf = ({ key }: AnswerQuestion): string => `${build} ${key}`
  return {
    find(question) {
      if (directory === undefined) return undefined
      const stored = keptFile<Partial<StoredAnswer>>(directory, fileNameOf(question))
      if (stored?.key !== keyOf(question)) return undefined
      try {
        return stored.observations?.every(observed.isStillSo) ? stored.answer : undefined
      } catch {
        // Damaged in a way that leaves it JSON.
        return undefined
      }
    },
    watch: observed.watch,
    keep(question, answer, observations) {
      if (!observations || observations.some((one) => isTooFresh(one, begun))) return
      toWrite.set(fileNameOf(question), { key: keyOf(question), observations, answer })
    },
    write(place) {
      for (const [name, stored] of toWrite) keepFile(place, name, stored)
    },
  }
}

function fileNameOf({ topic, key }: AnswerQuestion): string {
  return `${topic}-${sumOf(key)}.json`
}
