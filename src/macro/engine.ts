import type { Finding, Findings, Table } from './table.ts'
import type { MacroWarning } from './types.ts'

/** What the whole expansion shares. */
export interface Engine {
  readonly table: Table
  /** Texts are put into UTF-8 before and back into text behind all work. */
  readonly encodes: boolean
  /** No messages, no marks in the text. */
  quiet: boolean
  /** Work left before the expansion is given up. */
  budget: number
  /** Work of all expansions before. */
  spent: number
  warnings: MacroWarning[]
  /** By text and offset. Forgotten where they may not hold: another scope, a name that was cut. */
  readonly trials: Map<string, Map<number, Trial>>
  /** Values for which macLib would never come to an end: whatever is expanded, the IOC hangs. */
  endless: Finding[]
}

/** What came of the search for the end of a default. */
export interface Trial {
  readonly end: number
  /** The work that macLib has with it, of the budget: it doubles with each default in a default. */
  readonly work: number
}

/** The text or value at work; macLib blames it in its messages. */
export interface Job {
  readonly type: string
  readonly name: string
  readonly findings: Findings
}

/** How one stretch of text is read. */
export interface Pass {
  readonly engine: Engine
  readonly job: Job
  /** 0 for the text handed in: its quotes and escapes stay. Also the depth of nesting. */
  readonly level: number
  /** Characters that end the stretch; quotes do not protect them. */
  readonly terminators: string
  /** The macro whose value this is; undefined for the text itself. */
  readonly within: string | undefined
  /** Only the end of the stretch is wanted, see `skipDefault`. */
  readonly isTrial?: boolean
  /** Called with the place of each reference of this stretch. */
  readonly onReference?: (reference: {
    readonly start: number
    readonly end: number
    readonly outputStart: number
  }) => void
}

/** A place in a text; moves on as the text is read. */
export interface Cursor {
  readonly text: string
  at: number
}
