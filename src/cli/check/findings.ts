import type { Diagnostic } from '../../text/diagnostic.ts'
import { renderGithub, renderJson } from '../../text/formats.ts'
import { inFileOrder } from '../../text/order.ts'
import { renderText } from '../../text/render.ts'
import type { Output } from '../reporter.ts'

export const checkFormats = ['text', 'json', 'github'] as const
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

/** Findings as text for stdout, piece by piece. */
export function* findingLines(
  findings: readonly Diagnostic[],
  format: CheckFormat,
  { output, noColor }: { readonly output: Output; readonly noColor: boolean },
): Generator<string> {
  if (findings.length === 0) return
  const color = format === 'text' && output.isTerminal && !noColor
  const width = Math.min(output.columns ?? 100, 160)
  for (const item of findings) yield `${line(item)}\n`

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
