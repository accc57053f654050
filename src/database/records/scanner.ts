import { endOfJson, isEscape } from './json.ts'

/** Kinds of tokens; the others are the codes of `( ) , { }`. */
export const endOfText = 0
export const wordToken = 1
export const stringToken = 2
/** A character that begins nothing, or a string without an end. */
export const wrongToken = 3
export const jsonToken = 4
export const openRound = 40
export const closeRound = 41
export const comma = 44
export const openCurly = 123
export const closeCurly = 125

const newline = 10
const quoteSign = 34
const numberSign = 35
const apostrophe = 39
const openSquare = 91
const backslash = 92

/**
 * Reads a database file token by token, forwards only. There are millions of tokens, so the last
 * one is in fields that are overwritten. Words and strings are those of dbLex.l: values of fields
 * have rules of their own, see `nextValue`.
 */
export class Scanner {
  readonly text: string
  kind: number = endOfText
  /** Quotes included. */
  start = 0
  end = 0
  /** The value of a string has a backslash. */
  hasEscape = false
  /** The string has a control character. */
  hasControl = false
  /** A string or JSON value that is not complete; otherwise `wrongToken` is a stray character. */
  isOpen = false
  /** Where `nextValue` found what JSON strings cannot have, or -1. */
  badAt = -1
  /** Of the JSON value that `nextValue` found last, see `JsonEnd`. */
  depth = 0

  constructor(text: string) {
    this.text = text
  }

  /** Moves to the next token. */
  next(): number {
    const first = this.skipBlanks()
    this.isOpen = false
    const { text } = this
    if (first === quoteSign) return this.readString(first, false)
    if (first < 128 && (classes[first] ?? 0) & wordClass) {
      let at = this.start + 1
      while ((classes[text.charCodeAt(at)] ?? 0) & wordClass) at += 1
      this.end = at
      this.kind = wordToken
    } else if (this.start >= text.length) {
      this.end = this.start
      this.kind = endOfText
    } else {
      this.kind = (classes[first] ?? 0) & punctuationClass ? first : wrongToken
      this.end = this.kind === wrongToken ? endOfWrong(text, this.start) : this.start + 1
    }
    return this.kind
  }

  /** Moves to the value of a field or info item: a string, a word or JSON. */
  nextValue(): number {
    const first = this.skipBlanks()
    this.isOpen = false
    const { text } = this
    if (first === quoteSign || first === apostrophe) {
      this.readString(first, true)
      this.badAt = this.kind === stringToken ? this.badCharacter() : -1
      return this.kind
    }
    this.badAt = -1
    if ((classes[first] ?? 0) & bareClass) {
      let at = this.start + 1
      while ((classes[text.charCodeAt(at)] ?? 0) & bareClass) at += 1
      this.end = at
      this.kind = wordToken
    } else if (first === openCurly || first === openSquare) {
      const { end, isValid, depth } = endOfJson(text, this.start)
      this.end = end
      this.depth = depth
      this.kind = isValid ? jsonToken : wrongToken
      this.isOpen = !isValid
    } else {
      this.end = Math.min(text.length, this.start + 1)
      this.kind = this.start >= text.length ? endOfText : first === closeRound ? first : wrongToken
    }
    return this.kind
  }

  /** Goes on at an offset that is not behind the present place. */
  moveTo(offset: number): void {
    this.start = offset
    this.end = offset
  }

  /** Whether the present token is this word. */
  isWord(word: string): boolean {
    const { kind, start, end, text } = this
    return kind === wordToken && end - start === word.length && text.startsWith(word, start)
  }

  /** Whether nothing but blanks stands before the token on its line. */
  isLineStart(): boolean {
    let at = this.start - 1
    while (at >= 0 && isBlank(this.text.charCodeAt(at))) at -= 1
    return at < 0 || this.text.charCodeAt(at) === newline
  }

  /** Sets `start` behind blanks and comments and returns the character there, or NaN. */
  private skipBlanks(): number {
    const { text } = this
    for (let at = this.end; ; at++) {
      const unit = text.charCodeAt(at)
      if (unit === numberSign) at = endOfLine(text, at)
      else if (unit !== newline && !isBlank(unit)) {
        this.start = Math.min(at, text.length)
        return unit
      }
    }
  }

  /** A string ends on its line; in values a backslash protects the line end. */
  private readString(quote: number, isValue: boolean): number {
    const { text } = this
    this.hasEscape = false
    this.hasControl = false
    for (let at = this.start + 1; ; at++) {
      const unit = text.charCodeAt(at)
      if (unit === quote) {
        this.end = at + 1
        this.kind = stringToken
        return stringToken
      }
      if (unit === backslash && (isValue || text.charCodeAt(at + 1) !== newline)) {
        this.hasEscape = true
        at += 1
      } else if (unit === newline || at >= text.length) {
        this.end = Math.min(at, text.length)
        this.isOpen = true
        this.kind = wrongToken
        return wrongToken
      } else if (unit < 32) this.hasControl = true
    }
  }

  /** Offset of a control character, or of an escape that JSON5 does not know; or -1. */
  private badCharacter(): number {
    if (!this.hasControl && !this.hasEscape) return -1
    const { text } = this
    for (let at = this.start + 1; at < this.end - 1; at++) {
      const unit = text.charCodeAt(at)
      if (unit < 32) return at
      if (unit !== backslash) continue
      if (!isEscape(text, at)) return at
      at += 1
    }
    return -1
  }
}

/** Behind the characters that begin no token; a line of C code is one piece. */
function endOfWrong(text: string, start: number): number {
  let at = start + 1
  for (; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit < 128 && (classes[unit] || unit <= 32 || unit === quoteSign || unit === numberSign))
      break
  }
  return at
}

function isBlank(unit: number): boolean {
  return unit === 32 || unit === 9 || unit === 13
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end < 0 ? text.length : end
}

const wordClass = 1
const bareClass = 2
const punctuationClass = 4

/** By character: where it may stand. */
const classes: Uint8Array = makeClasses()

function makeClasses(): Uint8Array {
  const table = new Uint8Array(128)
  const mark = (characters: string, bit: number) => {
    for (const character of characters) {
      const unit = character.charCodeAt(0)
      table[unit] = (table[unit] ?? 0) | bit
    }
  }
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-+.'
  mark(letters, wordClass | bareClass)
  mark(':[]<>;', wordClass)
  mark('(),{}', punctuationClass)
  return table
}
