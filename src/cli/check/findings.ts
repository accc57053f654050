import { codePages } from '../../host/explain-code.ts'
import type { Diagnostic } from '../../text/diagnostic.ts'
import { renderGithub, renderJson } from '../../text/formats.ts'
import { renderJunit } from '../../text/formats-junit.ts'
import { renderSarif } from '../../text/formats-sarif.ts'
import { inFileOrder } from '../../text/order.ts'
import { renderText } from '../../text/render.ts'
import { oncePerCause } from '../../text/same-cause.ts'
import type { Output } from '../reporter.ts'
import { productVersion } from '../version.ts'

export const checkFormats = ['text', 'json', 'github', 'junit', 'sarif'] as const
export type CheckFormat = (typeof checkFormats)[number]

/** Which findings are shown. */
export interface Shown {
  /** Errors only. */
  readonly isQuiet: boolean
  /** Remarks, too. */
  readonly hasLints: boolean
}

/** Each finding once, in file order. */
export function shownFindings(
  diagnostics: readonly Diagnostic[],
  { isQuiet, hasLints }: Shown,
): Diagnostic[] {
  return inFileOrder(diagnostics).filter(({ severity }) =>
    isQuiet ? severity === 'error' : hasLints || severity !== 'info',
  )
}

/** What is known beside the findings. */
export interface FindingsReport {
  readonly output: Pick<Output, 'isTerminal' | 'columns'>
  readonly noColor: boolean
  /** Names of all files that were read. */
  readonly files: readonly string[]
  readonly seconds: number
  readonly cwd: string
}

/**
 * Findings as text for stdout, piece by piece. JUnit and SARIF are whole documents, also when
 * nothing was found.
 */
export function findingLines(
  findings: readonly Diagnostic[],
  format: CheckFormat,
  report: FindingsReport,
): Iterable<string> {
  switch (format) {
    case 'junit':
      return renderJunit(findings, { name: 'e3 check', ...report })
    case 'sarif':
      return renderSarif(findings, {
        ...{ version: productVersion, cwd: report.cwd, pages: codePages() },
      })
    default:
      return lines(findings, format, report)
  }
}

function* lines(
  findings: readonly Diagnostic[],
  format: Exclude<CheckFormat, 'junit' | 'sarif'>,
  { output, noColor }: FindingsReport,
): Generator<string> {
  const color = format === 'text' && output.isTerminal && !noColor
  const width = Math.min(output.columns ?? 100, 160)
  for (const item of format === 'text' ? oncePerCause(findings) : findings) yield `${line(item)}\n`

  function line(item: Diagnostic): string {
    switch (format) {
      case 'json':
        return renderJson(item)
      case 'github':
        return renderGithub(item)
      case 'text':
        return renderText(item, { color, width })
    }
  }
}
