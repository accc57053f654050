import { setTimeout as delay } from 'node:timers/promises'
import type { Readiness } from '../smoke/smoke-run.ts'
import { initDonePattern, plainLine } from '../smoke/transcript.ts'
import type { IocOutput } from './ioc-output.ts'
import type { IocPorts } from './ioc-ports.ts'
import { hasShell } from './ioc-stop.ts'
import { isListening } from './loopback-connection.ts'

/** How to find out whether an IOC runs. */
export interface Waiting {
  readonly state: {
    readonly pid: number
    readonly ports: IocPorts
    /** The shell of the IOC has answered the question. */
    readonly shellAnswers: boolean
    readonly hasEnded: boolean
  }
  readonly output: IocOutput
  /** Milliseconds. */
  readonly timeout: number
  /** Types a command whose output shows that the shell of the IOC reads its input. */
  ask(): void
}

/**
 * Waits until an IOC runs. One with a shell runs when the shell answers, because it reads its input
 * only after the scripts; one without runs when `iocInit` is done and nothing more is printed.
 */
export async function untilReady({ state, output, timeout, ask }: Waiting): Promise<Readiness> {
  const deadline = performance.now() + timeout
  let nextQuestion = 0
  while (performance.now() < deadline) {
    if (state.hasEnded) return 'ended'
    if (state.shellAnswers) {
      const isRunning = isInitialised(output) || (await isListening(state.ports.ca))
      return isRunning ? 'running' : 'not initialised'
    }
    if (output.quietFor() > quietTime && isInitialised(output) && !hasShell(state.pid)) {
      return 'running'
    }
    if (performance.now() >= nextQuestion) {
      ask()
      nextQuestion = performance.now() + questionInterval
    }
    await delay(25)
  }
  return state.hasEnded ? 'ended' : 'timeout'
}

const quietTime = 1000

/** Asked again: a program that a script starts may have taken the question from standard input. */
const questionInterval = 5000

function isInitialised(output: IocOutput): boolean {
  return output
    .text()
    .split('\n')
    .some((line) => initDonePattern.test(plainLine(line)))
}
