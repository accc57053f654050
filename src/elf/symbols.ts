import { once } from '../text/once.ts'
import { type DynamicSection, HASH, STRTAB, SYMTAB, tableAt, VERSYM } from './dynamic.ts'
import { type Fields, fieldsOf, latin1, nameBytes } from './fields.ts'
import { type GnuHash, readGnuHash } from './gnu-hash.ts'
import { type ElfHeader, LOAD, offsetOf } from './header.ts'
import type { ByteReader } from './reader.ts'
import type { SymbolName } from './symbol-name.ts'

/** One entry of the dynamic symbol table. */
export interface ElfSymbol {
  /** Read from the table of names when it is asked for. */
  readonly name: string
  readonly binding: 'local' | 'global' | 'weak' | 'unique' | 'other'
  readonly type: 'none' | 'object' | 'function' | 'tls' | 'indirect' | 'other'
  readonly defined: boolean
  /** Address in memory. */
  readonly value: number
  readonly size: number
  /** Number of its version in `versionsNeeded`; 0 and 1 mean: no particular version. */
  readonly version: number
}

/** The dynamic symbols of an object. Nothing is read before the first question. */
export interface SymbolTable {
  /** The symbol this object exports under a name. */
  find(name: SymbolName): ElfSymbol | undefined
  /** All symbols that other objects must provide; weak ones may stay without a provider. */
  undefined(): Iterable<ElfSymbol>
  /** All symbols this object exports. */
  defined(): Iterable<ElfSymbol>
  /** The text in a `char name[]`; nothing if it is not in the file. */
  textBehind(symbol: ElfSymbol): string | undefined
  /** Whether the constants of the file contain a text that ends with NUL. */
  containsText(text: string): boolean
}

/** An object whose headers and dynamic section have been read. */
export interface ElfFile {
  readonly reader: ByteReader
  readonly header: ElfHeader
  readonly dynamic: DynamicSection
}

/** The symbols of an object. Tables that do not fit into the file are empty ones. */
export function readSymbols(file: ElfFile): SymbolTable {
  const gnuHash = once(() => readGnuHash(file))
  const entries = once(() => readEntries(file, gnuHash()))
  const byName = once(() => new Map(Array.from(defined(), (one) => [one.name, one])))
  return {
    find,
    undefined: missing,
    defined,
    textBehind: (symbol) => textBehind(file, symbol),
    containsText: (text) => containsText(file, text),
  }

  function find(name: SymbolName): ElfSymbol | undefined {
    const hash = gnuHash()
    if (!hash) return byName().get(name.text)
    for (const index of hash.candidates(name.hash)) {
      if (!entries().isNamed(index, name)) continue
      const symbol = entries().at(index)
      if (isExported(symbol)) return symbol
    }
    return undefined
  }

  function* missing(): Generator<ElfSymbol> {
    const hash = gnuHash()
    const nothingExported = hash === undefined || hash.end === hash.firstSymbol
    for (const symbol of entries().range(1, nothingExported ? Infinity : hash.firstSymbol)) {
      if (!symbol.defined) yield symbol
    }
  }

  function* defined(): Generator<ElfSymbol> {
    for (const symbol of entries().range(gnuHash()?.firstSymbol ?? 1, gnuHash()?.end ?? Infinity)) {
      if (isExported(symbol)) yield symbol
    }
  }
}

function isExported({ defined, binding, name }: ElfSymbol): boolean {
  return defined && binding !== 'local' && name !== ''
}

interface Entries {
  at(index: number): ElfSymbol
  isNamed(index: number, name: SymbolName): boolean
  range(first: number, end: number): Iterable<ElfSymbol>
}

function readEntries(file: ElfFile, hash: GnuHash | undefined): Entries {
  const { wide } = file.header.encoding
  const { strings } = file.dynamic
  const size = wide ? 24 : 16
  const count = hash && hash.end > hash.firstSymbol ? hash.end : countSymbols(file, size)
  const table = tableOf(file, SYMTAB, count * size)
  const versions = tableOf(file, VERSYM, count * 2)
  return { at, isNamed, range }

  function at(index: number, seen = (text: string): string => text): ElfSymbol {
    const start = index * size
    const kind = table.u8(start + (wide ? 4 : 12))
    return {
      get name() {
        return seen(strings.text(table.u32(start)))
      },
      binding: bindings[kind >> 4] ?? 'other',
      type: types[kind & 15] ?? 'other',
      defined: table.u16(start + (wide ? 6 : 14)) !== 0,
      value: table.word(start + (wide ? 8 : 4)),
      size: table.word(start + (wide ? 16 : 8)),
      version: versions.u16(index * 2) & 0x7fff,
    }
  }

  function isNamed(index: number, { bytes }: SymbolName): boolean {
    return strings.hasText(table.u32(index * size), bytes)
  }

  /** Names may share their ends, but a table that repeats long ones for ever is a hostile one. */
  function* range(first: number, end: number): Generator<ElfSymbol> {
    let budget = 2 ** 20 + 16 * strings.length
    const spend = (text: string): string => {
      budget -= text.length
      return text
    }
    for (let index = first; index < Math.min(end, table.length / size) && budget > 0; index++) {
      yield at(index, spend)
    }
  }
}

const bindings: readonly (ElfSymbol['binding'] | undefined)[] = [
  ...(['local', 'global', 'weak'] as const),
  ...Array.from({ length: 7 }, () => undefined),
  'unique',
]

const types: readonly (ElfSymbol['type'] | undefined)[] = [
  ...(['none', 'object', 'function', undefined, undefined, undefined, 'tls'] as const),
  ...Array.from({ length: 3 }, () => undefined),
  'indirect',
]

/**
 * Nothing says how long the symbol table is: it ends with the last symbol of a hash table. A GNU
 * hash table that lists nothing does not tell (GNU ld); then it ends where the next table begins.
 */
function countSymbols(file: ElfFile, size: number): number {
  const { tables } = file.dynamic
  if (tables.has(HASH)) return tableOf(file, HASH, 8).u32(4)
  const start = tables.get(SYMTAB) ?? 0
  const next = Math.min(...[...tables.values()].filter((address) => address > start))
  return Number.isFinite(next) ? Math.floor((next - start) / size) : 0
}

function tableOf({ reader, header, dynamic }: ElfFile, tag: number, size: number): Fields {
  const table = tableAt(reader, header, { address: dynamic.tables.get(tag), size })
  return table ?? fieldsOf(new Uint8Array(0), header.encoding)
}

/** A version text is short; what has no NUL within this length is not a text. */
const maxText = 1024

function textBehind({ reader, header }: ElfFile, { value, size }: ElfSymbol): string | undefined {
  const offset = offsetOf(header, value)
  if (offset === undefined) return undefined
  const bytes = reader.read(offset, Math.min(size === 0 ? maxText : size, maxText))
  const end = bytes.indexOf(0)
  return end < 0 ? undefined : latin1(bytes.subarray(0, end))
}

/** Constants of a library are a few megabytes; read in blocks that overlap by the text. */
const blockSize = 2 ** 20
const maxConstants = 64 * blockSize

function containsText({ reader, header, dynamic }: ElfFile, text: string): boolean {
  const wanted = nameBytes(`${text}\0`)
  if (wanted.length > maxText) return false
  const names = offsetOf(header, dynamic.tables.get(STRTAB) ?? -1) ?? -1
  for (const { offset, fileSize } of header.segments.filter(({ type }) => type === LOAD)) {
    const end = Math.min(fileSize, maxConstants)
    for (let at = 0; at < end; at += blockSize - wanted.length) {
      const block = reader.read(offset + at, Math.min(blockSize, end - at))
      for (const place of placesOf(wanted, block)) {
        const inNames = offset + at + place - names
        if (names < 0 || inNames < 0 || inNames >= dynamic.strings.length) return true
      }
    }
  }
  return false
}

function* placesOf(wanted: Uint8Array, block: Uint8Array): Generator<number> {
  const [first = 0] = wanted
  for (let at = block.indexOf(first); at >= 0; at = block.indexOf(first, at + 1)) {
    if (wanted.every((byte, index) => block[at + index] === byte)) yield at
  }
}
