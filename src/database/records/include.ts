import { expandEnvironment } from '../../macro/macros.ts'
import { candidatesOf, shownPath } from '../definitions/include-path.ts'
import type { Name } from './build.ts'
import { type FileReading, type OpenedText, report } from './reading.ts'

/** Nothing sensible includes deeper or more. */
const maxDepth = 100
const mostFiles = 10_000

/** A file that is included and the names that led to it. */
interface IncludedFile {
  readonly opened: OpenedText
  readonly names: readonly string[]
}

/** dbLexRoutines.c, dbIncludeNew: the name may hold macros of the environment. */
export function openIncluded(
  file: FileReading,
  { value, start, end }: Name,
): IncludedFile | undefined {
  const { loading, text, names } = file
  const { environment } = loading.state
  const name = expandEnvironment(value, { environment }).text ?? value
  for (const candidate of candidatesOf(name, loading.path)) {
    if (names.includes(candidate) || names.length > maxDepth || loading.files >= mostFiles) {
      const chain = [...names.slice(-5), candidate].join(' -> ')
      report(file, {
        code: 'INCLUDE_LOOP',
        message: `databases include each other without end: ${chain}`,
        start,
        end,
        hint: 'remove this line',
      })
      return undefined
    }
    const opened = loading.open(candidate, text.spanOf(start, end))
    if (!opened) continue
    loading.files++
    return { opened, names: [...names, candidate] }
  }
  report(file, {
    ...{ code: 'FILE_NOT_FOUND', start, end },
    message: `the file ${JSON.stringify(name)} to include is not found`,
    notes: name.includes('/') ? [] : [{ message: `searched: ${shownPath(loading.path)}` }],
    hint: `path "<directory of ${name}>"`,
    absent: name,
  })
  return undefined
}
