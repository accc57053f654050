import { tableAt } from './dynamic.ts'
import { type Fields, fieldsOf } from './fields.ts'
import { offsetOf } from './header.ts'
import { tableFields } from './paged.ts'
import type { ElfFile } from './symbols.ts'

/** The memory of an object as the loader would make it: constants, and pointers between them. */
export interface Memory {
  /** Size of a pointer in bytes. */
  readonly width: number
  /** Addresses that hold a pointer into this object, and what they point to. */
  readonly pointers: ReadonlyMap<number, number>
  /** Number at an address; 0 if it is not in the file. */
  u32(address: number): number
  /** Text at an address up to its NUL, one character a byte; empty if it is not in the file. */
  text(address: number): string
}

/** Tags of the gABI: tables of relocations with and without addends, and packed ones. */
const RELA = 7
const RELASZ = 8
const REL = 17
const RELSZ = 18
const RELR = 36
const RELRSZ = 35
const SYMTAB = 6

/** Big C++ libraries have some hundred thousand. */
const maxPointers = 2 ** 21

/** Reads what the relocations of an object say about the pointers in it. */
export function readMemory(file: ElfFile): Memory {
  const { header, reader } = file
  const { wide } = header.encoding
  const bytes = tableFields(reader, { offset: 0, size: reader.size }, header.encoding)
  const at = (address: number): number => offsetOf(header, address) ?? -1
  const word = (address: number): number => wordAt(bytes, at(address))
  const pointers = new Map<number, number>()
  for (const [address, target] of relocations(file, word)) {
    if (pointers.size >= maxPointers) break
    if (target !== 0) pointers.set(address, target)
  }
  return {
    width: wide ? 8 : 4,
    pointers,
    u32: (address) => numberAt(bytes, at(address)),
    text: (address) => (at(address) < 0 ? '' : bytes.text(at(address))),
  }
}

function wordAt(bytes: Fields, offset: number): number {
  return offset < 0 ? 0 : bytes.word(offset)
}

function numberAt(bytes: Fields, offset: number): number {
  return offset < 0 ? 0 : bytes.u32(offset)
}

type Word = (address: number) => number
type Pointer = readonly [address: number, target: number]

function* relocations(file: ElfFile, word: Word): Generator<Pointer> {
  yield* entries(file, { tag: RELA, sizeTag: RELASZ, word })
  yield* entries(file, { tag: REL, sizeTag: RELSZ, word })
  yield* packed(file, word)
}

interface EntryTable {
  readonly tag: number
  readonly sizeTag: number
  readonly word: Word
}

/**
 * A relocation without a symbol adds the load address to its addend; one with a symbol of this
 * object adds the symbol's address. Which of the machine's types it is does not matter for data.
 */
function* entries(file: ElfFile, { tag, sizeTag, word }: EntryTable): Generator<Pointer> {
  const { wide } = file.header.encoding
  const width = wide ? 8 : 4
  const size = tag === RELA ? 3 * width : 2 * width
  const table = tableOf(file, tag, sizeTag)
  for (let at = 0; at + size <= table.length; at += size) {
    const address = table.word(at)
    // ELF64_R_SYM, ELF32_R_SYM
    const symbol = wide ? symbolNumber(table, at + width, file) : table.u32(at + width) >>> 8
    const addend = tag === RELA ? table.word(at + 2 * width) : word(address)
    const base = symbol === 0 ? 0 : symbolValue(file, symbol)
    if (symbol === 0 || base !== 0) yield [address, base + addend]
  }
}

function symbolNumber(table: Fields, at: number, { header }: ElfFile): number {
  return table.u32(header.encoding.little ? at + 4 : at)
}

function symbolValue(file: ElfFile, index: number): number {
  const { wide } = file.header.encoding
  const size = wide ? 24 : 16
  const start = file.dynamic.tables.get(SYMTAB)
  if (start === undefined) return 0
  const entry = tableAt(file.reader, file.header, { address: start + index * size, size })
  return entry?.word(wide ? 8 : 4) ?? 0
}

/** DT_RELR of the gABI: an address, then bitmaps of the words behind it. */
function* packed(file: ElfFile, word: Word): Generator<Pointer> {
  const width = file.header.encoding.wide ? 8 : 4
  const table = tableOf(file, RELR, RELRSZ)
  let next = 0
  for (let at = 0; at + width <= table.length; at += width) {
    const [low, high] = halves(table, at, file)
    if ((low & 1) === 0) {
      const address = table.word(at)
      yield [address, word(address)]
      next = address + width
      continue
    }
    for (let bit = 1; bit < 8 * width; bit++) {
      const half = bit < 32 ? low : high
      const place = next + (bit - 1) * width
      if ((half >>> (bit % 32)) & 1) yield [place, word(place)]
    }
    next += (8 * width - 1) * width
  }
}

function halves(table: Fields, at: number, { header }: ElfFile): [number, number] {
  const { wide, little } = header.encoding
  if (!wide) return [table.u32(at), 0]
  return little ? [table.u32(at), table.u32(at + 4)] : [table.u32(at + 4), table.u32(at)]
}

function tableOf(file: ElfFile, tag: number, sizeTag: number): Fields {
  const { tables } = file.dynamic
  const place = { address: tables.get(tag), size: tables.get(sizeTag) ?? 0 }
  return (
    tableAt(file.reader, file.header, place) ?? fieldsOf(new Uint8Array(0), file.header.encoding)
  )
}
