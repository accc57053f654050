import { nameBytes } from './fields.ts'

/** A symbol name prepared for the search in many libraries. */
export interface SymbolName {
  readonly text: string
  readonly bytes: Uint8Array
  /** GNU hash of the name, 32 bits without sign. */
  readonly hash: number
}

/** Prepares a name: its bytes and its GNU hash (Bernstein's, times 33 from 5381). */
export function symbolName(text: string): SymbolName {
  const bytes = nameBytes(text)
  let hash = 5381
  for (const byte of bytes) hash = (Math.imul(hash, 33) + byte) >>> 0
  return { text, bytes, hash }
}
