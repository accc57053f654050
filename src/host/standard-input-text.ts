import { isUtf8 } from 'node:buffer'
import { readFileSync } from 'node:fs'
import type { Source } from '../text/source.ts'
import { reasonOf } from './errors.ts'

/** All of standard input, or why it cannot be read. */
export function readStandardInput(name: string): Source | { readonly reason: string } {
  try {
    const bytes = readFileSync(0)
    const encoding = isUtf8(bytes) ? 'utf8' : 'latin1'
    return { name, text: bytes.toString(encoding).replace(/^\ufeff/, ''), encoding }
  } catch (error) {
    return { reason: reasonOf(error) }
  }
}
