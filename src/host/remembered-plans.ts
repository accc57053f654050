import type { GeneratedFile } from '../startup/generated-file.ts'
import { isTooFresh, keepFile, keptFile, sumOf } from './kept-files.ts'
import { answerTo, type Observation, type ObservedFiles } from './observed-files.ts'

/** All that decides about a start beside files. */
export interface StartQuestion {
  /** Of this product: another one may plan otherwise. */
  readonly build: string
  readonly words: readonly string[]
  /** Absolute. */
  readonly cwd: string
  readonly uid: number
  readonly gid: number
  readonly env: Readonly<Record<string, string | undefined>>
  readonly isStdinAtEnd: boolean
}

/** What is another one in each start, although nothing has changed. */
export interface StartFacts {
  /** Run directory. */
  readonly directory: string
  readonly iocName: string
  readonly pid: number
  /** For the header of the startup script. */
  readonly started: string
}

/** A plan of an earlier start that holds for this one. */
export interface RememberedPlan {
  /** Name of the IOC whose process has this pid. */
  nameFor(pid: number): string
  /** Files of the run directory; nothing if they cannot be told for this start. */
  filesFor(facts: StartFacts): readonly GeneratedFile[] | undefined
  /** What was printed about it. */
  readonly messages: PrintedMessages | undefined
}

/** Warnings as they were printed, and for which terminal, if it was one. */
export interface PrintedMessages {
  readonly text: string
  readonly isTerminal: boolean
  readonly columns: number | undefined
}

/**
 * Plans of earlier starts, each with all that was asked about files to make it.
 * Where every answer is still the same, the plan is: so an IOC that starts again pays neither for
 * planning nor for checking.
 *
 * @param directory - private to this user; what is in it is trusted as the run directory is
 */
export interface RememberedPlans {
  find(question: StartQuestion): RememberedPlan | undefined
  keep(question: StartQuestion, plan: PlanToKeep, observed: ObservedFiles): void
}

/** The files of a start, and what is in them that a later one has differently. */
export interface PlanToKeep {
  readonly files: readonly GeneratedFile[]
  readonly facts: StartFacts
  readonly messages?: PrintedMessages | undefined
  /** When the planning began, in ms since 1970. */
  readonly begun: number
}

interface StoredPlan {
  readonly key: string
  /** Without the pid at its end, if it has one. */
  readonly iocName: string
  readonly hasPid: boolean
  readonly nameLength: number
  readonly observations: readonly Observation[]
  readonly files: readonly GeneratedFile[]
  readonly messages?: PrintedMessages
}

export function openRememberedPlans(directory: string): RememberedPlans {
  return {
    find(question) {
      const stored = keptFile<StoredPlan>(directory, fileNameOf(question))
      const holds = stored?.key === keyOf(question) && stored.observations.every(isStillSo)
      return holds ? rememberedPlan(stored) : undefined
    },
    keep(question, plan, observed) {
      const observations = observed.observations()
      if (!observations || observations.some((one) => isTooFresh(one, plan.begun))) return
      if (!isRepeatable(question, plan, observed)) return
      const stored = { ...generalised(plan, question), observations }
      keepFile(directory, fileNameOf(question), stored)
    },
  }
}

function rememberedPlan(stored: StoredPlan): RememberedPlan {
  const { iocName, hasPid, nameLength, files, messages } = stored
  const nameFor = (pid: number): string => (hasPid ? `${iocName}${pid}` : iocName)
  return {
    nameFor,
    messages,
    filesFor(facts) {
      // A longer name may have to be cut for the names of records.
      if (facts.iocName.length !== nameLength || !isPlain(facts.directory)) return undefined
      return files.map((file) => ({ ...file, text: withFacts(file.text, facts) }))
    },
  }
}

function isStillSo({ question, path, answer }: Observation): boolean {
  return answerTo(question, path) === answer
}

/** Everything but the files, as one text. */
function keyOf({ build, words, cwd, uid, gid, env, isStdinAtEnd }: StartQuestion): string {
  const names = Object.keys(env).filter((name) => !ofOneProcess.has(name))
  const variables = names.sort().map((name) => [name, env[name]])
  return JSON.stringify([build, words, cwd, uid, gid, isStdinAtEnd, variables])
}

/** Variables that have another value in each session or service run, and that no IOC is about. */
export const ofOneProcess: ReadonlySet<string> = new Set([
  ...['_', 'SHLVL', 'OLDPWD', 'WINDOWID', 'TERM_SESSION_ID', 'XDG_SESSION_ID', 'TMUX_PANE'],
  ...['SSH_CLIENT', 'SSH_CONNECTION', 'SSH_TTY', 'SSH_AUTH_SOCK'],
  ...['INVOCATION_ID', 'JOURNAL_STREAM', 'SYSTEMD_EXEC_PID', 'PROCSERV_INFO'],
  ...['MEMORY_PRESSURE_WATCH', 'MEMORY_PRESSURE_WRITE'],
])

/**
 * A text that names one of these variables may depend on it. And directory, name and time of a start
 * must not be found in what the user wrote or was told: there they would stay as they are.
 */
function isRepeatable(
  question: StartQuestion,
  { facts, messages }: PlanToKeep,
  observed: ObservedFiles,
): boolean {
  const given = keyOf(question)
  const isMentioned = (text: string): boolean =>
    [given, messages?.text, ...observed.texts()].some((one) => one?.includes(text))
  const own = [facts.directory, facts.started, ...(hasPid(facts) ? [facts.iocName] : [])]
  const variables = [...ofOneProcess].flatMap((name) => (name === '_' ? ['$(_)', '${_}'] : [name]))
  if (!isPlain(facts.directory) || [...own, ...variables].some(isMentioned)) return false
  return ![...question.words, ...observed.texts()].some(mayMakeName)
}

/** Whether a name that is put together from macros, `$(SSH_$(X))`, may be that of such a variable. */
function mayMakeName(text: string | Buffer): boolean {
  const made = [...text.toString('latin1').matchAll(/\$[({](\w*)\$[({]/g)]
  const names = [...ofOneProcess]
  return made.some(([, beginning = '']) => names.some((name) => name.startsWith(beginning)))
}

/** Quoting leaves it as it is. */
function isPlain(path: string): boolean {
  return /^[\w/.:+@=-]+$/.test(path)
}

function hasPid({ iocName, pid }: StartFacts): boolean {
  return iocName.endsWith(`-${pid}`)
}

function generalised({ files, facts, messages }: PlanToKeep, question: StartQuestion) {
  const { iocName, pid } = facts
  const ofPid = hasPid(facts)
  return {
    key: keyOf(question),
    iocName: ofPid ? iocName.slice(0, -`${pid}`.length) : iocName,
    hasPid: ofPid,
    nameLength: iocName.length,
    ...(messages && { messages }),
    files: files.map((file) => ({ ...file, text: withoutFacts(file.text, facts, ofPid) })),
  }
}

/** No text of an IOC has NUL characters in it. */
const marks = { directory: '\0directory\0', iocName: '\0name\0', started: '\0started\0' } as const

/** The directory first: the name of the IOC may be a part of it. */
function withoutFacts(text: string, facts: StartFacts, ofPid: boolean): string {
  const placed = text
    .replaceAll(facts.directory, marks.directory)
    .replaceAll(facts.started, marks.started)
  return ofPid ? placed.replaceAll(facts.iocName, marks.iocName) : placed
}

function withFacts(text: string, facts: StartFacts): string {
  return text
    .replaceAll(marks.iocName, () => facts.iocName)
    .replaceAll(marks.started, () => facts.started)
    .replaceAll(marks.directory, () => facts.directory)
}

/** One file for what is usually started alike; the key in it decides. */
function fileNameOf({ words, cwd, env }: StartQuestion): string {
  const { IOCNAME: iocName = '', EPICS_BASE: base = '' } = env
  return `${sumOf([cwd, iocName, base, ...words].join('\0'))}.json`
}
