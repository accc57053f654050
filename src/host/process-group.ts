import { execa } from 'execa'

/** For `execa`: the program leads a group of its own. Signals of the terminal do not reach it. */
export const leadsGroup = { detached: true, cleanup: false } as const

/**
 * Signals a process and all that it has started; nothing happens if they are gone, or if the process
 * could not be started and has no number.
 */
export function killGroup(leader: number | undefined, signal: NodeJS.Signals): void {
  if (leader === undefined) return
  try {
    process.kill(-leader, signal)
  } catch {
    // They have ended.
  }
}

/** Groups that stop and go on with this process. */
const together = new Set<number>()

/**
 * A process group stops and goes on with this process: ^Z at the terminal reaches only us. Returns a
 * function that ends that.
 */
export function suspendTogether(leader: number | undefined): () => void {
  if (leader === undefined) return () => {}
  if (together.size === 0) process.on('SIGTSTP', suspend)
  together.add(leader)
  return () => {
    if (together.delete(leader) && together.size === 0) process.off('SIGTSTP', suspend)
  }
}

function suspend(): void {
  for (const leader of together) killGroup(leader, 'SIGSTOP')
  // As if there were no handler: where nobody could tell us to go on, the kernel does not stop us.
  process.off('SIGTSTP', suspend)
  process.kill(process.pid, 'SIGTSTP')
  process.on('SIGTSTP', suspend)
  for (const leader of together) killGroup(leader, 'SIGCONT')
}

/**
 * Ends a process group when this process ends, however that happens (also by SIGKILL): a shell waits
 * for the end of a pipe that only we hold open. Returns a function that takes the guard away.
 */
export function guardProcessGroup(leader: number): () => void {
  const guard = execa('/bin/sh', ['-c', guardScript, 'e3-guard', String(leader)], {
    ...{ stdin: 'pipe', stdout: 'ignore', stderr: 'ignore' },
    // A session of its own: ^C at the terminal must not end the guard before us.
    ...{ ...leadsGroup, reject: false, buffer: false },
  })
  guard.unref()
  return () => void guard.kill('SIGKILL')
}

/** dash takes no `--` before the negative number of a group. */
const guardScript = 'while read -r line; do :; done; kill -TERM "-$1"; sleep 1; kill -KILL "-$1"'
