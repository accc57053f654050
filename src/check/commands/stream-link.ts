/** The link of a StreamDevice record: `@file protocol(arguments) bus address parameters`. */
export interface StreamLink {
  readonly file: string
  readonly protocol: string
  readonly arguments: readonly string[]
  readonly bus: string
}

/**
 * Reads a link (StreamDevice, recordinterface.html 1, and `StreamCore::parse`); undefined if it has
 * not this form.
 */
export function readStreamLink(value: string): StreamLink | undefined {
  const [, file, protocol, rest = ''] = /^\s*@\s*([^\s()]+)\s+([^\s()]+)\s*(.*)$/s.exec(value) ?? []
  if (!file || !protocol) return undefined
  const list = rest.startsWith('(') ? readArguments(rest) : { arguments: [], end: 0 }
  // A bus that follows its bracket without a blank is not seen: StreamDevice 2.8.26 in an IOC.
  const bus = list && (list.end === 0 ? /^\s*(\S+)/ : /^\s+(\S+)/).exec(rest.slice(list.end))?.[1]
  return list && bus ? { file, protocol, arguments: list.arguments, bus } : undefined
}

/** Commas separate, brackets nest, a backslash protects. */
function readArguments(text: string): { arguments: string[]; end: number } | undefined {
  const found: string[] = []
  let depth = 0
  let current = ''
  for (let at = 0; at < text.length; at++) {
    const letter = text.charAt(at)
    if (letter === '\\') {
      current += text.charAt(++at)
      continue
    }
    if (letter === '(' && depth++ === 0) continue
    if (letter === ')' && --depth === 0) {
      found.push(current.trim())
      return { arguments: found, end: at + 1 }
    }
    if (letter === ',' && depth === 1) {
      found.push(current.trim())
      current = ''
    } else current += letter
  }
  return undefined
}
