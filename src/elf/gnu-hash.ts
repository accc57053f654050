import { GNU_HASH, tableAt } from './dynamic.ts'
import { type Fields, fieldsOf } from './fields.ts'
import { restFrom } from './header.ts'
import type { ElfFile } from './symbols.ts'

/** `DT_GNU_HASH`: finds an exported symbol without reading the others. */
export interface GnuHash {
  /** Number of the first symbol that can be found: all before it are undefined or local. */
  readonly firstSymbol: number
  /** One more than the number of the last symbol; `firstSymbol` if nothing is exported. */
  readonly end: number
  /** Numbers of the symbols that may have this hash. */
  candidates(hash: number): Iterable<number>
}

interface Layout {
  readonly bucketCount: number
  readonly firstSymbol: number
  readonly bloomWords: number
  readonly bloomShift: number
  readonly wordSize: 4 | 8
  readonly little: boolean
}

/** Reads the table; nothing if there is none or if it does not fit into the file. */
export function readGnuHash(file: ElfFile): GnuHash | undefined {
  const address = file.dynamic.tables.get(GNU_HASH)
  const head = tableAt(file.reader, file.header, { address, size: 16 })
  if (!head || address === undefined) return undefined
  const layout: Layout = {
    bucketCount: head.u32(0),
    firstSymbol: head.u32(4),
    bloomWords: head.u32(8),
    bloomShift: head.u32(12),
    wordSize: file.header.encoding.wide ? 8 : 4,
    little: file.header.encoding.little,
  }
  const chainsAt = 16 + layout.bloomWords * layout.wordSize + layout.bucketCount * 4
  const table = tableAt(file.reader, file.header, { address, size: chainsAt })
  if (!table || layout.bucketCount === 0 || layout.bloomWords === 0) return undefined
  const atLeast = lastBucket(table, layout)
  const chains = readChains(file, address + chainsAt, atLeast)
  return {
    firstSymbol: layout.firstSymbol,
    end: layout.firstSymbol + countSymbols(chains, atLeast),
    candidates: (hash) => candidates(hash, layout, { table, chains }),
  }
}

/**
 * Words of the chain up to and with the start of the last bucket. Symbols are sorted by bucket, so
 * the last bucket that has any starts last.
 */
function lastBucket(table: Fields, { bucketCount, firstSymbol }: Layout): number {
  const buckets = table.length - bucketCount * 4
  let at = table.length - 4
  while (at > buckets && table.u32(at) === 0) at -= 4
  return Math.max(0, table.u32(at) - firstSymbol + 1)
}

/** The last chain is at most this long; a table without an end is cut here. */
const maxChain = 4096

/** Reads the chains; the last one ends at a word whose lowest bit is set. */
function readChains({ reader, header }: ElfFile, address: number, atLeast: number): Fields {
  const room = Math.floor(restFrom(header, address) / 4)
  const words = atLeast === 0 ? 0 : Math.min(atLeast + maxChain, room)
  const chains = tableAt(reader, header, { address, size: words * 4 })
  return chains ?? fieldsOf(new Uint8Array(0), header.encoding)
}

/** Number of symbols in the chains: those of the last bucket end where the lowest bit is set. */
function countSymbols(chains: Fields, atLeast: number): number {
  if (atLeast === 0) return 0
  for (let index = atLeast - 1; index < chains.length / 4; index++) {
    if ((chains.u32(index * 4) & 1) === 1) return index + 1
  }
  return chains.length / 4
}

interface Tables {
  readonly table: Fields
  readonly chains: Fields
}

function* candidates(hash: number, layout: Layout, { table, chains }: Tables): Generator<number> {
  if (!mayContain(hash, layout, table)) return
  const buckets = table.length - layout.bucketCount * 4
  const first = table.u32(buckets + (hash % layout.bucketCount) * 4)
  if (first < layout.firstSymbol) return
  for (let at = (first - layout.firstSymbol) * 4; at < chains.length; at += 4) {
    const word = chains.u32(at)
    if ((word | 1) >>> 0 === (hash | 1) >>> 0) yield layout.firstSymbol + at / 4
    if ((word & 1) === 1) return
  }
}

/** The Bloom filter: most questions end here, without a look at any symbol. */
function mayContain(hash: number, layout: Layout, table: Fields): boolean {
  const { little } = layout
  const bits = layout.wordSize * 8
  const word = 16 + (Math.floor(hash / bits) % layout.bloomWords) * layout.wordSize
  return isSet(hash % bits) && isSet((hash >>> layout.bloomShift) % bits)

  function isSet(bit: number): boolean {
    const half = layout.wordSize === 8 && little === bit >= 32 ? 4 : 0
    return ((table.u32(word + half) >>> (bit % 32)) & 1) === 1
  }
}
