import { type Fields, fieldsOf } from './fields.ts'
import { DYNAMIC, type ElfHeader, offsetOf, restFrom } from './header.ts'
import type { Invalid } from './invalid.ts'
import { tableFields } from './paged.ts'
import type { ByteReader } from './reader.ts'
import { readVersionsDefined, readVersionsNeeded, type VersionNeeded } from './versions.ts'

/** The dynamic section: what the object needs, and where its tables are. */
export interface DynamicSection {
  readonly kind: 'dynamic'
  readonly soname?: string
  readonly needed: readonly string[]
  readonly rpath: readonly string[]
  readonly runpath: readonly string[]
  readonly versionsNeeded: readonly VersionNeeded[]
  readonly versionsDefined: readonly string[]
  readonly strings: Fields
  /** Addresses by tag: the symbol table, its hash tables, its version indices. */
  readonly tables: ReadonlyMap<number, number>
}

/** Tags of the gABI and of the GNU extensions. */
const NEEDED = 1
const STRSZ = 10
const SONAME = 14
const RPATH = 15
const RUNPATH = 29
const VERDEF = 0x6ffffffc
const VERDEFNUM = 0x6ffffffd
const VERNEED = 0x6ffffffe
const VERNEEDNUM = 0x6fffffff
export const HASH = 4
export const STRTAB = 5
export const SYMTAB = 6
export const GNU_HASH = 0x6ffffef5
export const VERSYM = 0x6ffffff0

/** Real dynamic sections have some fifty entries of 16 bytes. */
const maxSectionSize = 65536

interface Entry {
  readonly tag: number
  readonly value: number
}

/** Reads the dynamic section, its strings, and the versions of symbols it needs and defines. */
export function readDynamic(reader: ByteReader, header: ElfHeader): DynamicSection | Invalid {
  const segment = header.segments.find(({ type }) => type === DYNAMIC)
  if (!segment) return { kind: 'invalid', reason: 'it has no dynamic section' }
  const size = Math.min(segment.fileSize, maxSectionSize)
  const block = fieldsOf(reader.read(segment.offset, size), header.encoding)
  const entries = entriesOf(block, header.encoding.wide ? 8 : 4)
  const tables = new Map(entries.map(({ tag, value }) => [tag, value]))
  const strings = tableAt(reader, header, {
    address: tables.get(STRTAB),
    size: tables.get(STRSZ) ?? 0,
  })
  if (!strings) return { kind: 'invalid', reason: 'its table of names is outside of the file' }
  const texts = (tag: number): string[] =>
    entries.filter((entry) => entry.tag === tag).map(({ value }) => strings.text(value))
  const [soname] = texts(SONAME)
  const versions = (tag: number, countTag: number): Parameters<typeof readVersionsNeeded>[0] => ({
    table: restOf(reader, header, tables.get(tag)),
    count: tables.get(countTag) ?? 0,
    strings,
  })
  return {
    kind: 'dynamic',
    ...(soname && { soname }),
    needed: texts(NEEDED).filter((name) => name !== ''),
    rpath: texts(RPATH).flatMap(pathList),
    runpath: texts(RUNPATH).flatMap(pathList),
    versionsNeeded: readVersionsNeeded(versions(VERNEED, VERNEEDNUM)),
    versionsDefined: readVersionsDefined(versions(VERDEF, VERDEFNUM)),
    strings,
    tables,
  }
}

function entriesOf(block: Fields, size: number): Entry[] {
  const entries: Entry[] = []
  for (let at = 0; at + 2 * size <= block.length; at += 2 * size) {
    const tag = block.word(at)
    if (tag === 0) break
    entries.push({ tag, value: block.word(at + size) })
  }
  return entries
}

/** Where a table is in memory; an address that is missing is a table that is missing. */
export interface TablePlace {
  readonly address: number | undefined
  readonly size: number
}

/** No library has a table of names or symbols as big as this; a hostile size must not be allocated. */
const maxTable = 256 * 2 ** 20

/** A table by its place in memory; nothing if it is not wholly in the file. */
export function tableAt(
  reader: ByteReader,
  header: ElfHeader,
  { address, size }: TablePlace,
): Fields | undefined {
  if (address === undefined || size > maxTable) return undefined
  const offset = offsetOf(header, address, size)
  return offset === undefined ? undefined : tableFields(reader, { offset, size }, header.encoding)
}

/** Version tables do not say how long they are; they are at most some ten kilobytes. */
const maxVersionTable = 65536

function restOf(reader: ByteReader, header: ElfHeader, address: number | undefined): Fields {
  const size = Math.min(restFrom(header, address ?? -1), maxVersionTable)
  return tableAt(reader, header, { address, size }) ?? fieldsOf(new Uint8Array(0), header.encoding)
}

function pathList(text: string): string[] {
  return text.split(':').filter((entry) => entry !== '')
}
