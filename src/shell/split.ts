import type { LineError, Redirection, SplitLine, Word } from './types.ts'

/**
 * Takes an expanded line apart with the rules of iocsh: blank, TAB, brackets, comma and carriage
 * return separate, quotes of both kinds may start inside a word, a backslash outside quotes takes
 * the next character literally. Reading starts at `from`. Any text is accepted.
 */
export function splitLine(line: string, from = 0): SplitLine {
  const state: State = {
    line,
    at: from,
    words: [],
    redirections: [],
    pending: undefined,
    error: undefined,
  }
  while (state.at < line.length && !state.error) step(state)
  if (state.pending) state.error ??= { kind: 'illegal-redirection', at: state.pending.at }
  const { words, redirections, error } = state
  return { words, redirections, ...(error && { error }) }
}

interface State {
  readonly line: string
  at: number
  readonly words: Word[]
  readonly redirections: Redirection[]
  /** A redirection that still needs its file. */
  pending: Pending | undefined
  error: LineError | undefined
}

interface Pending {
  readonly at: number
  readonly fd: number
  readonly mode: Redirection['mode']
}

/** Skips a separator, or reads a redirection sign or a word. */
function step(state: State): void {
  if (isSeparator(state.line.charAt(state.at))) state.at += 1
  else if (redirectionAt(state.line, state.at)) readRedirection(state)
  else readWord(state)
}

function isSeparator(character: string): boolean {
  return character !== '' && ' \t(),\r'.includes(character)
}

interface Sign {
  readonly fd: number
  readonly mode: Redirection['mode']
  readonly length: number
}

/** `<`, `>`, `>>`, `2>`, `2>>`: also in the middle of a word, where the digit is lost to it. */
function redirectionAt(line: string, at: number): Sign | undefined {
  const first = line.charAt(at)
  if (first === '<') return { fd: 0, mode: 'read', length: 1 }
  const digit = /[1-9]/.test(first) && line.charAt(at + 1) === '>'
  if (!digit && first !== '>') return undefined
  const sign = digit ? at + 1 : at
  const append = line.charAt(sign + 1) === '>'
  return {
    fd: digit ? Number(first) : 1,
    mode: append ? 'append' : 'write',
    length: sign - at + (append ? 2 : 1),
  }
}

function readRedirection(state: State): void {
  const { line, at, pending } = state
  const sign = redirectionAt(line, at)
  if (!sign) return
  if (pending) {
    state.error = { kind: 'illegal-redirection', at: pending.at }
    return
  }
  state.pending = { at, fd: sign.fd, mode: sign.mode }
  state.at += sign.length
}

function readWord(state: State): void {
  const { line, at: start, pending } = state
  // A backslash at the very end is not yet a word, so a redirection before it has no file.
  if (pending && start + 1 === line.length && line.charAt(start) === '\\') {
    state.at += 1
    return
  }
  if (pending && state.redirections.some(({ fd }) => fd === pending.fd)) {
    // iocsh.cpp stops here without a word, and the word before is lost.
    state.error = { kind: 'repeated-redirection', at: pending.at }
    state.pending = undefined
    state.words.pop()
    return
  }
  const text = readPieces(state)
  const word: Word = { text, start, end: Math.min(state.at, line.length) }
  if (!pending) {
    state.words.push(word)
    return
  }
  state.redirections.push({ fd: pending.fd, mode: pending.mode, file: word })
  state.pending = undefined
}

/** The text of a word without its quotes and backslashes; stops at what ends it. */
function readPieces(state: State): string {
  const { line } = state
  let text = ''
  while (state.at < line.length) {
    plainText.lastIndex = state.at
    const plain = plainText.exec(line)?.[0] ?? ''
    text += plain
    state.at += plain.length
    if (state.at === line.length) break
    const character = line.charAt(state.at)
    if (isSeparator(character) || redirectionAt(line, state.at)) break
    if (character === '"' || character === "'") text += readQuoted(state, character)
    else if (character === '\\') {
      if (state.at + 1 === line.length) state.error = { kind: 'trailing-backslash', at: state.at }
      text += line.charAt(state.at + 1)
      state.at += 2
    }
  }
  return text
}

/** What neither ends a word nor is special in it. */
const plainText = /(?:[^ \t(),\r"'\\<>1-9]|[1-9](?!>))+/y

/** In quotes nothing is special but the same quote. */
function readQuoted(state: State, quote: string): string {
  const { line, at } = state
  const close = line.indexOf(quote, at + 1)
  if (close < 0) {
    state.error = { kind: 'unbalanced-quote', at }
    state.at = line.length
    return line.slice(at + 1)
  }
  state.at = close + 1
  return line.slice(at + 1, close)
}
