import { type Encoding, type Fields, fieldsOf, latin1 } from './fields.ts'
import type { Invalid } from './invalid.ts'
import { machineName } from './machine.ts'
import type { ByteReader } from './reader.ts'

/** The ELF header and where the parts of the file are put in memory. */
export interface ElfHeader {
  readonly kind: 'header'
  readonly encoding: Encoding
  readonly machine: string
  readonly type: 'relocatable' | 'executable' | 'shared' | 'core' | 'other'
  readonly segments: readonly Segment[]
}

/** One program header: a range of the file and its place in memory. */
export interface Segment {
  readonly type: number
  readonly offset: number
  readonly address: number
  readonly fileSize: number
}

/** Segment types of the gABI that matter here. */
export const LOAD = 1
export const DYNAMIC = 2

/** A loader would accept 65535 program headers; real files have about ten. */
const maxSegments = 1024

/** Reads ELF header and program headers. Section headers are not needed and may be missing. */
export function readHeader(reader: ByteReader): ElfHeader | Invalid {
  const bytes = reader.read(0, 64)
  const [, , , , bits, order] = bytes
  if (!hasMagic(bytes)) return { kind: 'invalid', ...whatItIs(bytes) }
  if (order === undefined) return truncated(reader.size)
  if (bits !== 1 && bits !== 2) return { kind: 'invalid', reason: `its class ${bits} is unknown` }
  if (order !== 1 && order !== 2) {
    return { kind: 'invalid', reason: `its byte order ${order} is unknown` }
  }
  const encoding = { wide: bits === 2, little: order === 1 }
  const fields = fieldsOf(bytes, encoding)
  if (fields.length < (encoding.wide ? 64 : 52)) return truncated(reader.size)
  const segments = readSegments(reader, fields, encoding)
  const mapped = segments.filter(({ type }) => type === LOAD || type === DYNAMIC)
  const end = Math.max(0, ...mapped.map(({ offset, fileSize }) => offset + fileSize))
  if (end > reader.size) return truncated(reader.size, end)
  const type = types[fields.u16(16)] ?? 'other'
  return { kind: 'header', encoding, machine: machineName(fields.u16(18)), type, segments }
}

const types: readonly ElfHeader['type'][] = ['other', 'relocatable', 'executable', 'shared', 'core']

function readSegments(reader: ByteReader, fields: Fields, encoding: Encoding): Segment[] {
  const { wide } = encoding
  const start = fields.word(wide ? 32 : 28)
  const size = fields.u16(wide ? 54 : 42)
  const count = Math.min(fields.u16(wide ? 56 : 44), maxSegments)
  if (size < (wide ? 56 : 32)) return []
  const table = fieldsOf(reader.read(start, size * count), encoding)
  return Array.from({ length: Math.floor(table.length / size) }, (_, index) => {
    const at = index * size
    return {
      type: table.u32(at),
      offset: table.word(at + (wide ? 8 : 4)),
      address: table.word(at + (wide ? 16 : 8)),
      fileSize: table.word(at + (wide ? 32 : 16)),
    }
  })
}

/** Where the bytes of an address are in the file; nothing if no segment holds all of them. */
export function offsetOf(header: ElfHeader, address: number, length = 1): number | undefined {
  const segment = header.segments.find(
    ({ type, address: start, fileSize }) =>
      type === LOAD && address >= start && address + length <= start + fileSize,
  )
  return segment && address - segment.address + segment.offset
}

/** The bytes of a segment's rest from an address on: tables whose size is written nowhere. */
export function restFrom(header: ElfHeader, address: number): number {
  const segment = header.segments.find(
    ({ type, address: start, fileSize }) =>
      type === LOAD && address >= start && address < start + fileSize,
  )
  return segment ? segment.address + segment.fileSize - address : 0
}

function truncated(size: number, wanted?: number): Invalid {
  const detail = wanted === undefined ? '' : `, its header speaks of ${wanted}`
  return { kind: 'invalid', reason: `it is truncated, it has ${size} bytes${detail}` }
}

function hasMagic([a, b, c, d]: Uint8Array): boolean {
  return a === 0x7f && b === 0x45 && c === 0x4c && d === 0x46
}

/** Files that are found in the place of a library, by their first bytes. */
function whatItIs(bytes: Uint8Array): Omit<Invalid, 'kind'> {
  if (bytes.length === 0) return { reason: 'it is empty' }
  const start = latin1(bytes)
  const known = lookalikes.find(([pattern]) => pattern.test(start))
  if (known) return { reason: known[1], hint: known[2] }
  const isText = /^[\t\n\r\x20-\x7e]+$/.test(start)
  return { reason: isText ? 'it is a text file' : 'it does not begin with the ELF mark' }
}

const lookalikes: readonly (readonly [RegExp, string, string])[] = [
  [/^version https:\/\/git-lfs/, 'it is a Git LFS pointer', 'fetch the real file: git lfs pull'],
  [
    /^(\/\* GNU ld script|(OUTPUT_FORMAT|GROUP|INPUT) *\()/,
    'it is a linker script, good for linking only',
    'load the library that the script names',
  ],
  [/^!<(arch|thin)>\n/, 'it is a static archive', 'build a shared library: SHARED_LIBRARIES=YES'],
  [/^MZ/, 'it is a Windows library', 'build the module for this architecture'],
  [/^[\xce\xcf]\xfa\xed\xfe/, 'it is a macOS library', 'build the module for this architecture'],
]
