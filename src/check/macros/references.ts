import type { Source } from '../../text/source.ts'

/** What is written in a text about macros, whatever their values. */
export interface WrittenMacros {
  /** The first default of each name that is not empty, as written. */
  readonly defaults: ReadonlyMap<string, string>
  /** What names begin with whose rest is a macro: `IF_` of `$(IF_$(MODE))`. */
  readonly beginnings: ReadonlySet<string>
  readonly hidden: readonly HiddenReference[]
}

/** A reference in single quotes, which macLib leaves alone (hierarchy-and-macros.md 6.3). */
export interface HiddenReference {
  /** Of the quote that opens. */
  readonly quote: number
  readonly start: number
  readonly end: number
}

/** Reads a database or script; done once for a source. */
export function writtenMacros(source: Source): WrittenMacros {
  const known = cache.get(source)
  if (known) return known
  const { text } = source
  const written = {
    defaults: defaultsIn(text),
    beginnings: beginningsIn(text),
    hidden: hiddenInLines(text),
  }
  cache.set(source, written)
  return written
}

const cache = new WeakMap<Source, WrittenMacros>()

/** A line begins anew outside of quotes; what follows `#` is a comment. */
function hiddenInLines(text: string): HiddenReference[] {
  const found: HiddenReference[] = []
  let newline = -1
  for (let quote = text.indexOf("'"); quote >= 0; quote = text.indexOf("'", newline + 1)) {
    const start = text.lastIndexOf('\n', quote) + 1
    newline = text.indexOf('\n', quote)
    if (newline < 0) newline = text.length
    found.push(...hiddenReferences(text, { start, end: newline, hasComments: true }))
  }
  return found
}

/** A stretch that macLib expands at once. */
interface Stretch {
  readonly start: number
  readonly end: number
  readonly hasComments?: boolean
}

/** The references of a stretch that stand in single quotes, the first one of each pair of quotes. */
export function hiddenReferences(text: string, stretch: Stretch): HiddenReference[] {
  const found: HiddenReference[] = []
  let quoted = ''
  let quote = 0
  for (let at = stretch.start; at < stretch.end; at++) {
    const character = text.charAt(at)
    if (character === '\\') at += 1
    else if (quoted === '' && (character === '"' || character === "'")) {
      quoted = character
      quote = at
    } else if (character === quoted) quoted = ''
    else if (quoted === '' && character === '#' && stretch.hasComments) break
    else if (quoted === "'" && character === '$' && found.at(-1)?.quote !== quote) {
      const end = endOfReference(text, at, stretch.end)
      if (end > at) found.push({ quote, start: at, end })
    }
  }
  return found
}

function endOfReference(text: string, start: number, limit: number): number {
  reference.lastIndex = start
  return reference.test(text) && reference.lastIndex <= limit ? reference.lastIndex : start
}

const reference = /\$(?:\([^\s"'$(){}][^\n"'$(){}]{0,200}\)|\{[^\s"'$(){}][^\n"'$(){}]{0,200}\})/y

function beginningsIn(text: string): Set<string> {
  const found = text.matchAll(/\$[({]([^\s"'\\$=,(){}]{1,60})\$[({]/g)
  return new Set(Array.from(found, ([, beginning = '']) => beginning))
}

/** The match of a comment line takes all of it, so defaults in comments are not seen. */
function defaultsIn(text: string): Map<string, string> {
  const defaults = new Map<string, string>()
  for (const [, name, value = ''] of text.matchAll(commentOrDefault)) {
    if (name !== undefined && !defaults.has(name)) defaults.set(name, value)
  }
  return defaults
}

/** A default up to the reference in it, or that reference. */
const commentOrDefault =
  /^[ \t]{0,200}#.*|\$[({]([^\s"'\\$=,(){}]{1,60})=([^\n$,(){}]{1,200}|\$[({][^\n(){}]{1,200}[)}])/gm
