import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type IocProcess, startIoc } from '../../src/host/ioc-process.ts'
import type { PvReading } from '../../src/smoke/expectation.ts'
import { plainLine } from '../../src/smoke/transcript.ts'
import { pythonEnvironment, repository, testBase } from './machine.ts'

/** An IOC of a test; it is ended behind the test, whatever happens. */
export interface TestIoc extends Omit<IocProcess, 'output' | 'read' | 'stop'> {
  /** `XDG_RUNTIME_DIR` of the IOC: a directory of its own. */
  readonly runtimeDirectory: string
  /** Output so far without colour codes, stdout and stderr. */
  console(): string
  /** Waits until the output holds a text or a match, and returns the output. */
  waitFor(wanted: string | RegExp, timeout?: number): Promise<string>
  /** Value of a PV, read over Channel Access; an error if there is none. */
  get(name: string): Promise<PvReading>
  /** Waits until a PV has a text as its value. */
  waitForValue(name: string, text: string, timeout?: number): Promise<void>
}

export interface TestIocOptions {
  readonly cwd?: string
  /** Added to the environment; undefined removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Default: `bin/iocsh` of the repository. */
  readonly program?: string
  /** For starts that are to fail or to hang: the test gets the IOC at once. */
  readonly isAwaited?: boolean
}

/**
 * Runs a test with an IOC: `iocsh` with these arguments, on ports of its own on the loopback
 * interface, with the base of the tests. `clientEnvironment` is for p4p, caproto and other clients.
 */
export async function withIoc<T>(
  args: readonly string[],
  options: TestIocOptions,
  body: (ioc: TestIoc) => Promise<T>,
): Promise<T> {
  const runtimeDirectory = mkdtempSync(join(tmpdir(), 'e3-ioc-'))
  const env = {
    ...process.env,
    ...pythonEnvironment(),
    ...{ EPICS_BASE: testBase(), XDG_RUNTIME_DIR: runtimeDirectory },
    ...options.env,
  }
  const ioc = await startIoc({
    command: [options.program ?? iocshProgram, ...args],
    cwd: options.cwd ?? runtimeDirectory,
    env,
  })
  try {
    const tested = testIoc(ioc, runtimeDirectory)
    if (options.isAwaited ?? true) await expectRunning(ioc, tested)
    return await body(tested)
  } finally {
    await ioc.stop({ force: true })
    rmSync(runtimeDirectory, { recursive: true, force: true })
  }
}

/** The program under test. */
const iocshProgram: string = join(repository, 'bin/iocsh')

function testIoc(ioc: IocProcess, runtimeDirectory: string): TestIoc {
  const text = () => ioc.output().split('\n').map(plainLine).join('\n')
  const get = async (name: string): Promise<PvReading> => {
    const [outcome] = await ioc.read([name])
    if (outcome?.kind === 'value') return outcome.reading
    throw new Error(`PV ${name}: ${JSON.stringify(outcome)}`)
  }
  return {
    ...ioc,
    ...{ runtimeDirectory, get },
    console: text,
    waitFor: (wanted, timeout = 10_000) =>
      poll(
        timeout,
        () => (holds(text(), wanted) ? text() : undefined),
        () => `the IOC did not print ${wanted}:\n${text()}`,
      ),
    waitForValue: async (name, wanted, timeout = 10_000) => {
      const state = { last: '' }
      const ask = async () => {
        state.last = (await get(name)).text
        return state.last === wanted || undefined
      }
      await poll(timeout, ask, () => `PV ${name} is "${state.last}", not "${wanted}"`)
    },
  }
}

async function expectRunning(ioc: IocProcess, { console: text }: TestIoc): Promise<void> {
  const readiness = await ioc.ready(30_000)
  if (readiness !== 'running') throw new Error(`the IOC: ${readiness}\n${text()}`)
}

function holds(text: string, wanted: string | RegExp): boolean {
  return typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text)
}

async function poll<T>(
  timeout: number,
  ask: () => T | undefined | Promise<T | undefined>,
  complaint: () => string,
): Promise<T> {
  const deadline = performance.now() + timeout
  for (;;) {
    const answer = await ask()
    if (answer !== undefined) return answer
    if (performance.now() > deadline) throw new Error(complaint())
    await delay(25)
  }
}
