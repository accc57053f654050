import type { Severity } from '../../text/codes.ts'
import { counted } from '../../text/count.ts'
import type { Diagnostic } from '../../text/diagnostic.ts'
import { countOf } from '../../text/finding-list.ts'

/** How much was looked at. */
export interface Counts {
  readonly iocs: number
  readonly files: number
  readonly records: number
}

/** `3 errors, 1 warning in 2 IOCs, 14 files, 1,200 records (0.4 s)`. */
export function summaryLine(
  diagnostics: readonly Diagnostic[],
  { iocs, files, records }: Counts,
  seconds: number,
): string {
  const found = severities.flatMap(([severity, one, many]) => {
    const such = diagnostics.filter((item) => item.severity === severity)
    const number = such.reduce((sum, item) => sum + countOf(item), 0)
    return number > 0 ? [counted(number, one, many)] : []
  })
  const looked = [
    ...(iocs > 0 ? [counted(iocs, 'IOC')] : []),
    counted(files, 'file'),
    counted(records, 'record'),
  ]
  const what = found.length > 0 ? found.join(', ') : 'nothing wrong'
  return `${what} in ${looked.join(', ')} (${seconds.toFixed(1)} s)`
}

const severities: readonly (readonly [Severity, string, string])[] = [
  ['error', 'error', 'errors'],
  ['warning', 'warning', 'warnings'],
  ['info', 'remark', 'remarks'],
]
