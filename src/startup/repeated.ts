import type { Code } from '../text/codes.ts'
import type { Diagnostic, Note } from '../text/diagnostic.ts'

/** One cause, set right at one place, shows at every line that uses the macro or the file. */
const summed: ReadonlySet<Code> = new Set(['FILE_NOT_FOUND', 'MACRO_RECURSIVE', 'MACRO_UNDEFINED'])

const mostPlaces = 3

/**
 * Findings that say the same of several lines, once, at the first place and with the next ones:
 * scripts of some sites begin each second line with a macro.
 */
export function eachOnce(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const groups = new Map<string, Diagnostic[]>()
  for (const [index, item] of diagnostics.entries()) {
    const key = summed.has(item.code) ? wordsOf(item) : `${index}`
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return [...groups.values()].flatMap(([first, ...others]) =>
    first ? [others.length > 0 ? withPlaces(first, others) : first] : [],
  )
}

function wordsOf({ code, message, notes }: Diagnostic): string {
  return [code, message, ...notes.map((note) => note.message)].join('\0')
}

function withPlaces(first: Diagnostic, others: readonly Diagnostic[]): Diagnostic {
  const places = others
    .slice(0, mostPlaces)
    .map(({ at }): Note => ({ message: 'also here', ...(at && { at }) }))
  const more = others.length - places.length
  const rest = more > 0 ? [{ message: `and ${more} times more` }] : []
  const isError = others.some(({ severity }) => severity === 'error')
  const severity = isError ? 'error' : first.severity
  return { ...first, severity, notes: [...first.notes, ...places, ...rest] }
}
