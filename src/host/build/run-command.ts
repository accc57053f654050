import { spawn } from 'node:child_process'
import { appendFileSync, closeSync, openSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { BuildStep } from '../../build/build-graph.ts'
import { reasonOf } from '../errors.ts'
import { onInterrupt } from '../interrupts.ts'
import { killGroup, suspendTogether } from '../process-group.ts'

interface CommandPlace {
  /** Absolute: the command runs here. */
  readonly folder: string
  readonly env: Readonly<Record<string, string | undefined>>
}

/**
 * Runs the command of one step as make would, but at once: neither make nor a shell has to start. What
 * it prints goes into the log of the step; its output is removed if it fails or is interrupted.
 * Throws system errors of the log.
 */
export async function runCommand(step: BuildStep, place: CommandPlace): Promise<void> {
  const log = join(place.folder, step.log)
  const { failure, end } = start(step.command, log, place)
  const discard = (): void => rmSync(join(place.folder, step.output), { force: true })
  const release = onInterrupt(async () => {
    end()
    await failure
    discard()
  })
  const reason = await failure
  release()
  if (reason === undefined) return
  discard()
  if (reason !== '') appendFileSync(log, `${step.command[0]}: ${reason}\n`)
}

interface Started {
  /** Undefined if all went well; empty if the command has said itself what is wrong. */
  readonly failure: Promise<string | undefined>
  /** Tells it, and what it has started, to end. */
  end(): void
}

function start(
  [program = '', ...words]: readonly string[],
  log: string,
  { folder, env }: CommandPlace,
): Started {
  const told = openSync(log, 'w')
  try {
    const stdio = ['ignore' as const, told, told]
    const child = spawn(program, words, { cwd: folder, env, stdio, detached: true })
    const failure = new Promise<string | undefined>((resolve) => {
      child.on('exit', (code, signal) => resolve(code === 0 ? undefined : endedBy(signal)))
      child.on('error', (error) => resolve(reasonOf(error)))
    }).finally(suspendTogether(child.pid))
    return { failure, end: () => killGroup(child.pid, 'SIGTERM') }
  } catch (error) {
    // Such as too many words.
    return { failure: Promise.resolve(reasonOf(error)), end: () => {} }
  } finally {
    closeSync(told)
  }
}

function endedBy(signal: string | null): string {
  return signal === null ? '' : `ended by ${signal}`
}
