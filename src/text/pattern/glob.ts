import { type Pattern, readPattern } from './pattern.ts'
import type { PatternProblem } from './syntax.ts'

/**
 * Reads a pattern for paths, nearly as `.gitignore` has them: `*` and `?` stay within a name, `**`
 * passes folders, `[a-z]`, `[!a-z]` and `{one,other}` choose. Without a slash it fits in any
 * folder; a folder stands for all that is in it. It is matched without a `/` in front.
 *
 * @returns the pattern, or what is wrong with it
 */
export function readGlob(text: string): Pattern | PatternProblem {
  const whole = { start: 0, end: text.length }
  if (text.length > 1000) return { problem: 'has more than 1000 characters', ...whole }
  const path = text.replace(/^(\.?\/)+/, '').replace(/\/$/, '')
  if (path === '') return { problem: 'names no file', ...whole }
  const inner = expressionOf(path)
  if (inner === undefined) return { problem: 'has a "{" without "}"', ...whole }
  const isAnywhere = !text.startsWith('.') && !/\/./.test(text) ? `(?:${any}/)?` : ''
  const pattern = readPattern(`${isAnywhere}${inner}(?:/${any})?`)
  if (!('problem' in pattern)) return { ...pattern, text }
  return { problem: pattern.problem, ...whole }
}

const any = '[^]*'
const pieces = /\*\*\/|\*\*|[*?{},]|\[!?\]?[^\]]*\]|\\?[\s\S]/g

/** Undefined if a brace is not closed. */
function expressionOf(glob: string): string | undefined {
  let depth = 0
  const expression = glob.replace(pieces, (piece) => {
    if (piece === ',' && depth > 0) return '|'
    if (piece === '{') depth++
    if (piece !== '}' || depth === 0) return expressionOfPiece(piece)
    depth--
    return ')'
  })
  return depth === 0 ? expression : undefined
}

function expressionOfPiece(piece: string): string {
  switch (piece) {
    case '**/':
      return `(?:${any}/)?`
    case '**':
      return any
    case '*':
      return '[^/]*'
    case '?':
      return '[^/]'
    case '{':
      return '(?:'
    default:
      return piece.length > 2 && piece.startsWith('[') ? setOf(piece) : literal(piece.slice(-1))
  }
}

/** `[!a-z]` as `[^a-z]`; what is special in expressions only is taken as it is. */
function setOf(piece: string): string {
  const isNegated = piece.startsWith('[!')
  const members = piece.slice(isNegated ? 2 : 1, -1).replace(/[\\\][^]/g, '\\$&')
  return `[${isNegated ? '^' : ''}${members}]`
}

function literal(character: string): string {
  return character.replace(/[^\w]/, '\\$&')
}
