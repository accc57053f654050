import { resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Expectation } from '../smoke/expectation.ts'
import { readReportedDiagnostic, type TextOf } from '../smoke/reported-diagnostic.ts'
import type { PvOutcome, SmokeRun, SmokeTarget } from '../smoke/smoke-run.ts'
import { readTranscript } from '../smoke/transcript.ts'
import { isReadable } from '../startup/source-reader.ts'
import type { Diagnostic } from '../text/diagnostic.ts'
import { quoteShellWord } from '../text/shell-words.ts'
import type { Source } from '../text/source.ts'
import { onInterrupt } from './interrupts.ts'
import { type IocProcess, startIoc } from './ioc-process.ts'
import { createSourceReader } from './source-reader.ts'

/** What to start and what to look at. */
export interface SmokeSettings {
  readonly targets: readonly SmokeTarget[]
  readonly expectations: readonly Expectation[]
  /** Seconds until an IOC must run. */
  readonly timeout: number
  /** Seconds it runs before its PVs are read. */
  readonly settle: number
  /** So many IOCs run at the same time. */
  readonly jobs: number
  /** The program `iocsh`. */
  readonly launcher: string
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  progress(text: string): void
  /** Told of each IOC once it has ended. */
  onRun?(index: number, run: SmokeRun): void
}

/** Starts each IOC, reads its PVs and ends it. The order of the results is that of the targets. */
export async function runSmoke(settings: SmokeSettings): Promise<SmokeRun[]> {
  const live = new Set<IocProcess>()
  const waiting = [...settings.targets.entries()]
  const runs: SmokeRun[] = []
  const release = onInterrupt(() => {
    waiting.length = 0
    return Promise.all([...live].map((ioc) => ioc.stop({ force: true })))
  })
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [index, target] = next
      const run = await runTarget(target, settings, live)
      runs[index] = run
      settings.onRun?.(index, run)
    }
  }
  try {
    await Promise.all(Array.from({ length: Math.min(settings.jobs, waiting.length) }, work))
    return runs
  } finally {
    release()
  }
}

async function runTarget(
  target: SmokeTarget,
  settings: SmokeSettings,
  live: Set<IocProcess>,
): Promise<SmokeRun> {
  const { expectations, timeout, cwd } = settings
  const textOf = sourceTexts(target, cwd)
  settings.progress(`starting ${target.name}`)
  const started = performance.now()
  const { ioc, planning } = await start(target, settings, textOf)
  live.add(ioc)
  const readiness = await ioc.ready(timeout * 1000)
  const seconds = (performance.now() - started) / 1000
  const isRunning = readiness === 'running'
  if (isRunning) await settle(ioc, settings.settle * 1000)
  const outcomes = isRunning ? await ioc.read(expectations.map(({ name }) => name)) : []
  const stop = await ioc.stop({ force: !isRunning })
  const end = await ioc.ended
  live.delete(ioc)
  const script = sourceOf(target.script, textOf)
  return {
    ...{ target, readiness, seconds, stop, end, planning, ...(script && { script }) },
    pvs: expectations.map((expectation, index) => ({
      expectation,
      outcome: outcomes[index] ?? notRead,
    })),
    transcript: readTranscript(`<console of ${target.name}>`, ioc.output()),
  }
}

/** Lets an IOC run for a while, or until it ends. */
async function settle(ioc: IocProcess, milliseconds: number): Promise<void> {
  const waiting = new AbortController()
  const { signal } = waiting
  await Promise.race([ioc.ended, delay(milliseconds, undefined, { signal })])
  waiting.abort()
}

const notRead: PvOutcome = { kind: 'unreadable', reason: 'the IOC does not run' }

/** `iocsh` reports mistakes as JSON, so that they become part of our own report, with their places. */
async function start(
  target: SmokeTarget,
  { launcher, cwd, env }: SmokeSettings,
  textOf: TextOf,
): Promise<{ ioc: IocProcess; planning: readonly Diagnostic[] }> {
  const planning: Diagnostic[] = []
  const onLine = (line: string) => {
    const reported = readReportedDiagnostic(line, textOf)
    if (!reported) return line
    planning.push(reported)
    return undefined
  }
  // Behind the words of the user, so that the places of these stay right.
  const command = [launcher, ...target.words, '--format', 'json'] as const
  return { ioc: await startIoc({ command, cwd, env, onLine }), planning }
}

/** Texts of the files that `iocsh` names; its arguments are a source of their own. */
function sourceTexts(target: SmokeTarget, cwd: string): TextOf {
  const reader = createSourceReader(cwd)
  return (name) => {
    if (name === '<command line>') {
      return ['iocsh', ...target.words].map(quoteShellWord).join(' ')
    }
    const outcome = reader.read(resolve(cwd, name))
    return isReadable(outcome) ? outcome.source.text : undefined
  }
}

function sourceOf(name: string | undefined, textOf: TextOf): Source | undefined {
  const text = name === undefined ? undefined : textOf(name)
  return name === undefined || text === undefined ? undefined : { name, text }
}
