import { readFileSync } from 'node:fs'
import type { Writable } from 'node:stream'
import type { StopMeans } from '../smoke/smoke-run.ts'
import { killGroup } from './process-group.ts'

/** An IOC that shall end. */
export interface Stopping {
  readonly state: { readonly pid: number; readonly hasEnded: boolean }
  readonly ended: Promise<unknown>
  /** Standard input of its shell. */
  readonly input: Writable
  /** Without `exit` at its shell, which reads nothing while a script hangs. */
  readonly force: boolean
}

/** Ends an IOC by the gentlest means that works, and tells which one that was. */
export async function stopIoc({ state, ended, input, force }: Stopping): Promise<StopMeans> {
  if (state.hasEnded) return 'none'
  if (!force && hasShell(state.pid)) {
    input.end('exit\n')
    if (await endsWithin(ended, grace)) return 'exit'
  }
  killGroup(state.pid, 'SIGTERM')
  if (await endsWithin(ended, grace)) return 'SIGTERM'
  killGroup(state.pid, 'SIGKILL')
  await ended
  return 'SIGKILL'
}

/** Whether an IOC reads commands: `-S`, which `iocsh` passes on to softIocPVA, turns that off. */
export function hasShell(pid: number): boolean {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
    return !words.some((word) => word === '-S' || word === '--no-shell')
  } catch {
    return true
  }
}

/** Milliseconds for each means. */
const grace = 5000

/** Whether something ends in time. */
export async function endsWithin(ended: Promise<unknown>, milliseconds: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), milliseconds)
  })
  try {
    return await Promise.race([ended.then(() => true), late])
  } finally {
    clearTimeout(timer)
  }
}
