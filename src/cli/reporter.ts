import type { Diagnostic } from '../text/diagnostic.ts'
import { renderGithub, renderJson } from '../text/formats.ts'
import { inFileOrder } from '../text/order.ts'
import { renderText } from '../text/render.ts'

export const formats = ['text', 'json', 'github'] as const
export type Format = (typeof formats)[number]

/** Where text goes and what it can show. */
export interface Output {
  write(text: string): void
  /**
   * Writes one piece after the other, no faster than they are read; ends early, with false, if nobody
   * reads.
   */
  writeAll(pieces: Iterable<string>): Promise<boolean>
  readonly isTerminal: boolean
  readonly columns?: number | undefined
}

export interface ReportOptions {
  readonly format: Format
  /** Errors only. */
  readonly quiet: boolean
  /** `NO_COLOR` is set, see no-color.org. */
  readonly noColor: boolean
}

/** Prints diagnostics, each once, in file order, and with `text` a closing count of errors. */
export function report(
  diagnostics: readonly Diagnostic[],
  output: Output,
  { format, quiet, noColor }: ReportOptions,
): void {
  const shown = inFileOrder(diagnostics).filter(({ severity }) => !quiet || severity === 'error')
  if (shown.length === 0) return
  const color = output.isTerminal && !noColor
  const width = Math.min(output.columns ?? 100, 160)
  for (const item of shown) output.write(`${render(item)}\n`)

  function render(item: Diagnostic): string {
    if (format === 'json') return renderJson(item)
    if (format === 'github') return renderGithub(item)
    return renderText(item, { color, width })
  }
}
