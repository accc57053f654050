import { type Diagnostic, diagnostic, type Result } from '../text/diagnostic.ts'
import type { Source } from '../text/source.ts'
import { spanOf } from '../text/span.ts'
import { formatVersionRequest, parseVersionRequest } from '../version/request.ts'
import { isModuleName, isVersionName } from './module-name.ts'
import type { Dependency } from './module-request.ts'

/**
 * Reads a `.dep` file: a module and a version a line, separated by blanks; the rest of a line,
 * blank lines and `#` comments are ignored. A line without version asks for any. require.c:
 * handleDependencies, without its limit of 38 characters a line.
 *
 * Errors: `DEP_LINE_MALFORMED`; the other lines are read all the same.
 */
export function parseDependencies(source: Source): Result<readonly Dependency[]> {
  const value = new Map<string, Dependency>()
  const diagnostics: Diagnostic[] = []
  for (const line of source.text.matchAll(/[^\r\n]+/g)) {
    const found = parseLine(source, { text: line[0].replace(/^\ufeff/, ' '), start: line.index })
    if (found && 'code' in found) diagnostics.push(found)
    else if (found) addOnce(value, found)
  }
  return { value: [...value.values()], diagnostics }
}

/** Older builds repeat lines. */
function addOnce(all: Map<string, Dependency>, dependency: Dependency): void {
  const key = `${dependency.module} ${formatVersionRequest(dependency.version)}`
  if (!all.has(key)) all.set(key, dependency)
}

interface Line {
  readonly text: string
  readonly start: number
}

function parseLine(source: Source, { text, start }: Line): Dependency | Diagnostic | undefined {
  const words = [...text.matchAll(/\S+/g)]
  const [name, version] = words
  if (!name || name[0].startsWith('#')) return undefined
  const asked = version && !version[0].startsWith('#') ? version : undefined
  const last = asked ?? name
  const at = spanOf(source, start + name.index, start + last.index + last[0].length)
  const wrong = !isModuleName(name[0]) ? name[0] : asked && !isVersionName(asked[0]) && asked[0]
  if (wrong) {
    return diagnostic('DEP_LINE_MALFORMED', `"${wrong}" is no module and version`, {
      at,
      hint: 'a line of a .dep file is: <module> <version>',
    })
  }
  return { module: name[0], version: parseVersionRequest(asked?.[0]), at }
}
