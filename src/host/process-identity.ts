import { readFileSync, readlinkSync } from 'node:fs'

/** Tells one run of a process from all others: pids are used again, start times go with them. */
export interface ProcessIdentity {
  readonly pid: number
  /** Clock ticks between boot and the start of the process (proc(5), field 22 of `stat`). */
  readonly startTime: string
  /** The pid namespace: the same pid in two containers is not the same process. */
  readonly namespace: string
}

/** Identity of a running process; undefined if there is none with this pid. */
export function identifyProcess(pid: number): ProcessIdentity | undefined {
  const startTime = startTimeOf(pid)
  return startTime === undefined ? undefined : { pid, startTime, namespace: pidNamespace() }
}

/** Whether the process still runs. In doubt (another pid namespace) it counts as running. */
export function isRunning(identity: ProcessIdentity): boolean {
  return !isOfThisNamespace(identity) || startTimeOf(identity.pid) === identity.startTime
}

/** Whether its pid means the same process to us as to those who wrote it down. */
export function isOfThisNamespace({ namespace }: ProcessIdentity): boolean {
  return namespace === pidNamespace()
}

export function formatIdentity({ pid, startTime, namespace }: ProcessIdentity): string {
  return `${pid} ${startTime} ${namespace}\n`
}

export function parseIdentity(text: string): ProcessIdentity | undefined {
  const match = /^(\d+) (\d+) (\S*)\n$/.exec(text)
  if (!match) return undefined
  return { pid: Number(match[1]), startTime: match[2] ?? '', namespace: match[3] ?? '' }
}

/** The command name in `stat` may hold blanks and brackets: fields are counted after the last `)`. */
function startTimeOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' ? undefined : fields[19]
  } catch {
    return undefined
  }
}

let namespace: string | undefined

function pidNamespace(): string {
  namespace ??= readNamespace()
  return namespace
}

function readNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid')
  } catch {
    return ''
  }
}
