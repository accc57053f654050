import { parseDefinitions } from '../../macro/definitions.ts'
import type { DefinitionText, PlacedDefinition } from './types.ts'

/** Adds a stretch of the source to the parts of a definition list. */
export function addStretch(parts: number[], start: number, end: number): void {
  const last = parts.length - 1
  if (last > 0 && parts[last] === start) parts[last] = end
  else if (end > start) parts.push(start, end)
}

/** Adds a character, one that the source may have at `at`. */
export function addCharacter(parts: number[], character: ',' | '=' | '"', at = -1): void {
  const last = parts.length - 1
  if (at >= 0 && parts[last] === at) parts[last] = at + 1
  else parts.push(-character.charCodeAt(0))
}

/** The definition list for macLib. */
export function listText({ parts }: DefinitionText, source: string): string {
  let list = ''
  for (let at = 0; at < parts.length; at++) {
    const start = parts[at] ?? 0
    if (start < 0) list += String.fromCharCode(-start)
    else {
      at += 1
      list += source.slice(start, parts[at])
    }
  }
  return list
}

/** The definitions of the list as macLib reads them, each with its place in the source. */
export function placedDefinitions(text: DefinitionText, source: string): PlacedDefinition[] {
  const toSource = offsetsIn(text)
  const list = listText(text, source)
  return parseDefinitions(list).map(({ name, raw, start, end }) => {
    const nameEnd = list.startsWith(name, start) ? start + name.length : end
    const nameStart = toSource(start)
    const nameLast = toSource(Math.max(start, nameEnd - 1))
    const from = raw === undefined || raw === '' ? start : end - raw.length
    return {
      name,
      raw,
      nameStart,
      nameEnd: Math.max(nameStart, nameLast + 1),
      start: toSource(from),
      end: Math.max(toSource(from), toSource(end - 1) + 1),
    }
  })
}

/** Offsets in the list as offsets in the source; to be asked in about rising order. */
function offsetsIn({ parts, start: whole }: DefinitionText): (offset: number) => number {
  // The part at work, its offset in the list and in the source.
  let part = 0
  let list = 0
  let near = whole
  return (offset) => {
    if (offset < list) [part, list, near] = [0, 0, whole]
    while (part < parts.length) {
      const start = parts[part] ?? 0
      const length = start < 0 ? 1 : (parts[part + 1] ?? start) - start
      if (start >= 0) near = start
      if (offset < list + length) {
        if (start >= 0) return start + offset - list
        return opensString(parts, part) ? (parts[part + 1] ?? 1) - 1 : near
      }
      if (start >= 0) near += length
      list += length
      part += start < 0 ? 1 : 2
    }
    return near
  }
}

/** A quote that stands for the other kind of quote in front of the next stretch. */
function opensString(parts: readonly number[], at: number): boolean {
  const isBehindStretch = at > 0 && (parts[at - 1] ?? 0) >= 0
  return parts[at] === -34 && !isBehindStretch && (parts[at + 1] ?? -1) >= 0
}
