import type { Source } from './source.ts'

/** A word as a POSIX shell would see it and its place in the text. */
export interface ShellWord {
  readonly text: string
  readonly start: number
  readonly end: number
}

/**
 * Splits text into words as a POSIX shell does: blanks and line ends separate, `'…'`, `"…"` and
 * backslash quote, `#` at the start of a word begins a comment. Nothing is expanded.
 *
 * @returns the words, and the offset of a quote that is never closed
 */
export function splitShellWords({ text }: Pick<Source, 'text'>): {
  words: ShellWord[]
  unclosed?: number
} {
  const words: ShellWord[] = []
  let at = 0
  while (at < text.length) {
    if (/\s/.test(text.charAt(at))) at++
    else if (text[at] === '#') at = endOfLine(text, at)
    else {
      const word = readWord(text, at)
      words.push(word)
      if (word.unclosed !== undefined) return { words, unclosed: word.unclosed }
      at = word.end
    }
  }
  return { words }
}

function readWord(text: string, start: number): ShellWord & { unclosed?: number } {
  let word = ''
  let at = start
  while (at < text.length && !/\s/.test(text.charAt(at))) {
    const character = text.charAt(at)
    if (character === "'" || character === '"') {
      const quoted = readQuoted(text, at)
      word += quoted.text
      if (quoted.end === undefined) return { text: word, start, end: text.length, unclosed: at }
      at = quoted.end
    } else if (character === '\\') {
      const next = text.charAt(at + 1)
      if (next !== '\n') word += next
      at += 2
    } else {
      word += character
      at++
    }
  }
  return { text: word, start, end: Math.min(at, text.length) }
}

/** POSIX: inside `"…"` a backslash quotes only `$`, backquote, `"`, backslash and line end. */
function readQuoted(text: string, start: number): { text: string; end?: number } {
  const quote = text.charAt(start)
  let value = ''
  for (let at = start + 1; at < text.length; at++) {
    const character = text.charAt(at)
    if (character === quote) return { text: value, end: at + 1 }
    if (quote === '"' && character === '\\' && '$`"\\\n'.includes(text.charAt(at + 1))) {
      at++
      if (text.charAt(at) !== '\n') value += text.charAt(at)
    } else value += character
  }
  return { text: value }
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end < 0 ? text.length : end
}

/** A word written so that a POSIX shell reads it back as it is. */
export function quoteShellWord(word: string): string {
  if (/^[A-Za-z0-9_@%+=:,./-]+$/.test(word)) return word
  return `'${word.replaceAll("'", "'\\''")}'`
}
