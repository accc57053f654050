import { readFileSync } from 'node:fs'
import { fromBytes, toBytes } from '../macro/bytes.ts'

/**
 * The last arguments of this process, one character a byte. Node decodes arguments as UTF-8 and
 * loses bytes that are none: those the system is asked for (proc(5), cmdline).
 */
export function argumentBytes(words: readonly string[]): string[] {
  const isLossy = words.some((word) => word.includes('\ufffd'))
  const written = isLossy ? lastArguments(words.length) : []
  return words.map((word, index) => {
    const bytes = written[index]
    return bytes !== undefined && fromBytes(bytes) === word ? bytes : toBytes(word)
  })
}

function lastArguments(count: number): string[] {
  try {
    const line = readFileSync('/proc/self/cmdline', 'latin1')
    return line.split('\0').slice(0, -1).slice(-count)
  } catch {
    return []
  }
}
