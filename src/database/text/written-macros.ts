/** A macro that a text asks for. */
export interface WrittenMacro {
  readonly name: string
  /** As written, of the first reference that has one; may hold references. */
  readonly fallback?: string
  /** Some reference has no default: it must be given. */
  readonly isRequired: boolean
}

/**
 * The macros of a template or snippet, in the order in which they are written, whatever they are
 * given. Comments and what is in single quotes count for nothing, as with macLib; macros in defaults
 * are not required. Names that are made of macros are left out.
 */
export function writtenMacros(text: string): WrittenMacro[] {
  const found: Found = new Map()
  for (const line of text.split(/\r\n|\r|\n/)) {
    if (!/^\s*#/.test(line)) scanLine(line, found)
  }
  return [...found].map(([name, { fallback, isRequired }]) => ({
    ...{ name, isRequired },
    ...(fallback !== undefined && { fallback }),
  }))
}

type Found = Map<string, { fallback: string | undefined; isRequired: boolean }>

function scanLine(line: string, found: Found): void {
  let quote = ''
  for (let at = 0; at < line.length; at++) {
    const character = line.charAt(at)
    if (character === '\\') at++
    else if (character === quote) quote = ''
    else if (quote === '' && (character === '"' || character === "'")) quote = character
    else if (quote !== "'" && /^\$[({]/.test(line.slice(at, at + 2))) {
      at = scanReference(line, at, { found, isOptional: false, depth: 0 }) - 1
    }
  }
}

interface Scan {
  readonly found: Found
  /** In the default of another one. */
  readonly isOptional: boolean
  readonly depth: number
}

/** macLib gives up at this depth, too. */
const maxDepth = 20

/** Takes one reference; returns the offset behind it. */
function scanReference(line: string, start: number, scan: Scan): number {
  const end = endOf(line, start)
  const inner = line.slice(start + 2, end - 1)
  const equals = topLevel(inner, '=')
  const comma = topLevel(inner, ',')
  const nameEnd = Math.min(equals, comma)
  const name = inner.slice(0, nameEnd)
  const hasDefault = equals < comma
  const fallback = hasDefault ? inner.slice(equals + 1, comma) : undefined
  if (/^[^$\s"'\\]+$/.test(name)) note(scan, name, fallback)
  const deeper = { ...scan, depth: scan.depth + 1 }
  scanInner(name, deeper)
  scanInner(inner.slice(nameEnd), { ...deeper, isOptional: scan.isOptional || hasDefault })
  return end
}

function scanInner(text: string, scan: Scan): void {
  if (scan.depth > maxDepth) return
  for (let at = text.search(/\$[({]/); at >= 0; ) {
    const end = scanReference(text, at, scan)
    const next = text.slice(end).search(/\$[({]/)
    at = next < 0 ? -1 : end + next
  }
}

function note({ found, isOptional }: Scan, name: string, fallback: string | undefined): void {
  const before = found.get(name)
  const isRequired = fallback === undefined && !isOptional
  if (!before) found.set(name, { fallback, isRequired })
  else {
    before.fallback ??= fallback
    before.isRequired ||= isRequired
  }
}

/** Behind the bracket that closes, or the end of the line if none does. */
function endOf(line: string, start: number): number {
  let depth = 0
  for (let at = start + 1; at < line.length; at++) {
    const character = line.charAt(at)
    if (character === '(' || character === '{') depth++
    else if ((character === ')' || character === '}') && --depth === 0) return at + 1
  }
  return line.length + 1
}

/** Offset of a character outside of brackets, or the length of the text. */
function topLevel(text: string, wanted: string): number {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at)
    if (character === '(' || character === '{') depth++
    else if (character === ')' || character === '}') depth--
    else if (character === wanted && depth === 0) return at
  }
  return text.length
}
