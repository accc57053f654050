import type { Diagnostic } from '../text/diagnostic.ts'
import type { Source } from '../text/source.ts'
import type { Expectation, PvReading } from './expectation.ts'
import type { Transcript } from './transcript.ts'

/** One IOC to start. */
export interface SmokeTarget {
  /** How reports call it: its startup script, or its whole command. */
  readonly name: string
  /** Arguments of `iocsh`. */
  readonly words: readonly string[]
  /** Path of its only startup script, if it has just one. */
  readonly script?: string
}

/** How far an IOC came: `running` when it has done its scripts and serves its records. */
export type Readiness = 'running' | 'not initialised' | 'timeout' | 'ended'

/** How a process ended: by itself with an exit status, or by a signal. */
export interface ProcessEnd {
  readonly exitCode?: number
  readonly signal?: string
}

/** What was needed to end an IOC that ran; `none` if it had ended before. */
export type StopMeans = 'none' | 'exit' | 'SIGTERM' | 'SIGKILL'

export type PvOutcome =
  | { readonly kind: 'value'; readonly reading: PvReading }
  /** It exists, but over PV Access only: it has fields instead of one value. */
  | { readonly kind: 'group' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unreadable'; readonly reason: string }

/** All that was seen of one IOC. */
export interface SmokeRun {
  readonly target: SmokeTarget
  readonly readiness: Readiness
  /** From the start until it was running, or until we gave up. */
  readonly seconds: number
  readonly pvs: readonly { readonly expectation: Expectation; readonly outcome: PvOutcome }[]
  readonly stop: StopMeans
  readonly end: ProcessEnd
  readonly transcript: Transcript
  /** The startup script of the target, if it can be read. */
  readonly script?: Source
  /** What `iocsh` reported before the start. */
  readonly planning: readonly Diagnostic[]
}
