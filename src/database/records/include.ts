import { expandEnvironment } from '../../macro/macros.ts'
import { candidatesOf, shownPath } from '../definitions/include-path.ts'
import { endOfLine } from '../tokens.ts'
import type { Name } from './build.ts'
import { next } from './mistakes.ts'
import { readName } from './names.ts'
import { type FileReading, type IncludedFile, report } from './reading.ts'

/** Nothing sensible includes deeper or more. */
const maxDepth = 100
const mostFiles = 10_000

/** `include "file"`: it is opened, to be read at the end of the line. */
export function readInclude(file: FileReading): void {
  const name = readName(file, 'what to include')
  if (!name) return
  const included = openIncluded(file, name)
  if (included) {
    const { start, end } = name
    const lineEnd = endOfLine(file.text.text, end)
    file.waiting ??= { files: [], lineEnd, at: { start, end } }
    file.waiting.files.push(included)
  }
  next(file)
}

/** dbLexRoutines.c, dbIncludeNew: the name may hold macros of the environment. */
function openIncluded(file: FileReading, { value, start, end }: Name): IncludedFile | undefined {
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
