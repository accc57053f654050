/** The name of a template in a substitution file and where it stands. */
export interface TemplateName {
  readonly name: string
  readonly start: number
  readonly end: number
}

/**
 * The templates that a substitution file loads: the word or string behind each `file` outside of
 * braces (both dialects, hierarchy-and-macros.md 8). Reads any text; what it cannot read it skips.
 */
export function templateNames(text: string): TemplateName[] {
  const names: TemplateName[] = []
  let depth = 0
  let isName = false
  for (const { 0: token, index } of text.matchAll(tokens)) {
    if (token.startsWith('#') || token === ',') continue
    if (token === '{') depth++
    else if (token === '}') depth = Math.max(0, depth - 1)
    else if (isName) names.push({ name: unquoted(token), start: index, end: index + token.length })
    isName = depth === 0 && !isName && token === 'file'
  }
  return names
}

/** Comment, string, brace or comma, word. Strings end on their line. */
const tokens = /#[^\n]*|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[{},]|[^\s"',{}]+/g

function unquoted(token: string): string {
  return /^["']/.test(token) ? token.slice(1, -1) : token
}
