import type { Engine } from './engine.ts'
import { type Entry, lookUp } from './table.ts'
import type { Expansion, Reference } from './types.ts'

/**
 * What nearly all lines of startup scripts are: ASCII, no single quotes and escapes, references such
 * as `$(NAME)` to values that are known and good. The result is that of `translate` and much cheaper;
 * anything else is left to it. Values must be up to date where they can be (`evaluate`).
 *
 * @param capacity that of the result buffer
 * @returns nothing if the text is not of this kind
 */
export function expandSimply(
  engine: Engine,
  text: string,
  capacity: number,
): Expansion | undefined {
  if (engine.warnings.length > 0 || engine.endless.length > 0 || !simpleText.test(text)) {
    return undefined
  }
  if (!text.includes('$')) return text.length < capacity - 1 ? unchanged(text) : undefined
  const references: Reference[] = []
  const used = new Set<string>()
  let output = ''
  let behind = 0
  for (let start = text.indexOf('$'); start >= 0; start = text.indexOf('$', start + 1)) {
    const next = text.charAt(start + 1)
    if (next !== '(' && next !== '{') continue
    simpleReference.lastIndex = start
    const [reference = '', round, curly] = simpleReference.exec(text) ?? []
    const name = round ?? curly
    const entry = name === undefined ? undefined : lookUp(engine.table, name)
    if (!entry || !isKnown(engine, entry) || !simpleValue.test(entry.value)) return undefined
    used.add(entry.name)
    for (const other of entry.findings.used) used.add(other)
    output += text.slice(behind, start)
    const outputStart = output.length
    output += entry.value
    behind = start + reference.length
    references.push({ start, end: behind, outputStart, outputEnd: output.length })
    start = behind - 1
  }
  output += text.slice(behind)
  if (output.length >= capacity - 1) return undefined
  return { ...simplest, text: output, status: output.length, used: [...used], references }
}

/** The result for a text without anything that macLib would look at, of any length. */
export function expandPlain(text: string): Expansion | undefined {
  return !text.includes('$') && simpleText.test(text) ? unchanged(text) : undefined
}

function unchanged(text: string): Expansion {
  return { ...simplest, text, status: text.length }
}

const simpleText = /^[\x00-&(-[\]-\x7f]*$/
const simpleValue = /^[\x00-\x7f]*$/
const simpleReference = /\$(?:\(([\w:.-]{1,60})\)|\{([\w:.-]{1,60})\})/y

/** A value that was just copied from the environment is not evaluated yet, see `writeValue`. */
function isKnown({ table }: Engine, { isPlain, findings }: Entry): boolean {
  return (isPlain || !table.dirty) && !findings.bad && findings.problems.length === 0
}

const simplest: Expansion = {
  text: '',
  ok: true,
  status: 0,
  isCut: false,
  problems: [],
  warnings: [],
  used: [],
  references: [],
}
