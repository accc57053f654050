import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { reasonOf } from '../host/errors.ts'
import { onInterrupt } from '../host/interrupts.ts'
import { junitXml } from '../smoke/junit.ts'
import { type SmokeResult, smokeLog } from '../smoke/report.ts'
import type { Unfinished } from '../smoke/unfinished.ts'
import { type Diagnostic, diagnostic } from '../text/diagnostic.ts'

/** Where reports go that programs read. */
export interface ReportFiles {
  readonly junit?: string
  readonly log?: string
}

/** What is known when a report is written. */
interface Outcome {
  readonly results?: readonly SmokeResult[]
  readonly unfinished?: readonly Unfinished[]
}

/** The report files of one command. */
export interface Reports {
  /** Writes all of them; `SMOKE_REPORT_UNWRITABLE` for those that cannot be. */
  write(outcome: Outcome): Diagnostic[]
  /** From now until `release` they are also written when a signal ends this process. */
  onSignal(outcomeOf: (signal: string) => Outcome): void
  release(): void
}

/** Report files, relative to `cwd`; without any, nothing is written. */
export function openReports({ junit, log }: ReportFiles, cwd: string): Reports {
  let isEnding = false
  let release = () => {}
  const put = ({ results = [], unfinished = [] }: Outcome): Diagnostic[] => [
    ...(junit === undefined ? [] : writeReport(resolve(cwd, junit), junitXml(results, unfinished))),
    ...(log === undefined ? [] : writeReport(resolve(cwd, log), smokeLog(results, unfinished))),
  ]
  return {
    // What a signal has ended looks like a failure of its own, a moment later.
    write: (outcome) => (isEnding ? [] : put(outcome)),
    onSignal(outcomeOf) {
      release = onInterrupt(async (signal) => {
        isEnding = true
        put(outcomeOf(signal))
      })
    },
    release: () => release(),
  }
}

/** Two reports in one file: the second would replace the first. */
export function sharedReport({ junit, log }: ReportFiles, cwd: string): Diagnostic | undefined {
  if (junit === undefined || log === undefined) return undefined
  if (resolve(cwd, junit) !== resolve(cwd, log)) return undefined
  return diagnostic('OPTION_VALUE', `--junit and --log name the same file, ${junit}`, {
    hint: 'give each a file of its own',
  })
}

function writeReport(path: string, text: string): Diagnostic[] {
  try {
    writeFileSync(path, text)
    return []
  } catch (error) {
    const message = `cannot write ${path}: ${reasonOf(error)}`
    const hint = 'name a file in a directory that exists and can be written'
    return [diagnostic('SMOKE_REPORT_UNWRITABLE', message, { hint })]
  }
}
