import { type ModuleRequest, parseRequest } from '../../src/modules/module-request.ts'
import type { Source } from '../../src/text/source.ts'

/** The requests of all `require` lines of a script, `st.cmd` unless named otherwise. */
export function scriptRequests(text: string, name = 'st.cmd'): ModuleRequest[] {
  const source: Source = { name, text }
  return [...text.matchAll(/require\s+(.+)/g)].flatMap((line) => {
    const start = line.index + line[0].length - (line[1]?.length ?? 0)
    const at = { source, start, end: line.index + line[0].length }
    const { value } = parseRequest(line[1] ?? '', at)
    return value ? [value] : []
  })
}
