import type { LoadedText } from './types.ts'

/** Statements of dbd files, which may stand in a database, too. */
export const dbdKeywords: ReadonlySet<string> = new Set([
  'menu',
  'recordtype',
  'device',
  'driver',
  'link',
  'registrar',
  'function',
  'variable',
  'breaktable',
])

/**
 * Where a dbd statement ends: behind its parentheses and the braces that follow. Without a closing
 * bracket it goes to the end of the text.
 */
export function endOfDbdStatement(text: string, start: number): number {
  const head = endOfBrackets(text, start, '(')
  const body = endOfBrackets(text, head, '{')
  return Math.max(start + 1, head, body)
}

/** Behind the brackets that come next; `start` itself if something else comes. */
function endOfBrackets(text: string, start: number, open: '(' | '{'): number {
  let depth = 0
  piece.lastIndex = start
  for (let match = piece.exec(text); match; match = piece.exec(text)) {
    const [, found = ''] = match
    if (depth === 0 && found !== open && !(open === '(' && /^\w+$/.test(found))) {
      if (found !== '') return start
    } else if (found === '(' || found === '{') depth++
    else if (found === ')' || found === '}') {
      depth--
      if (depth <= 0) return piece.lastIndex
    }
  }
  return depth > 0 ? text.length : start
}

/** Comments, strings, lines of C code; brackets and words are captured. */
const piece = /#[^\n]*|^[ \t]*%[^\n]*|"(?:[^"\\\n]|\\.)*"?|([(){}]|[^\s#"(){}]+)/gm

/** A stretch of a text as a text of its own, with the same places. */
export function partOf(text: LoadedText, start: number, end: number): LoadedText {
  return {
    ...text,
    text: text.text.slice(start, end),
    spanOf: (from, to) => text.spanOf(start + from, start + to),
    macrosOf: (from, to) => text.macrosOf(start + from, start + to),
  }
}
